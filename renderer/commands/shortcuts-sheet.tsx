import { useStore } from 'zustand';
import { closeShortcut, shortcuts } from '../../shared/commands.ts';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import styles from './shortcuts-sheet.module.css';

/** The list behind the `?` key. */
export function ShortcutsSheet() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.sheet === 'shortcuts');
  return (
    <Sheet
      open={open}
      title="Keyboard shortcuts"
      description="They work wherever you are not typing."
      onClose={panels.closeSheet}
    >
      <dl className={styles.list}>
        {[...shortcuts, closeShortcut].map(({ key, words }) => (
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
