import { useStore } from 'zustand';
import type { FlightState } from '../../shared/flight.ts';
import { Announcer } from '../ui/announcer.tsx';
import { Button } from '../ui/button.tsx';
import { phaseWord, reasonWords, warningWords } from '../words/flight-words.ts';
import { say } from '../words/language.ts';
import type { Tone } from '../words/tone.ts';
import { useFlight } from './flight.ts';
import styles from './flight-line.module.css';
import { isPilot } from './flight-store.ts';

type Line = { tone: Tone; says: string; tip: string };

/** One line under the header: what the drone does, and the one thing its pilot should know now. */
export function FlightLine() {
  const flight = useFlight();
  const { state, you } = useStore(flight.store);
  if (state?.available !== true) return null;
  const words = say().flight;
  const line = lineOf(state, you);
  const other = state.pilot !== null && !isPilot({ state, you }) ? state.pilot.name : null;
  return (
    <section className={styles.line} aria-label={words.state}>
      <p className={styles.words} data-tone={line.tone}>
        <span className={styles.phase} data-testid="flight-phase">
          {phaseWord(state)}
        </span>
        {line.says === '' ? null : <span className={styles.says}>{line.says}</span>}
        {line.tip === '' ? null : <span className={styles.tip}>{line.tip}</span>}
      </p>
      {other === null ? null : (
        <p className={styles.words}>
          <span>{words.pilotOther(other)}</span>
          <Button
            label={words.takeControls}
            look="outline"
            className={styles.take}
            onClick={() => void flight.takeControls()}
          >
            {words.takeControls}
          </Button>
        </p>
      )}
      <Announcer text={spoken(state, line)} urgent={line.tone === 'danger'} />
    </section>
  );
}

/** The weightiest first: what threatens, what is in the way of flying, that all is well. */
function lineOf(state: FlightState, you: string | null): Line {
  const words = say().flight;
  const [warning] = state.warnings;
  if (state.landsByItself !== null) {
    const seconds = Math.max(0, Math.round(state.landsByItself.inMs / 1_000));
    return { tone: 'danger', says: words.landsIn(seconds), tip: words.touchToStay };
  }
  if (warning !== undefined) {
    const isGrave = state.couldBeFlying && ['link-lost', 'battery-10'].includes(warning.code);
    return { tone: isGrave ? 'danger' : 'degraded', ...warningWords(warning) };
  }
  if (state.phase === 'flying') {
    const holds = isPilot({ state, you }) && state.neutralNeeded;
    return { tone: 'neutral', says: holds ? words.letGo : '', tip: '' };
  }
  if (state.doing !== null || state.couldBeFlying) return { tone: 'neutral', says: '', tip: '' };
  if (state.ready) return { tone: 'live', says: words.ready, tip: '' };
  const [reason] = state.reasons;
  if (reason === undefined) return { tone: 'neutral', says: '', tip: '' };
  const { says, tip } = reasonWords(reason);
  return { tone: 'degraded', says: `${words.notReady}: ${says}`, tip };
}

/** Without the counting seconds: they are left to the eye. */
function spoken(state: FlightState, line: Line): string {
  if (state.landsByItself !== null) return say().flight.landsSoon;
  return [phaseWord(state), line.says].filter(Boolean).join('. ');
}
