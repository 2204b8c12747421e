import { randomUUID } from 'node:crypto';
import { link, lstat, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Trashed } from '../../../shared/library.ts';
import { onDisk } from '../../base/disk.ts';
import { StationError } from '../../base/failures.ts';
import { diskFailureOf, diskHangs } from '../disk-failure.ts';
import { splitName } from './item-of-file.ts';
import { checkNewName } from './new-name.ts';

/** A disk that needs longer for a name hangs. */
const WORK_WITHIN_MS = 8_000;
/** Moving gigabytes to a trash on another disk takes its time. */
const TRASH_WITHIN_MS = 60_000;
/** How many times one can go back. */
const MAX_UNDOS = 20;
const WHAT = 'The change';

/** What belongs to a file by its name, and goes where it goes. */
const COMPANIONS = { film: ['.srt', '.ass'], flight: ['.csv', '.json'], photo: [] } as const;
type Kind = keyof typeof COMPANIONS;

/** Moves a file to the system's trash. Resolves with the way back, where there is one. */
export type MoveToTrash = (path: string) => Promise<(() => Promise<void>) | null>;

type Named = { id: string; fileName: string; kind: Kind };

/** What may be done to files of the library's folder. Nothing is ever deleted, and nothing written over. */
export class FileWork {
  readonly #moveToTrash: MoveToTrash;
  readonly #undos = new Map<string, (() => Promise<void>)[]>();

  constructor(moveToTrash: MoveToTrash) {
    this.#moveToTrash = moveToTrash;
  }

  /**
   * Gives a file another name; its ending stays.
   * @returns the new file name
   * @throws StationError `bad-request`, `not-found`, `folder-…`, `write-failed`
   */
  async rename(folder: string, { fileName, kind }: Named, newName: string): Promise<string> {
    checkNewName(newName);
    const split = splitName(fileName);
    if (split === null) throw notThere(fileName);
    const newFileName = `${newName}${split.ending}`;
    if (newFileName === fileName) return fileName;
    await this.#onDisk(folder, WORK_WITHIN_MS, async () => {
      await renameSafely(join(folder, fileName), join(folder, newFileName), newFileName);
      for (const ending of COMPANIONS[kind]) {
        const from = join(folder, `${split.base}${ending}`);
        const to = join(folder, `${newName}${ending}`);
        if (await isThere(from)) await renameSafely(from, to, `${newName}${ending}`);
      }
    });
    return newFileName;
  }

  async trash(folder: string, items: readonly Named[]): Promise<Trashed> {
    const trashed: string[] = [];
    const failed: string[] = [];
    const backs: (() => Promise<void>)[] = [];
    let comesBack = true;
    for (const { id, fileName, kind } of items) {
      try {
        for (const name of await this.#withCompanions(folder, fileName, kind)) {
          const back = await this.#onDisk(folder, TRASH_WITHIN_MS, () =>
            this.#moveToTrash(join(folder, name)),
          );
          if (back === null) comesBack = false;
          else backs.push(back);
        }
        trashed.push(id);
      } catch (error) {
        if (items.length === 1) throw error;
        failed.push(fileName);
      }
    }
    if (!comesBack || backs.length === 0) return { trashed, failed, undo: null };
    const undo = randomUUID();
    this.#undos.set(undo, backs);
    const [oldest] = this.#undos.keys();
    if (this.#undos.size > MAX_UNDOS && oldest !== undefined) this.#undos.delete(oldest);
    return { trashed, failed, undo };
  }

  /** @throws StationError `not-found`, `write-failed` */
  async restore(folder: string, undo: string): Promise<void> {
    const backs = this.#undos.get(undo);
    if (backs === undefined) {
      throw new StationError('not-found', 'This can no longer be undone.', {
        tip: 'The files are in the trash of this computer.',
      });
    }
    this.#undos.delete(undo);
    for (const back of backs) await this.#onDisk(folder, TRASH_WITHIN_MS, back);
  }

  async #withCompanions(folder: string, fileName: string, kind: Kind): Promise<string[]> {
    const base = splitName(fileName)?.base ?? fileName;
    const names = [fileName];
    for (const ending of COMPANIONS[kind]) {
      if (await isThere(join(folder, `${base}${ending}`))) names.push(`${base}${ending}`);
    }
    return names;
  }

  async #onDisk<T>(folder: string, withinMs: number, work: () => Promise<T>): Promise<T> {
    try {
      return await onDisk(withinMs, () => diskHangs(WHAT, folder), work);
    } catch (error) {
      throw diskFailureOf(WHAT, error, folder);
    }
  }
}

/** Never over another file: a second name first, which fails where one is, then without the first. */
async function renameSafely(from: string, to: string, toName: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') {
      if (await isSameFile(from, to)) return await rename(from, to);
      throw taken(toName);
    }
    if (code === 'ENOENT') throw notThere(toName);
    // Memory cards know no second names (EPERM and others); there the look before has to do.
    if (await isThere(to)) throw taken(toName);
    await rename(from, to);
    return;
  }
  await unlink(from);
}

/** Where upper and lower case are the same, a new spelling is the same file. */
async function isSameFile(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(a, { bigint: true }), lstat(b, { bigint: true })]);
  return one.ino === other.ino && one.dev === other.dev;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

function taken(fileName: string): StationError {
  return new StationError('bad-request', `There is a file called “${fileName}” already.`, {
    tip: 'Choose another name.',
  });
}

export function notThere(fileName: string): StationError {
  return new StationError('not-found', `“${fileName}” is not there any more.`);
}
