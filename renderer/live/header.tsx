import type { ReactNode } from 'react';
import { useStation } from '../station/deck.ts';
import { Dot } from '../ui/dot.tsx';
import { type Figure, UNKNOWN } from '../words/figures.ts';
import { say } from '../words/language.ts';
import { sourceName } from '../words/source-name.ts';
import { Battery } from './battery.tsx';
import styles from './header.module.css';
import { Numbers } from './numbers.tsx';
import { useFigures } from './use-figures.ts';
import { useSessionWords } from './use-session-words.ts';

/** Over the picture's upper edge, as text: the word for the picture, and what the drone says of itself. */
export function Header() {
  const name = useStation(({ status }) => sourceName(status));
  const words = useSessionWords();
  // Before it was there it has told nothing: no row of dashes.
  const opened = useStation(
    ({ status }) => status?.state === 'live' || status?.state === 'reconnecting',
  );
  const { drone } = useFigures();
  const height = drone.find((figure) => figure.key === 'height');
  const battery = drone.find((figure) => figure.key === 'battery');
  return (
    <header className={styles.header}>
      <p className={styles.state}>
        <Dot tone={words.tone} />
        <span className={styles.label} data-tone={words.tone} data-testid="state-label">
          {words.label}
        </span>
        <span className={styles.name}>{name}</span>
      </p>
      <p className={styles.drone} hidden={!opened}>
        {height ? <Reading figure={height} sign={say().figures.heightSign} /> : null}
        {battery ? (
          <Reading
            figure={battery}
            sign={<Battery percent={battery.value} tone={battery.tone} />}
          />
        ) : null}
      </p>
      <Numbers />
    </header>
  );
}

function Reading({ figure, sign }: { figure: Figure; sign: ReactNode }) {
  const { name, value, unit, age, tone } = figure;
  return (
    <span
      className={styles.reading}
      data-figure={figure.key}
      data-tone={tone}
      data-aged={age !== null}
    >
      <span aria-hidden="true" className={styles.sign}>
        {sign}
      </span>
      <span className={styles.unseen}>{name}</span> {value}
      {value === UNKNOWN ? null : <span className={styles.unit}>{unit}</span>}
      {age === null ? null : <span className={styles.age}>{age}</span>}
    </span>
  );
}
