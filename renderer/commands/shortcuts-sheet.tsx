import { useStore } from 'zustand';
import { closeShortcut, shortcuts } from '../../shared/commands.ts';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../words/language.ts';
import styles from './shortcuts-sheet.module.css';

/** The list behind the `?` key. */
export function ShortcutsSheet() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.sheet === 'shortcuts');
  const rows = [
    ...shortcuts.map(({ name, key }) => ({ key, words: say().commands[name] })),
    { key: closeShortcut.key, words: say().closeOpen },
  ];
  return (
    <Sheet
      open={open}
      title={say().settings.shortcuts}
      description={say().settings.shortcutsAbout}
      onClose={panels.closeSheet}
    >
      <dl className={styles.list}>
        {rows.map(({ key, words }) => (
          <div key={key} className={styles.row}>
            <dt>{words}</dt>
            <dd>
              <kbd className={styles.key}>{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
