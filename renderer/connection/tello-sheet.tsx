import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { TelloSource } from '../../shared/source.ts';
import { Button } from '../ui/button.tsx';
import field from '../ui/field.module.css';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../words/language.ts';
import { useConnection } from './connection.ts';
import styles from './options-sheet.module.css';
import { defaultTello } from './source-choices.ts';
import { formOf, readTelloForm, type TelloForm } from './tello-form.ts';
import { useSourceChoices } from './use-source-choices.ts';

/** Where the drone is, for everyone whose Tello is not at the maker's address. */
export function TelloSheet() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.sheet === 'options:tello');
  const { choices } = useSourceChoices();
  const known = choices.find((choice) => choice.key === 'tello')?.spec;
  return (
    <Sheet
      open={open}
      title={say().options.tello}
      description={say().options.telloAbout}
      onClose={panels.closeSheet}
    >
      <Options source={known?.kind === 'tello' ? known : defaultTello} />
    </Sheet>
  );
}

const ports = [
  { key: 'command', label: 'commands', hint: 'droneSide' },
  { key: 'state', label: 'state', hint: 'thisSide' },
  { key: 'video', label: 'video', hint: 'thisSide' },
] as const;

function Options({ source }: { source: TelloSource }) {
  const connection = useConnection();
  const panels = usePanels();
  const [form, setForm] = useState(() => formOf(source));
  const [tried, setTried] = useState(false);
  const words = say().options;
  const reading = readTelloForm(form);
  const errors = tried && !reading.ok ? reading.errors : {};
  const set = (key: keyof TelloForm) => (text: string) => setForm({ ...form, [key]: text });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!reading.ok) return;
    panels.closeSheet();
    void connection.connect(reading.source);
  };

  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField label={words.address} text={form.host} error={errors.host} onText={set('host')} />
      <div className={styles.three}>
        {ports.map((port) => (
          <TextField
            key={port.key}
            label={words[port.label]}
            hint={words[port.hint]}
            numeric
            text={form[port.key]}
            error={errors[port.key]}
            onText={set(port.key)}
          />
        ))}
      </div>
      <div className={styles.buttons}>
        <Button label={words.useMakersValues} onClick={() => setForm(formOf(defaultTello))}>
          {words.makersValues}
        </Button>
        <Button type="submit" label={say().connection.connect} look="fill">
          {say().connection.connect}
        </Button>
      </div>
    </form>
  );
}

type TextFieldProps = {
  label: string;
  hint?: string;
  numeric?: boolean;
  text: string;
  error: string | undefined;
  onText(text: string): void;
};

function TextField({ label, hint, numeric = false, text, error, onText }: TextFieldProps) {
  const id = useId();
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={field.input}
        value={text}
        data-first-field={numeric ? undefined : true}
        inputMode={numeric ? 'numeric' : 'url'}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onText(event.target.value)}
      />
      <span id={`${id}-hint`} className={error ? field.error : field.hint}>
        {error ?? hint ?? ''}
      </span>
    </div>
  );
}
