import { type FormEvent, useState } from 'react';
import type { Item } from '../../../shared/library.ts';
import { Button } from '../../ui/button.tsx';
import field from '../../ui/field.module.css';
import { say } from '../../words/language.ts';
import { useLibrary } from '../library.ts';
import styles from './rename-form.module.css';

/** The name without its ending, which stays as it is. */
export function RenameForm({ item, onDone }: { item: Item; onDone(): void }) {
  const library = useLibrary();
  const [name, setName] = useState(item.fileName);
  const words = say().gallery;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void library.rename(item.id, name).then((isDone) => {
      if (isDone) onDone();
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <input
        className={field.input}
        value={name}
        aria-label={words.newName}
        spellCheck={false}
        autoComplete="off"
        ref={(input) => input?.focus()}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          onDone();
        }}
      />
      <Button type="submit" label={words.rename} look="fill">
        {words.rename}
      </Button>
    </form>
  );
}
