import { RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { Dot } from '../ui/dot.tsx';
import { say } from '../words/language.ts';
import { Elapsed } from './elapsed.tsx';
import { useLive } from './live.ts';
import { useSessionWords } from './use-session-words.ts';
import styles from './veil.module.css';

type VeilProps = {
  /** Asks for the failed source once more. */
  onRetry(): void;
  onChangeSource(): void;
  /** How far the way to the source is known to be open. */
  checks?: ReactNode;
  /** Calls again and again, or no longer; null where that is of no use. */
  looking: { on: boolean; set(on: boolean): void } | null;
};

/** What stands in the middle whenever the picture is not live: what is happening, and what to do. */
export function Veil({ onRetry, onChangeSource, checks, looking }: VeilProps) {
  const words = useSessionWords();
  const labels = say().live;
  const state = useStation((station) => station.status?.state ?? 'idle');
  const link = useStation((station) => station.link);
  const shown = useStore(useLive().picture);

  const unable = state === 'live' && shown.unable !== null;
  const calm = link !== 'lost' && !unable && shown.picture.kind === 'live';
  if (calm || (state === 'idle' && link !== 'lost')) return null;
  return (
    <section className={styles.veil} aria-label={labels.happening} data-testid="veil" data-veil="">
      <h2 className={styles.headline}>
        <Dot tone={words.tone} />
        <span>{words.headline}</span>
        <Elapsed />
      </h2>
      <p className={styles.detail}>{words.detail}</p>
      {words.tip ? <p className={styles.tip}>{words.tip}</p> : null}
      {link === 'lost' || unable ? null : checks}
      {looking?.on && link !== 'lost' ? (
        <div className={styles.buttons}>
          <Button label={labels.stopLooking} look="outline" onClick={() => looking.set(false)}>
            {labels.stopLooking}
          </Button>
        </div>
      ) : null}
      {state === 'failed' && !looking?.on && link !== 'lost' ? (
        <div className={styles.buttons}>
          <Button label={labels.retry} look="fill" icon={<RotateCw />} onClick={onRetry}>
            {labels.retry}
          </Button>
          {looking === null ? null : (
            <Button label={labels.keepLooking} look="outline" onClick={() => looking.set(true)}>
              {labels.keepLooking}
            </Button>
          )}
          <Button label={labels.changeSource} look="outline" onClick={onChangeSource}>
            {labels.changeSource}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
