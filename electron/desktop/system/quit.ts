import { app } from 'electron';
import { endInTime, leave } from '../../base/quitting.ts';
import { log } from './desktop-log.ts';

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
    void endInTime(dispose, log).then((clean) => {
      state = 'done';
      return leave(clean ? Number(process.exitCode ?? 0) : 1, (code) => app.exit(code));
    });
  });
}
