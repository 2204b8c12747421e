import { type FormEvent, useId, useState } from 'react';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import field from '../ui/field.module.css';
import styles from './folder-field.module.css';
import { folderSetting } from './folder-setting.ts';
import { useSettingsEditor } from './settings-editor.ts';

/** Where photos go: a path on the station's machine, empty for the usual place. */
export function FolderField() {
  const editor = useSettingsEditor();
  const saved = useStation((state) => state.settings.photoFolder ?? '');
  const effective = useStation((state) => state.host?.photoFolder ?? '');
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  const text = draft ?? saved;
  const wanted = folderSetting(text);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!wanted.ok || draft === null) return;
    await editor.change({ photoFolder: wanted.folder });
    setDraft(null);
  };

  return (
    <form className={field.field} onSubmit={(event) => void save(event)}>
      <label className={field.label} htmlFor={id}>
        Folder
      </label>
      <div className={styles.line}>
        <input
          id={id}
          className={field.input}
          value={text}
          placeholder={effective}
          spellCheck={false}
          autoComplete="off"
          maxLength={4096}
          aria-invalid={!wanted.ok}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setDraft(event.target.value)}
        />
        <Button
          type="submit"
          label="Save folder"
          look="outline"
          disabledReason={
            wanted.ok ? (text === saved ? 'The folder is saved already.' : null) : wanted.problem
          }
        >
          Save
        </Button>
      </div>
      <span id={`${id}-hint`} className={wanted.ok ? field.hint : field.error}>
        {wanted.ok ? `Photos go to ${effective}` : wanted.problem}
      </span>
    </form>
  );
}
