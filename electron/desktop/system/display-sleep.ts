import { powerSaveBlocker } from 'electron';
import type { Station } from '../../station/station.ts';

/** Keeps the display awake while there is a live picture, and not a moment longer. Returns its undoing. */
export function keepDisplayAwake(station: Station): () => void {
  let blocker: number | null = null;
  const release = () => {
    if (blocker === null) return;
    powerSaveBlocker.stop(blocker);
    blocker = null;
  };
  const unsubscribe = station.on('status', ({ state }) => {
    if (state !== 'live') release();
    else blocker ??= powerSaveBlocker.start('prevent-display-sleep');
  });
  return () => {
    unsubscribe();
    release();
  };
}
