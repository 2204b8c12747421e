import { useStation } from '../station/deck.ts';
import { Dot } from '../ui/dot.tsx';
import { Tip } from '../ui/tip.tsx';
import { type Figure, UNKNOWN } from '../words/figures.ts';
import styles from './top-bar.module.css';
import { useFigures } from './use-figures.ts';
import { useSessionWords } from './use-session-words.ts';

/** Source and state at the left, the figures at the right; there while a session is. */
export function TopBar() {
  const status = useStation((state) => state.status);
  const words = useSessionWords();
  const { picture, drone } = useFigures();
  if (status === null || status.state === 'idle') return null;
  return (
    <header className={styles.bar}>
      <div className={styles.session}>
        <Dot tone={words.tone} />
        <span className={styles.name}>{status.sourceName ?? 'Source'}</span>
        <span className={styles.label} data-tone={words.tone} data-testid="state-label">
          {words.label}
        </span>
      </div>
      <dl className={styles.figures} aria-label="Figures of the picture">
        {[...picture, ...drone].map((figure) => (
          <OneFigure key={figure.key} figure={figure} />
        ))}
      </dl>
    </header>
  );
}

function OneFigure({ figure }: { figure: Figure }) {
  return (
    <Tip label={figure.explanation} side="bottom">
      <div className={styles.figure} data-figure={figure.key} data-tone={figure.tone}>
        <dt>{figure.name}</dt>
        <dd>
          <span className={styles.value}>{figure.value}</span>
          {figure.age ? <span className={styles.unit}>{figure.age}</span> : null}
          {figure.unit && figure.value !== UNKNOWN ? (
            <span className={styles.unit}>{figure.unit}</span>
          ) : null}
        </dd>
      </div>
    </Tip>
  );
}
