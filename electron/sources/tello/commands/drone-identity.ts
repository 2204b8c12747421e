import type { DroneIdentity } from '../../../video/drone-controls.ts';
import type { TelloTimings } from '../timings.ts';
import type { CommandLink } from './command-link.ts';

/** A question may be put off so often because others wanted to go first, or stay unanswered so often. */
const TRIES = 3;
/** Since this one the drone knows the questions of SDK 3.0. */
const SDK_WITH_HARDWARE = 30;
/** Real answers are shorter than 20 characters. */
const MAX_VALUE_CHARS = 64;

/**
 * Asks the drone what it is: questions only, behind everything else, each once unless it got lost. What it
 * does not tell stays unknown. `learn` gets each answer as it comes. Never rejects.
 */
export async function askIdentity(
  link: CommandLink,
  timings: TelloTimings,
  signal: AbortSignal,
  learn: (part: DroneIdentity) => void,
): Promise<void> {
  const ask = async (question: string): Promise<string | null> => {
    for (let tries = 0; tries < TRIES && !signal.aborted; tries++) {
      const outcome = await link.perform(question, {
        timeoutMs: timings.commandTimeoutMs,
        sender: 'background',
        signal,
      });
      if (outcome.outcome === 'value') return outcome.value.slice(0, MAX_VALUE_CHARS);
      if (outcome.outcome === 'refused') return null;
    }
    return null;
  };

  const sdk = await ask('sdk?');
  if (sdk !== null) learn({ sdk });
  // Before SDK 2.0 there is neither the question for the serial number nor the number.
  if (sdk === null || signal.aborted) return;
  const serial = await ask('sn?');
  if (serial !== null) learn({ serial });
  if (!(Number(sdk) >= SDK_WITH_HARDWARE)) return;
  const hardware = await ask('hardware?');
  if (hardware !== null) learn({ hardware });
  const wifiVersion = await ask('wifiversion?');
  if (wifiVersion !== null) learn({ wifiVersion });
}
