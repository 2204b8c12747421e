import type { LinkState } from '../../shared/client.ts';
import type { Status } from '../../shared/status.ts';
import { say } from '../words/language.ts';
import type { PictureState } from '../words/picture-words.ts';

/** Why no photo can be taken now; null when one can. */
export function whyNoCapture(
  link: LinkState,
  status: Status | null,
  picture: PictureState,
): string | null {
  const words = say().capture;
  if (link === 'lost') return words.notAnswering;
  if (status === null || status.state === 'idle') return words.notConnected;
  if (status.state === 'failed') return words.failed;
  if (status.state === 'connecting') return words.tooEarly;
  if (status.state === 'reconnecting' || picture.kind === 'stale') {
    return words.noSignal;
  }
  return null;
}
