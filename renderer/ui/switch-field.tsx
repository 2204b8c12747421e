import { Switch } from 'radix-ui';
import { useId } from 'react';
import styles from './field.module.css';

type SwitchFieldProps = {
  label: string;
  hint?: string;
  checked: boolean;
  onChange(checked: boolean): void;
};

/** A setting that is on or off. */
export function SwitchField({ label, hint, checked, onChange }: SwitchFieldProps) {
  const id = useId();
  return (
    <div className={styles.row}>
      <div>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {hint ? (
          <div id={`${id}-hint`} className={styles.hint}>
            {hint}
          </div>
        ) : null}
      </div>
      <Switch.Root
        id={id}
        className={styles.switch}
        aria-describedby={hint ? `${id}-hint` : undefined}
        checked={checked}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className={styles.thumb} />
      </Switch.Root>
    </div>
  );
}
