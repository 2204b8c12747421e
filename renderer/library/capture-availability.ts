import type { LinkState } from '../../shared/client.ts';
import type { Status } from '../../shared/status.ts';
import type { PictureState } from '../words/picture-words.ts';

/** Why no photo can be taken now; null when one can. */
export function whyNoCapture(
  link: LinkState,
  status: Status | null,
  picture: PictureState,
): string | null {
  if (link === 'lost') return 'No photo now: Hoverdeck is not answering.';
  if (status === null || status.state === 'idle') return 'Connect to a source to take photos.';
  if (status.state === 'failed') return 'No photo now: the connection failed.';
  if (status.state === 'connecting') return 'Photos can be taken once the picture is there.';
  if (status.state === 'reconnecting' || picture.kind === 'stale') {
    return 'No photo now: there is no signal.';
  }
  return null;
}
