import { useStore } from 'zustand';
import { type Figure, UNKNOWN } from '../words/figures.ts';
import { say } from '../words/language.ts';
import { useLive } from './live.ts';
import styles from './numbers.module.css';
import { useFigures } from './use-figures.ts';

/** The numbers behind the picture, for whoever asks: beside it where there is room, else as text over it. */
export function Numbers() {
  const shown = useStore(useLive().numbers, (state) => state.shown);
  return shown ? <List /> : null;
}

function List() {
  const { picture, drone } = useFigures();
  const inside = drone.filter((figure) => figure.key === 'temperature');
  return (
    <dl className={styles.numbers} aria-label={say().live.numbers}>
      {[...picture, ...inside].map((figure) => (
        <OneNumber key={figure.key} figure={figure} />
      ))}
    </dl>
  );
}

function OneNumber({ figure }: { figure: Figure }) {
  const { name, value, unit, age, tone, explanation } = figure;
  return (
    <div
      className={styles.number}
      data-figure={figure.key}
      data-tone={tone}
      data-aged={age !== null}
      title={explanation}
    >
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>{value}</span>
        {unit !== '' && value !== UNKNOWN ? <span className={styles.unit}> {unit}</span> : null}
        {age === null ? null : <span className={styles.unit}> {age}</span>}
      </dd>
    </div>
  );
}
