import { mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const LOCK = 'RigSingleton';
const NOTE = 'RigSecondStart-';

/**
 * One instance for a data folder. Returns the lock's release, or null after leaving the holder a note
 * with this start's arguments. A lock whose holder is dead is taken over.
 */
export function claimLock(
  folder: string,
  onSecondStart: (argv: string[], workingFolder: string) => void,
): (() => void) | null {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, LOCK);
  if (!tryLock(lock)) {
    const note = JSON.stringify({ argv: process.argv, folder: process.cwd() });
    writeFileSync(join(folder, `${NOTE}${process.pid}`), note);
    return null;
  }
  const watcher = watch(folder, () => {
    for (const file of readdirSync(folder).filter((entry) => entry.startsWith(NOTE))) {
      const text = readFileSync(join(folder, file), 'utf8');
      // Seen before it was written; another event follows.
      if (text === '') continue;
      rmSync(join(folder, file), { force: true });
      const note = JSON.parse(text) as { argv: string[]; folder: string };
      onSecondStart(note.argv, note.folder);
    }
  });
  return () => {
    watcher.close();
    rmSync(lock, { force: true });
  };
}

function tryLock(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) return false;
    writeFileSync(lock, String(process.pid));
    return true;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
