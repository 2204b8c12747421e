import { app } from 'electron';
import { log } from './desktop-log.ts';

/** What hangs longer than this on the way out is left to the operating system. */
const DISPOSE_DEADLINE_MS = 5_000;

/**
 * Runs `dispose` exactly once on the way out, after the windows are gone, and holds the exit back
 * until it is done or late. Exits with `process.exitCode`, or 1 after an unclean end.
 */
export function disposeOnQuit(dispose: () => Promise<void>): void {
  let state: 'running' | 'disposing' | 'done' = 'running';
  app.on('will-quit', (event) => {
    if (state === 'done') return;
    event.preventDefault();
    if (state === 'disposing') return;
    state = 'disposing';
    void endsInTime(dispose).then((clean) => {
      state = 'done';
      app.exit(clean ? Number(process.exitCode ?? 0) : 1);
    });
  });
}

async function endsInTime(dispose: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), DISPOSE_DEADLINE_MS);
  });
  try {
    await Promise.race([dispose(), late]);
    return true;
  } catch (error) {
    log.error('Hoverdeck did not end cleanly', error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}
