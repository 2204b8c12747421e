import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { say } from '../words/language.ts';
import { whyNoCapture } from './capture-availability.ts';
import styles from './capture-button.module.css';
import { useLibrary } from './library.ts';

/** The shutter. One photo at a time: while one is taken it says so and does nothing. */
export function CaptureButton() {
  const library = useLibrary();
  const { capturing, retry } = useStore(library.store);
  const shown = useStore(library.shown, (state) => state.picture);
  const reason = useStation((state) => whyNoCapture(state.link, state.status, shown));
  const words = say().capture;
  const busyReason = retry > 0 ? words.busyTry(retry + 1) : words.taking;
  return (
    <RailButton
      label={capturing ? words.capturing : words.capture}
      shortcut={commands.capture.key}
      disabledReason={capturing ? busyReason : reason}
      className={styles.capture}
      data-capturing={capturing}
      icon={<span className={styles.shutter} aria-hidden="true" />}
      onClick={() => void library.capture()}
    />
  );
}
