import { useStore } from 'zustand';
import { commands } from '../../../shared/commands.ts';
import { useStation } from '../../station/deck.ts';
import { RailButton } from '../../ui/rail-button.tsx';
import { say } from '../../words/language.ts';
import { useLibrary } from '../library.ts';
import styles from './record-button.module.css';
import { isRecording } from './recording-store.ts';

/** Begins a film, and ends it. */
export function RecordButton() {
  const library = useLibrary();
  const phase = useStore(library.recording, ({ recording }) => recording?.phase ?? 'idle');
  const isOn = useStore(library.recording, ({ recording }) => isRecording(recording));
  const words = say().recording;
  const reason = useStation(({ link, status }) => {
    if (link !== 'open') return words.notNow;
    return status?.state === 'live' || isOn ? null : words.noPicture;
  });
  return (
    <RailButton
      label={isOn ? words.stop : words.record}
      tip={isOn ? words.stopTip : words.recordTip}
      shortcut={commands.record.key}
      disabledReason={phase === 'finishing' ? words.finishing : reason}
      aria-pressed={isOn}
      className={styles.record}
      data-on={isOn}
      icon={<span className={styles.sign} aria-hidden="true" />}
      onClick={() => void library.record()}
    />
  );
}
