import type { Tone } from '../words/tone.ts';
import styles from './battery.module.css';

/** A battery as full as the drone's; empty where nothing is known. The figure beside it says the same. */
export function Battery({ percent, tone }: { percent: string; tone: Tone }) {
  const share = Number(percent) / 100;
  return (
    <svg viewBox="0 0 26 14" className={styles.battery} data-tone={tone} aria-hidden="true">
      <rect x="1" y="1" width="21" height="12" rx="3.5" className={styles.case} />
      <rect x="23.5" y="4.5" width="2" height="5" rx="1" className={styles.charge} />
      <rect
        x="3"
        y="3"
        width={Number.isFinite(share) ? 17 * share : 0}
        height="8"
        rx="2"
        className={styles.charge}
      />
    </svg>
  );
}
