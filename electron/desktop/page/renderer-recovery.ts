import { type BrowserWindow, dialog } from 'electron';
import { log } from '../system/desktop-log.ts';

/** A page that dies this often in `CRASH_WINDOW_MS` is not going to live: ask instead of reloading. */
const MAX_CRASHES = 3;
const CRASH_WINDOW_MS = 60_000;

/** Reloads a page that crashed and offers to reload one that hangs; the station goes on regardless. */
export function recoverRenderer(window: BrowserWindow): void {
  const contents = window.webContents;
  const crashes: number[] = [];
  let asking = false;

  contents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    log.info(`The page’s process is gone (${reason}).`);
    const now = performance.now();
    crashes.push(now);
    const recent = crashes.filter((at) => now - at < CRASH_WINDOW_MS);
    crashes.splice(0, crashes.length, ...recent);
    if (recent.length <= MAX_CRASHES) contents.reload();
    else void ask('The window keeps crashing.', () => contents.reload());
  });

  window.on('unresponsive', () => {
    log.info('The page does not respond.');
    void ask('The window does not respond.', () => {
      // A hung page cannot be reloaded; once its process is gone, the listener above does.
      contents.forcefullyCrashRenderer();
    });
  });

  async function ask(message: string, reload: () => void): Promise<void> {
    if (asking || window.isDestroyed()) return;
    asking = true;
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail:
        'The connection to the drone or camera goes on. You can wait, or load the window again.',
      buttons: ['Load again', 'Wait'],
      defaultId: 0,
      cancelId: 1,
    });
    asking = false;
    if (response === 0 && !window.isDestroyed()) reload();
  }
}
