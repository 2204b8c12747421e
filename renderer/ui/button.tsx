import type { ComponentPropsWithRef, ReactNode } from 'react';
import styles from './button.module.css';
import { isFocusReturning } from './focus-return.ts';
import { Tip, type TipSide } from './tip.tsx';
import { useToasts } from './toasts.ts';

export type ButtonProps = Omit<ComponentPropsWithRef<'button'>, 'disabled' | 'aria-label'> & {
  /** The accessible name; also the tooltip, unless there is another. */
  label: string;
  /** What a person gets, where the name alone does not say it; for the tooltip. */
  tip?: string | undefined;
  icon?: ReactNode;
  /** What is shown beside the icon; absent makes it an icon button. */
  children?: ReactNode;
  look?: 'quiet' | 'outline' | 'fill';
  /** The key that does the same, for the tooltip. */
  shortcut?: string | undefined;
  /** Why it cannot be used now. The button stays reachable and says so. */
  disabledReason?: string | null;
  tipSide?: TipSide;
};

/** Every button of the face: 44 px, named, with a tooltip, and with a reason when it is off. */
export function Button({
  label,
  tip,
  icon,
  children,
  look = 'quiet',
  shortcut,
  disabledReason = null,
  tipSide,
  className,
  onClick,
  onFocus,
  ...rest
}: ButtonProps) {
  const toasts = useToasts();
  const off = disabledReason !== null;
  const classes = [styles.button, styles[look], children ? '' : styles.iconOnly, className];
  return (
    <Tip label={tip ?? label} reason={disabledReason} shortcut={shortcut} side={tipSide}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-disabled={off || undefined}
        aria-keyshortcuts={shortcut}
        className={classes.filter(Boolean).join(' ')}
        onFocus={(event) => {
          if (isFocusReturning()) event.preventDefault();
          onFocus?.(event);
        }}
        onClick={(event) => {
          // A touch has no tooltip: pressing it tells the reason instead.
          if (off) {
            event.preventDefault();
            toasts.show({ key: `reason:${label}`, tone: 'neutral', title: disabledReason });
          } else onClick?.(event);
        }}
      >
        {icon}
        {children}
      </button>
    </Tip>
  );
}
