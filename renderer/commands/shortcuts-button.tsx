import { CircleQuestionMark } from 'lucide-react';
import { commands } from '../../shared/commands.ts';
import { usePanels } from '../ui/panels.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { say } from '../words/language.ts';
import styles from './shortcuts-button.module.css';

/** Where there is no room for it, the settings and the key lead there. */
export function ShortcutsButton() {
  const panels = usePanels();
  return (
    <RailButton
      label={say().settings.shortcuts}
      shortcut={commands.shortcuts.key}
      className={styles.button}
      icon={<CircleQuestionMark />}
      onClick={() => panels.openSheet('shortcuts')}
    />
  );
}
