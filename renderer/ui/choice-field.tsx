import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import styles from './field.module.css';

type ChoiceFieldProps<T extends string | number> = {
  label: string;
  hint?: string;
  value: T;
  choices: readonly { value: T; label: string }[];
  onChange(value: T): void;
};

/** A setting with a few values, all in sight. */
export function ChoiceField<T extends string | number>(props: ChoiceFieldProps<T>) {
  const id = useId();
  return (
    <div className={styles.field}>
      <span id={id} className={styles.label}>
        {props.label}
      </span>
      <RadioGroup.Root
        className={styles.segments}
        aria-labelledby={id}
        orientation="horizontal"
        value={String(props.value)}
        onValueChange={(value) => {
          const choice = props.choices.find((known) => String(known.value) === value);
          if (choice) props.onChange(choice.value);
        }}
      >
        {props.choices.map((choice) => (
          <RadioGroup.Item
            key={choice.value}
            value={String(choice.value)}
            className={styles.segment}
          >
            {choice.label}
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
      {props.hint ? <span className={styles.hint}>{props.hint}</span> : null}
    </div>
  );
}
