import { randomUUID } from 'node:crypto';
import * as nodeFiles from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Log } from './log.ts';

/** Temporary names are ours alone, and short: some file systems allow 143 bytes a name. */
const TEMPORARY_PREFIX = '.hoverdeck-';
const TEMPORARY_SUFFIX = '.part';
/** What file systems answer that cannot promise to keep something: network shares, FUSE, some memory cards. */
const CANNOT_SYNC: ReadonlySet<unknown> = new Set(['ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'ENOSYS']);
/** No write takes so long, so a temporary file that was not touched for this time has lost its writer. */
const LEFT_OVER_AFTER_MS = 10 * 60_000;
/** A folder of more is not searched to its end for the sake of a few left-over files. */
const MAX_SEARCHED_ENTRIES = 10_000;
/** Folders that are remembered as searched; more than this are searched again. */
const MAX_SEARCHED_FOLDERS = 64;

type Files = Pick<typeof nodeFiles, 'open' | 'rename' | 'rm' | 'stat' | 'opendir'>;

const searched = new Set<string>();
/** Logs that have heard that a disk promises nothing: once is enough. */
const toldOfNoPromise = new WeakSet<Log>();

/**
 * Writes a whole file or nothing: into a temporary name beside it, synced, then renamed. On any
 * failure the temporary file is removed and the error goes on to the caller. A file system that cannot
 * sync is no failure: the file is there, and lost only if the power goes in the next seconds.
 */
export async function writeFileAtomically(
  path: string,
  data: Uint8Array | string,
  log: Log,
  files: Files = nodeFiles,
): Promise<void> {
  const folder = dirname(path);
  const temporary = temporaryIn(folder);
  try {
    const file = await files.open(temporary, 'wx');
    try {
      await file.writeFile(data);
      await file.sync().catch((error: unknown) => {
        if (!CANNOT_SYNC.has(codeOf(error))) throw error;
        tellOfNoPromise(folder, error, log);
      });
    } finally {
      await file.close();
    }
    await files.rename(temporary, path);
  } catch (error) {
    await files.rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder, log, files);
  removeLeftOvers(path, files).catch((error: unknown) => {
    log.error(`Left-over files in ${folder} could not be removed`, error);
  });
}

/**
 * Makes a file in a folder and takes it away again: permissions promise more than some file systems keep
 * (`/proc` for root).
 * @throws the system's error where nothing can be kept there
 */
export async function tryFolder(folder: string): Promise<void> {
  const trial = temporaryIn(folder);
  const file = await nodeFiles.open(trial, 'wx');
  await file.close();
  await nodeFiles.rm(trial);
}

function temporaryIn(folder: string): string {
  return join(folder, `${TEMPORARY_PREFIX}${randomUUID()}${TEMPORARY_SUFFIX}`);
}

/** Keeps the new name as well as the content. The file is in its place already, so nothing here is a failure. */
async function syncFolder(folder: string, log: Log, files: Files): Promise<void> {
  // Windows opens no folders, and keeps names by itself.
  if (process.platform === 'win32') return;
  try {
    const handle = await files.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    tellOfNoPromise(folder, error, log);
  }
}

/** Removes what writers left behind that were killed; once a folder, since that may be long to read. */
async function removeLeftOvers(path: string, files: Files): Promise<void> {
  const folder = dirname(path);
  if (searched.has(folder)) return;
  if (searched.size >= MAX_SEARCHED_FOLDERS) searched.clear();
  searched.add(folder);
  // The disk's own clock, which need not be ours.
  const nowMs = (await files.stat(path)).mtimeMs;
  let count = 0;
  for await (const { name } of await files.opendir(folder)) {
    if (++count > MAX_SEARCHED_ENTRIES) return;
    if (!name.startsWith(TEMPORARY_PREFIX) || !name.endsWith(TEMPORARY_SUFFIX)) continue;
    const left = join(folder, name);
    // One that is gone by now had a writer, and is a file with a name of its own.
    const info = await files.stat(left).catch(() => null);
    if (info !== null && nowMs - info.mtimeMs > LEFT_OVER_AFTER_MS) {
      await files.rm(left, { force: true });
    }
  }
}

function tellOfNoPromise(folder: string, error: unknown, log: Log): void {
  if (toldOfNoPromise.has(log)) return;
  toldOfNoPromise.add(log);
  log.info(
    `The disk behind ${folder} cannot promise to keep files when the power goes (${String(codeOf(error))}).`,
  );
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
