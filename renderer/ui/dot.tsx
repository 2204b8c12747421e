import type { Tone } from '../words/tone.ts';
import styles from './dot.module.css';

/** The state as a colour; the words beside it say the same. */
export function Dot({ tone }: { tone: Tone }) {
  return <span className={styles.dot} data-tone={tone} aria-hidden="true" />;
}
