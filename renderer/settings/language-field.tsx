import { useId } from 'react';
import { languages } from '../../shared/languages.ts';
import { useStation } from '../station/deck.ts';
import field from '../ui/field.module.css';
import { say } from '../words/language.ts';
import { useSettingsEditor } from './settings-editor.ts';

/** Every language by its own name: who looks for theirs may read no other. */
const names = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  ja: '日本語',
  ko: '한국어',
  zh: '简体中文',
} as const;
const choices = ['system', ...languages] as const;

export function LanguageField() {
  const editor = useSettingsEditor();
  const language = useStation((state) => state.settings.language);
  const words = say().settings;
  const id = useId();
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {words.language}
      </label>
      <select
        id={id}
        className={field.input}
        value={language}
        onChange={(event) => {
          const chosen = choices.find((choice) => choice === event.target.value);
          if (chosen) void editor.change({ language: chosen });
        }}
      >
        <option value="system">{words.system}</option>
        {languages.map((each) => (
          <option key={each} value={each} lang={each}>
            {names[each]}
          </option>
        ))}
      </select>
    </div>
  );
}
