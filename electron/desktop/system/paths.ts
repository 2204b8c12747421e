import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app } from 'electron';

/**
 * Names the app and its data folder. Before anything else asks for them: the single-instance lock
 * lives in the data folder. A folder given with `--user-data-dir` stays.
 */
export function nameApp(): void {
  app.setName('Hoverdeck');
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    app.setPath('userData', join(app.getPath('appData'), 'Hoverdeck'));
  }
}

/** Places in the build, relative to main's bundle (`out/electron/main.js`). */
export const builtPaths = {
  preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
  renderer: fileURLToPath(new URL('../renderer/', import.meta.url)),
} as const;
