import { type FormEvent, useId, useState } from 'react';
import type { Failure } from '../../shared/result.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import field from '../ui/field.module.css';
import { tipOf } from '../words/error-words.ts';
import { say } from '../words/language.ts';
import styles from './folder-field.module.css';
import { folderSetting } from './folder-setting.ts';
import { useSettingsEditor } from './settings-editor.ts';

/** Where photos go: a path on the station's machine, empty for the usual place. */
export function FolderField() {
  const editor = useSettingsEditor();
  const words = say().settings;
  const saved = useStation((state) => state.settings.photoFolder ?? '');
  const effective = useStation((state) => state.host?.photoFolder ?? '');
  const [draft, setDraft] = useState<string | null>(null);
  const id = useId();
  const text = draft ?? saved;
  const [refusal, setRefusal] = useState<Failure | null>(null);
  const wanted = folderSetting(text);
  const problem = wanted.ok ? refusal && `${refusal.message} ${tipOf(refusal)}` : wanted.problem;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (!wanted.ok || draft === null) return;
    const refused = await editor.refusalOf({ photoFolder: wanted.folder });
    setRefusal(refused);
    // What was refused stays as typed: it is nearly right, as a rule.
    if (refused === null) setDraft(null);
  };

  return (
    <form className={field.field} onSubmit={(event) => void save(event)}>
      <label className={field.label} htmlFor={id}>
        {words.folder}
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
          aria-invalid={problem !== null}
          aria-describedby={`${id}-hint`}
          onChange={(event) => {
            setDraft(event.target.value);
            setRefusal(null);
          }}
        />
        <Button
          type="submit"
          label={words.saveFolder}
          look="outline"
          disabledReason={wanted.ok ? (text === saved ? words.folderSaved : null) : wanted.problem}
        >
          {words.save}
        </Button>
      </div>
      <span id={`${id}-hint`} role="status" className={problem === null ? field.hint : field.error}>
        {problem ?? words.photosGoTo(effective)}
      </span>
    </form>
  );
}
