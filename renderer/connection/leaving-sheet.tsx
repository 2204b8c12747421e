import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../words/language.ts';
import { useConnection } from './connection.ts';
import styles from './options-sheet.module.css';

/** Asks before a drone that may be in the air is let go of. Whoever pressed a key by mistake flies on. */
export function LeavingSheet() {
  const panels = usePanels();
  const connection = useConnection();
  const open = useStore(panels.store, (state) => state.sheet === 'options:leaving');
  const words = say().flight;
  return (
    <Sheet
      open={open}
      title={words.leaving}
      description={words.leavingAbout}
      onClose={panels.closeSheet}
    >
      <div className={styles.buttons}>
        <Button
          label={words.stay}
          look="fill"
          data-first-field
          // It has the focus at once: a tooltip that repeats its words would cover it in a small window.
          onFocus={(event) => event.preventDefault()}
          onClick={panels.closeSheet}
        >
          {words.stay}
        </Button>
        <Button label={words.landAndLeave} look="outline" onClick={() => void connection.leave()}>
          {words.landAndLeave}
        </Button>
      </div>
    </Sheet>
  );
}
