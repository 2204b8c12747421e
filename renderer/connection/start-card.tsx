import { ChevronRight, Drone, MonitorPlay, SlidersHorizontal, Webcam } from 'lucide-react';
import type { SourceKind } from '../../shared/source.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/mark.tsx';
import { usePanels } from '../ui/panels.ts';
import { say } from '../words/language.ts';
import { useConnection } from './connection.ts';
import type { SourceChoice } from './source-choices.ts';
import styles from './start-card.module.css';
import { useSourceChoices } from './use-source-choices.ts';

export const sourceIcons: Record<SourceKind, typeof Drone> = {
  simulator: MonitorPlay,
  tello: Drone,
  webcam: Webcam,
};

/** The first screen: what there is to look through, and what each source needs. One click connects. */
export function StartCard() {
  const idle = useStation((state) => state.status?.state === 'idle' && state.link !== 'lost');
  const cameras = useStation((state) => state.cameras);
  const { choices, currentKey } = useSourceChoices();
  if (!idle) return null;
  const noWebcam = cameras !== null && !choices.some((choice) => choice.spec.kind === 'webcam');
  return (
    <section className={styles.card} aria-labelledby="start-title" tabIndex={-1} data-focus-home="">
      <header className={styles.header}>
        <Mark className={styles.mark} />
        <div>
          <h1 id="start-title" className={styles.title}>
            Hoverdeck
          </h1>
          <p className={styles.subtitle}>{say().start.question}</p>
        </div>
      </header>
      <ul className={styles.sources}>
        {choices.map((choice) => (
          <OneSource key={choice.key} choice={choice} current={choice.key === currentKey} />
        ))}
      </ul>
      <p className={styles.note}>{noWebcam ? say().start.noWebcam : ''}</p>
    </section>
  );
}

function OneSource({ choice, current }: { choice: SourceChoice; current: boolean }) {
  const connection = useConnection();
  const panels = usePanels();
  const Icon = sourceIcons[choice.spec.kind];
  const { spec } = choice;
  const configurable = spec.kind !== 'simulator';
  return (
    <li className={configurable ? `${styles.source} ${styles.configurable}` : styles.source}>
      <button
        type="button"
        className={styles.choose}
        aria-label={say().start.connectTo(choice.name, choice.needs)}
        aria-current={current || undefined}
        onClick={() => void connection.connect(spec)}
      >
        <Icon className={styles.icon} aria-hidden="true" />
        <span className={styles.words}>
          <span className={styles.name}>{choice.name}</span>
          <span className={styles.needs}>{choice.needs}</span>
        </span>
        <ChevronRight className={styles.arrow} aria-hidden="true" />
      </button>
      {spec.kind === 'simulator' ? null : (
        <Button
          label={say().start.optionsFor(choice.name)}
          icon={<SlidersHorizontal />}
          className={styles.options}
          onClick={() => panels.openSheet(`options:${choice.key}`)}
        />
      )}
    </li>
  );
}
