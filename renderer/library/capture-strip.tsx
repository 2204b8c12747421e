import { thumbnailPath } from '../../shared/captures.ts';
import { useStation } from '../station/deck.ts';
import { usePanels } from '../ui/panels.ts';
import { say } from '../words/language.ts';
import { timeOfDay } from '../words/time.ts';
import styles from './capture-strip.module.css';

/** As many as fit above the shutter of a large window; the rest is behind the captures' own button. */
const SHOWN = 3;

/** The last photos beside the picture, where there is room for them. */
export function CaptureStrip() {
  const captures = useStation((state) => state.captures);
  const panels = usePanels();
  // The newest is on the captures' own button, beneath.
  const older = captures.slice(1, 1 + SHOWN);
  if (older.length === 0) return null;
  return (
    <ul className={styles.strip} aria-label={say().captures.before}>
      {older.map((capture) => (
        <li key={capture.id}>
          <button
            type="button"
            className={styles.photo}
            aria-label={say().captures.viewOf(timeOfDay(capture.takenAtMs))}
            onClick={() => panels.openSheet(`photo:${capture.id}`)}
          >
            <img src={thumbnailPath(capture.id)} alt="" width={320} height={240} />
          </button>
        </li>
      ))}
    </ul>
  );
}
