import { app, dialog, type Event } from 'electron';
import type { Station } from '../../station/station.ts';
import type { MainWindow } from '../window/main-window.ts';
import { log } from './desktop-log.ts';

/** Nobody answers where the system itself shuts down: then it is landed and left. */
const ANSWER_WITHIN_MS = 20_000;

/** Asks before the app is quit while a drone may be in the air, and lands it first. Returns its undoing. */
export function askBeforeQuitting(station: Station, window: MainWindow): () => void {
  let state: 'staying' | 'asking' | 'leaving' = 'staying';

  const onQuit = (event: Event) => {
    if (state === 'leaving' || !station.couldBeFlying()) return;
    event.preventDefault();
    if (state === 'asking') return;
    state = 'asking';
    void decide();
  };

  async function decide(): Promise<void> {
    const leaves = await wantsToLeave().catch((error: unknown) => {
      log.error('Nobody could be asked about quitting', error);
      return true;
    });
    if (!leaves) {
      state = 'staying';
      // It may have been closed: this was about its last one.
      if (window.current() === null) window.show();
      return;
    }
    state = 'leaving';
    await station.landNow('Hoverdeck quits');
    app.quit();
  }

  app.on('before-quit', onQuit);
  return () => void app.removeListener('before-quit', onQuit);
}

async function wantsToLeave(): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const unanswered = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), ANSWER_WITHIN_MS);
  });
  const answered = dialog
    .showMessageBox({
      type: 'warning',
      message: 'The drone may be flying.',
      detail: 'It is told to stop and to land before Hoverdeck quits. Watch it until it is down.',
      buttons: ['Land and quit', 'Stay'],
      // Whoever pressed a key by mistake goes on flying.
      defaultId: 1,
      cancelId: 1,
    })
    .then(({ response }) => response === 0);
  try {
    return await Promise.race([answered, unanswered]);
  } finally {
    clearTimeout(timer);
  }
}
