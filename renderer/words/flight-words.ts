import type {
  FlightAction,
  FlightState,
  ManoeuvreOutcome,
  Reason,
  Warning,
} from '../../shared/flight.ts';
import { currentLanguage, say } from './language.ts';
import { decimal } from './time.ts';

type Told = { title: string; detail: string };

/** How a manoeuvre ended, where that is worth a word: one that telemetry confirmed speaks for itself. */
export function outcomeWords(action: FlightAction, outcome: ManoeuvreOutcome): Told | null {
  const words = say().flight;
  const title = words.actions[action];
  switch (outcome.outcome) {
    case 'confirmed':
      return null;
    case 'cancelled':
      // Given up for a newer wish of the pilot's: they know. One that had left may happen all the same.
      return outcome.sent ? { title, detail: words.cancelledButSent } : null;
    case 'unconfirmed':
      return { title, detail: words.unconfirmed(decimal(outcome.waitedMs / 1_000, 0)) };
    case 'refused': {
      const tip = currentLanguage() === 'en' ? (outcome.tip ?? '') : '';
      return { title, detail: [words.refused(outcome.answer), tip].filter(Boolean).join(' ') };
    }
  }
}

/** Main's own sentence has the figures in it, and speaks English. */
export function reasonWords({ code, message, tip }: Reason): { says: string; tip: string } {
  return currentLanguage() === 'en' ? { says: message, tip } : say().reasons[code];
}

export function warningWords({ code, message, tip }: Warning): { says: string; tip: string } {
  return currentLanguage() === 'en' ? { says: message, tip: tip ?? '' } : say().warnings[code];
}

/** What the drone does, in a word: what was asked for until it shows, then what its telemetry shows. */
export function phaseWord(state: FlightState): string {
  const words = say().flight;
  if (state.doing !== null) {
    if (state.doing.action === 'take-off' && state.phase !== 'flying')
      return words.phases['taking-off'];
    if (state.doing.action === 'land' && state.phase === 'flying') return words.phases.landing;
  }
  return words.phases[state.phase];
}
