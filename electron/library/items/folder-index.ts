import { type FSWatcher, watch } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item, Page, PageRequest } from '../../../shared/library.ts';
import { pause } from '../../base/abortable.ts';
import { onDisk } from '../../base/disk.ts';
import { diskFailureOf, diskHangs } from '../disk-failure.ts';
import { itemOfFile } from './item-of-file.ts';

/** Ten times what a year of flying makes; beyond it the oldest are left out of the list. */
const MAX_ITEMS = 100_000;
/** Five thousand files are looked at in a tenth of a second. */
const LOOK_WITHIN_MS = 10_000;
/** Questions to the disk at a time: Node has four threads for them, and photos want one as well. */
const LOOK_AT_ONCE = 16;
/** A burst of photos, or a folder being copied here, is one change. */
const GATHER_MS = 250;
/** More names than this at once, and the whole folder is looked at instead. */
const MAX_CHANGED_NAMES = 200;
/** Where changes are not told (network shares), a first page looks again after this. */
const FRESH_FOR_MS = 5_000;
const WHAT = 'The library';

type FolderIndexParts = {
  onChange: () => void;
  report: (what: string, error: unknown) => void;
};

/**
 * What is in the library's folder, newest first. The folder is the truth: the index is made from it
 * alone, within a moment, and follows what this or any other program does there. Whatever is no regular
 * file (a link, which may lead anywhere; a folder; a device) is not there.
 *
 * The system is asked to watch the folder, not its files: chokidar 5 watches each of 5,000 files by itself,
 * for 480 ms and 62 MB.
 */
export class FolderIndex {
  readonly #parts: FolderIndexParts;
  readonly #closing = new AbortController();
  #folder: string | null = null;
  #identity = '';
  #items = new Map<string, Item>();
  #newestFirst: Item[] | null = null;
  #truncated = false;
  #watcher: FSWatcher | null = null;
  #lookedAtMs = Number.NEGATIVE_INFINITY;
  /** Names that changed; null = anything may have. */
  #changed: Set<string> | null = new Set();
  #gathering = false;
  /** One look at a time. */
  #work: Promise<void> = Promise.resolve();

  constructor(parts: FolderIndexParts) {
    this.#parts = parts;
  }

  /**
   * A page of the list.
   * @throws StationError `folder-missing`, `folder-read-only`, `write-failed`
   */
  async page(folder: string, { kinds, after, limit }: PageRequest): Promise<Page> {
    if (after === undefined || folder !== this.#folder) await this.#refresh(folder);
    const all = this.#sorted();
    const from = after === undefined ? 0 : firstAfter(all, after);
    const items: Item[] = [];
    let at = from;
    for (; at < all.length && items.length < limit; at++) {
      const item = all[at];
      if (item !== undefined && (kinds === undefined || kinds.includes(item.kind))) {
        items.push(item);
      }
    }
    const last = items.at(-1);
    return {
      folder,
      items,
      next: at < all.length && last !== undefined ? cursorOf(last) : null,
      counts: this.#counts(),
      truncated: this.#truncated,
    };
  }

  /** Whether the folder was there when it was looked at last. */
  get isThere(): boolean {
    return this.#identity !== '';
  }

  find(id: string): Item | undefined {
    return this.#items.get(id);
  }

  /** The file with this name, if the library knows it. */
  named(fileName: string): Item | undefined {
    return this.#sorted().find((item) => item.fileName === fileName);
  }

  /** Something was done to these files by this app: they are looked at before anybody asks. */
  async touched(folder: string, fileNames: readonly string[]): Promise<void> {
    if (folder !== this.#folder) return;
    await this.#enqueue(() => this.#lookAt(folder, fileNames));
  }

  async dispose(): Promise<void> {
    this.#closing.abort();
    this.#unwatch();
    await this.#work.catch(() => undefined);
  }

  async #refresh(folder: string): Promise<void> {
    await this.#enqueue(async () => {
      const identity = await this.#onDisk(folder, () => identityOf(folder));
      const isKnown = folder === this.#folder && identity === this.#identity;
      const isWatched = this.#watcher !== null;
      if (isKnown && isWatched) return;
      if (isKnown && performance.now() - this.#lookedAtMs < FRESH_FOR_MS) return;
      if (!isKnown) this.#watch(folder, identity);
      await this.#lookAtAll(folder);
    });
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.#work.then(work);
    // Whoever asked hears of a failure; the next one starts afresh.
    this.#work = done.catch(() => undefined);
    return done;
  }

  #watch(folder: string, identity: string): void {
    this.#unwatch();
    this.#folder = folder;
    this.#identity = identity;
    if (identity === '' || this.#closing.signal.aborted) return;
    try {
      // Node begins to watch without waiting for a disk.
      const watcher = watch(folder, { persistent: false }, (event, name) => {
        if (this.#watcher === watcher) this.#noticed(event, name);
      });
      watcher.on('error', (error) => {
        this.#parts.report('The folder of the library can no longer be watched', error);
        if (this.#watcher === watcher) this.#unwatch();
      });
      this.#watcher = watcher;
    } catch (error) {
      // It is looked at again every few seconds instead.
      this.#parts.report('The folder of the library cannot be watched', error);
    }
  }

  #unwatch(): void {
    this.#watcher?.close();
    this.#watcher = null;
  }

  #noticed(event: string, name: string | null): void {
    // A film or a log that grows is no news, and tells it several times a second.
    if (event === 'change' && name !== null && itemOfFile(name, 0, 0)?.kind !== 'photo') return;
    if (name === null || (this.#changed?.size ?? 0) >= MAX_CHANGED_NAMES) this.#changed = null;
    else this.#changed?.add(name);
    if (!this.#gathering) void this.#gather();
  }

  async #gather(): Promise<void> {
    this.#gathering = true;
    try {
      await pause(GATHER_MS, this.#closing.signal);
      await this.#enqueue(async () => {
        const folder = this.#folder;
        const changed = this.#changed;
        this.#changed = new Set();
        if (folder === null) return;
        if (changed === null || (await identityOf(folder)) !== this.#identity) {
          this.#watch(folder, await identityOf(folder));
          await this.#lookAtAll(folder);
        } else await this.#lookAt(folder, [...changed]);
        this.#parts.onChange();
      });
    } catch (error) {
      if (!this.#closing.signal.aborted) {
        this.#parts.report('The folder of the library could not be looked at', error);
      }
    } finally {
      this.#gathering = false;
    }
  }

  async #lookAtAll(folder: string): Promise<void> {
    const names = await this.#onDisk(folder, () => readNames(folder));
    this.#items = new Map();
    this.#truncated = false;
    this.#lookedAtMs = performance.now();
    await this.#lookAt(folder, names);
  }

  async #lookAt(folder: string, names: readonly string[]): Promise<void> {
    const queue = names.filter((name) => itemOfFile(name, 0, 0) !== null);
    const work = async () => {
      for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
        const fileName = name;
        const item = await this.#onDisk(folder, () => itemAt(folder, fileName));
        const id = itemOfFile(fileName, 0, 0)?.id ?? '';
        if (item === null) this.#items.delete(id);
        else this.#items.set(id, item);
      }
    };
    await Promise.all(Array.from({ length: LOOK_AT_ONCE }, work));
    this.#newestFirst = null;
  }

  #sorted(): readonly Item[] {
    if (this.#newestFirst === null) {
      const all = [...this.#items.values()].sort(newestFirst);
      for (const item of all.splice(MAX_ITEMS)) {
        this.#items.delete(item.id);
        this.#truncated = true;
      }
      this.#newestFirst = all;
    }
    return this.#newestFirst;
  }

  #counts(): Page['counts'] {
    const counts = { photo: 0, film: 0, flight: 0 };
    for (const { kind } of this.#items.values()) counts[kind]++;
    return counts;
  }

  async #onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
    try {
      return await onDisk(LOOK_WITHIN_MS, () => diskHangs(WHAT, folder), work);
    } catch (error) {
      throw diskFailureOf(WHAT, error, folder);
    }
  }
}

async function readNames(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    // The app's own folder is made with the first photo.
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

async function itemAt(folder: string, fileName: string): Promise<Item | null> {
  try {
    const found = await lstat(join(folder, fileName));
    return found.isFile() ? itemOfFile(fileName, found.size, found.mtimeMs) : null;
  } catch (error) {
    // Gone since, or a name that is none: one file must not cost the list.
    if (['ENOENT', 'ENAMETOOLONG', 'EINVAL', 'EACCES', 'EPERM'].includes(codeOf(error)))
      return null;
    throw error;
  }
}

/** Empty where there is no such folder. */
async function identityOf(folder: string): Promise<string> {
  try {
    const { dev, ino } = await stat(folder, { bigint: true });
    return `${dev} ${ino}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

function newestFirst(a: Item, b: Item): number {
  return b.takenAtMs - a.takenAtMs || (a.id < b.id ? -1 : 1);
}

/** A place between two items, which holds even when those beside it are gone. */
function cursorOf({ takenAtMs, id }: Item): string {
  return `${takenAtMs} ${id}`;
}

function firstAfter(items: readonly Item[], cursor: string): number {
  const [time = '', id = ''] = cursor.split(' ');
  const takenAtMs = Number(time);
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item === undefined) break;
    const isBefore = item.takenAtMs > takenAtMs || (item.takenAtMs === takenAtMs && item.id <= id);
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
