import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { say } from '../words/language.ts';
import type { PictureVerdict } from '../words/picture-words.ts';
import { useLive } from './live.ts';
import styles from './signal-button.module.css';
import { useSessionWords } from './use-session-words.ts';

const bars: Record<PictureVerdict, number> = {
  live: 4,
  slow: 3,
  weak: 2,
  frozen: 1,
  'no-signal': 0,
  lost: 0,
};

/** How well the picture comes, as four bars; behind them, the numbers. */
export function SignalButton() {
  const { numbers, toggleNumbers } = useLive();
  const shown = useStore(numbers, (state) => state.shown);
  const { verdict, tone } = useSessionWords();
  const words = say().live;
  const lit = verdict === null ? 0 : bars[verdict];
  return (
    <RailButton
      label={shown ? words.hideNumbers : words.showNumbers}
      caption={words.signal}
      shortcut={commands.numbers.key}
      aria-pressed={shown}
      icon={
        <svg viewBox="0 0 24 24" className={styles.bars} data-tone={tone} aria-hidden="true">
          {[0, 1, 2, 3].map((index) => (
            <rect
              key={index}
              x={2.5 + index * 5}
              y={16 - index * 4}
              width="3.5"
              height={5 + index * 4}
              rx="1.2"
              data-lit={index < lit}
            />
          ))}
        </svg>
      }
      onClick={toggleNumbers}
    />
  );
}
