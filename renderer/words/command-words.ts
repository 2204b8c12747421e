import type { FlightCommandOutcome } from '../../shared/flight.ts';
import type { Result } from '../../shared/result.ts';
import { headlineOf, sentenceOf, tipOf } from './error-words.ts';
import { say } from './language.ts';
import { decimal } from './time.ts';
import type { Tone } from './tone.ts';

/** What became of one line that somebody typed. An answer of the drone's stands as it was given. */
export function commandWords(reply: Result<FlightCommandOutcome>): { says: string; tone: Tone } {
  if (!reply.ok) {
    const { error } = reply;
    const says = [sentenceOf(error) || headlineOf(error.code), tipOf(error)];
    return { says: says.filter(Boolean).join(' '), tone: 'danger' };
  }
  const outcome = reply.value;
  const words = say().manoeuvres.outcomes;
  const seconds = (ms: number) => decimal(ms / 1_000, 1);
  switch (outcome.outcome) {
    case 'ok':
      return { says: words.ok(decimal(outcome.roundTripMs, 0)), tone: 'neutral' };
    case 'value':
      return { says: outcome.value, tone: 'neutral' };
    case 'refused':
      return { says: outcome.answer, tone: 'danger' };
    case 'unclear':
      return { says: words.unclear(outcome.answer), tone: 'degraded' };
    case 'no-answer':
      return { says: words.noAnswer(seconds(outcome.waitedMs)), tone: 'degraded' };
    case 'confirmed':
      return { says: words.confirmed(seconds(outcome.afterMs)), tone: 'neutral' };
    case 'unconfirmed':
      return { says: say().flight.unconfirmed(seconds(outcome.waitedMs)), tone: 'degraded' };
    case 'cancelled':
      return {
        says: outcome.sent ? say().flight.cancelledButSent : words.cancelled,
        tone: 'degraded',
      };
    case 'sent':
      return { says: words.sent, tone: 'neutral' };
  }
}
