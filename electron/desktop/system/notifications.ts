import { Notification } from 'electron';
import type { Status } from '../../../shared/status.ts';
import type { Station } from '../../station/station.ts';
import type { MainWindow } from '../window/main-window.ts';

/** A picture that stutters comes back by itself; only a failure that lasts is worth a notification. */
const LASTING_MS = 5_000;

/**
 * Tells the system about a lasting failure while nobody looks at the window, once a failure; a click
 * brings the window to the front. Returns its undoing.
 */
export function notifyInBackground(station: Station, window: MainWindow): () => void {
  let told: string | null = null;
  return station.on('status', (status) => {
    const failure = lastingFailure(status);
    if (failure === null) {
      if (status.state === 'live' || status.state === 'idle') told = null;
      return;
    }
    if (told === failure.code || window.current()?.isFocused()) return;
    told = failure.code;
    const title = `${status.sourceName ?? 'Hoverdeck'}: ${failure.message}`;
    const notification = new Notification({ title, body: failure.tip ?? '' });
    notification.on('click', () => window.show());
    notification.show();
  });
}

function lastingFailure(status: Status): Status['error'] {
  if (status.state === 'failed') return status.error;
  if (status.state !== 'reconnecting') return null;
  return status.stateAgeMs >= LASTING_MS ? status.error : null;
}
