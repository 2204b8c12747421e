import { closeSheet, usePanels } from './panels.ts';
import { Sheet } from './sheet.tsx';
import { commands } from './shortcuts.ts';
import styles from './shortcuts-sheet.module.css';

/** The list behind the `?` key. */
export function ShortcutsSheet() {
  const open = usePanels((state) => state.sheet === 'shortcuts');
  return (
    <Sheet
      open={open}
      title="Keyboard shortcuts"
      description="They work wherever you are not typing."
      onClose={closeSheet}
    >
      <dl className={styles.list}>
        {[...commands, { id: 'close', key: 'Esc', words: 'Close what is open' }].map((command) => (
          <div key={command.id} className={styles.row}>
            <dt>{command.words}</dt>
            <dd>
              <kbd className={styles.key}>{command.key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
