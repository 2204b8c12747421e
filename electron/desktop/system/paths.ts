import { fileURLToPath } from 'node:url';
import { app } from 'electron';
import { userDataFolder } from '../../base/user-folders.ts';

/**
 * Names the app and its data folder. Before anything else asks for them: the single-instance lock
 * lives in the data folder. A folder given with `--user-data-dir` stays.
 */
export function nameApp(): void {
  app.setName('Hoverdeck');
  if (!app.commandLine.hasSwitch('user-data-dir')) {
    // Not below Electron's `appData`: that believes a relative XDG_CONFIG_HOME.
    app.setPath('userData', userDataFolder());
  }
}

/** Places in the build, relative to main's bundle (`out/electron/main.js`). */
export const builtPaths = {
  preload: fileURLToPath(new URL('../preload/preload.cjs', import.meta.url)),
  renderer: fileURLToPath(new URL('../renderer/', import.meta.url)),
} as const;
