import { Button, type ButtonProps } from './button.tsx';
import styles from './rail-button.module.css';

type RailButtonProps = Omit<ButtonProps, 'children' | 'look'> & {
  /** The word under the icon, where a rail has room for it. */
  caption?: string;
};

/** A control beside the picture: an icon, and its name under it where there is room. */
export function RailButton({ caption, className, ...rest }: RailButtonProps) {
  const classes = [styles.button, className].filter(Boolean).join(' ');
  return (
    <Button {...rest} className={classes}>
      {caption === undefined ? null : <span className={styles.caption}>{caption}</span>}
    </Button>
  );
}
