import { useStore } from 'zustand';
import type { Recording } from '../../../shared/recording.ts';
import { headlineOf } from '../../words/error-words.ts';
import { fileSize } from '../../words/file-size.ts';
import { say } from '../../words/language.ts';
import { clock, spokenDuration } from '../../words/time.ts';
import { useLibrary } from '../library.ts';
import styles from './recording-line.module.css';

/** At the picture's lower edge while a film is made: how long it is, how large, and how long the room lasts. */
export function RecordingLine() {
  const recording = useStore(useLibrary().recording, (state) => state.recording);
  if (recording === null || recording.phase === 'idle') return null;
  const words = say().recording;
  const { phase, durationMs, sizeBytes, framesDropped, warning } = recording;
  return (
    <section className={styles.line} aria-label={words.record} data-phase={phase}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.time}>
        {words.short} {clock(durationMs / 1_000)}
      </span>
      <span>{fileSize(sizeBytes)}</span>
      {roomOf(recording)}
      {phase === 'waiting' ? <strong>{words.waiting}</strong> : null}
      {phase === 'finishing' ? <strong>{words.finishing}</strong> : null}
      {framesDropped > 0 ? <strong>{words.dropped(framesDropped)}</strong> : null}
      {warning === null ? null : <strong>{headlineOf(warning.code)}</strong>}
    </section>
  );
}

/** Longer than this nobody counts minutes. */
const MUCH_ROOM_MS = 24 * 3_600_000;

function roomOf({ roomMs }: Recording) {
  if (roomMs === null || roomMs > MUCH_ROOM_MS) return null;
  return <span>{say().recording.room(spokenDuration(roomMs))}</span>;
}
