import { homedir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import type { Log } from './log.ts';
import { readRegularFile } from './regular-file.ts';

/** A dozen lines, as a rule; and a home on a network disk that is gone must not keep the app from starting. */
const USER_DIRS_LIMITS = { maxBytes: 64 * 1024, deadlineMs: 2_000 };

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the app keeps its settings, on both hosts. */
export function userDataFolder(environment: Environment = process.env): string {
  switch (process.platform) {
    case 'darwin':
      return join(homeFolder(), 'Library', 'Application Support', 'Hoverdeck');
    case 'win32':
      return join(
        absolute(environment.APPDATA) ?? join(homeFolder(), 'AppData', 'Roaming'),
        'Hoverdeck',
      );
    default:
      return join(configFolder(environment), 'Hoverdeck');
  }
}

/** The user's pictures in plain Node, under the name they have in the user's language. */
export async function picturesFolder(
  log: Log,
  environment: Environment = process.env,
): Promise<string> {
  const home = homeFolder();
  return (
    absolute(environment.XDG_PICTURES_DIR) ??
    (await fromUserDirs(join(configFolder(environment), 'user-dirs.dirs'), home, log)) ??
    join(home, 'Pictures')
  );
}

function configFolder(environment: Environment): string {
  return absolute(environment.XDG_CONFIG_HOME) ?? join(homeFolder(), '.config');
}

/** Node believes HOME even where it is empty or relative; the user database knows better. */
function homeFolder(): string {
  return absolute(homedir()) ?? userInfo().homedir;
}

/** The specification of the XDG folders: what is empty or relative is as good as not set. */
function absolute(path: string | undefined): string | null {
  return path !== undefined && isAbsolute(path) ? path : null;
}

async function fromUserDirs(path: string, home: string, log: Log): Promise<string | null> {
  if (process.platform === 'darwin' || process.platform === 'win32') return null;
  try {
    return parsePicturesDir((await readRegularFile(path, USER_DIRS_LIMITS)).toString('utf8'), home);
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isAbsent) log.error('The names of the user’s folders could not be read', error);
    return null;
  }
}

/**
 * Finds the pictures in a `user-dirs.dirs`: a line `XDG_PICTURES_DIR="$HOME/…"` or `="/…"`, quoted as a
 * shell would. Any other form does not count; of several lines the last does, as for a shell.
 */
export function parsePicturesDir(text: string, home: string): string | null {
  let found: string | null = null;
  for (const line of text.split('\n')) {
    const quoted = /^\s*XDG_PICTURES_DIR\s*=\s*"((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
    if (quoted === undefined) continue;
    const isBelowHome = /^\$HOME(\/|$)/.test(quoted);
    const path = (isBelowHome ? quoted.slice('$HOME'.length) : quoted).replace(/\\(.)/g, '$1');
    if (isBelowHome) found = join(home, path);
    else if (isAbsolute(path)) found = path;
  }
  return found;
}
