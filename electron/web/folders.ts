import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where plain Node keeps what Electron keeps in `userData`. */
export function userDataFolder(): string {
  const home = homedir();
  switch (process.platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Hoverdeck');
    case 'win32':
      return join(process.env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Hoverdeck');
    default:
      return join(process.env.XDG_CONFIG_HOME ?? join(home, '.config'), 'Hoverdeck');
  }
}

/** The user's pictures; XDG's localised name is honoured where the session says it. */
export function picturesFolder(): string {
  return process.env.XDG_PICTURES_DIR ?? join(homedir(), 'Pictures');
}
