import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item } from '../../../shared/library.ts';
import { writeFileAtomically } from '../../base/atomic-file.ts';
import { onDisk } from '../../base/disk.ts';
import { isStationError, StationError } from '../../base/failures.ts';
import type { Log } from '../../base/log.ts';
import type { Thumbnails } from '../../media/thumbnails.ts';

/** Wide enough for the grid on a high-density screen. */
const THUMBNAIL_WIDTH = 320;
/** 15 kB each: at most 300 MB. */
const MAX_KEPT = 20_000;
/** How many go when there are too many, so that the folder is not read for every picture. */
const REMOVED_AT_ONCE = 2_000;
/** A few kilobytes from the disk the app lives on. */
const DISK_WITHIN_MS = 4_000;
/** Files of which no picture can be made: not tried again while they stay the same. */
const MAX_HOPELESS = 5_000;

/** Small pictures of the library's files, made when they are asked for first, and kept on the disk. */
export class ThumbnailCache {
  readonly #folder: string;
  readonly #thumbnails: Thumbnails;
  readonly #log: Log;
  readonly #underWay = new Map<string, Promise<Uint8Array>>();
  readonly #hopeless = new Set<string>();
  #written = 0;
  #cleaning: Promise<void> | null = null;

  constructor(folder: string, thumbnails: Thumbnails, log: Log) {
    this.#folder = folder;
    this.#thumbnails = thumbnails;
    this.#log = log;
  }

  /** @throws StationError `not-found` (no picture can be made of it), `busy`, `cancelled` */
  get(path: string, item: Item): Promise<Uint8Array> {
    const key = createHash('sha256')
      .update(`${path}\0${item.sizeBytes}\0${item.changedAtMs}`)
      .digest('hex');
    if (this.#hopeless.has(key)) return Promise.reject(noPicture());
    const known = this.#underWay.get(key);
    if (known !== undefined) return known;
    const picture = this.#find(key, path, item).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, picture);
    return picture;
  }

  async dispose(): Promise<void> {
    await this.#cleaning;
  }

  async #find(key: string, path: string, item: Item): Promise<Uint8Array> {
    const place = join(this.#folder, `${key}.jpg`);
    const kept = await this.#onDisk(() => read(place));
    if (kept !== null) return kept;
    const jpeg = await this.#make(key, path, item);
    // Whoever waits has a picture; whether it is kept is the next one's business.
    this.#onDisk(async () => {
      await mkdir(this.#folder, { recursive: true });
      await writeFileAtomically(place, jpeg, this.#log);
    }).then(
      () => this.#kept(),
      (error: unknown) => this.#log.error('A small picture could not be kept', error),
    );
    return jpeg;
  }

  async #make(key: string, path: string, item: Item): Promise<Uint8Array> {
    const kind = kindOf(item);
    if (kind === null) throw noPicture();
    try {
      return await this.#thumbnails.make({ path, kind, width: THUMBNAIL_WIDTH });
    } catch (error) {
      if (!isStationError(error) || error.code !== 'decode-failed') throw error;
      if (this.#hopeless.size >= MAX_HOPELESS) this.#hopeless.clear();
      this.#hopeless.add(key);
      throw noPicture(error);
    }
  }

  #kept(): void {
    this.#written++;
    // At the first one of a run as well: the run before may have ended in the middle.
    if (this.#written % REMOVED_AT_ONCE !== 1 || this.#cleaning !== null) return;
    this.#cleaning = this.#clean()
      .catch((error: unknown) => this.#log.error('Small pictures could not be tidied', error))
      .finally(() => {
        this.#cleaning = null;
      });
  }

  /** Removes those nobody has looked at for longest. */
  async #clean(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => /^[0-9a-f]{64}\.jpg$/.test(name));
    if (names.length <= MAX_KEPT) return;
    const aged: { name: string; atMs: number }[] = [];
    for (const name of names) {
      aged.push({ name, atMs: (await stat(join(this.#folder, name))).mtimeMs });
    }
    aged.sort((a, b) => a.atMs - b.atMs);
    for (const { name } of aged.slice(0, names.length - MAX_KEPT + REMOVED_AT_ONCE)) {
      await rm(join(this.#folder, name), { force: true });
    }
  }

  #onDisk<T>(work: () => Promise<T>): Promise<T> {
    const late = () =>
      new StationError('busy', 'The disk does not answer.', { retryAfterMs: 2_000 });
    return onDisk(DISK_WITHIN_MS, late, work);
  }
}

function kindOf(item: Item): 'jpeg' | 'png' | 'film' | null {
  if (item.kind === 'film') return 'film';
  if (item.kind === 'flight') return null;
  return item.mediaType === 'image/png' ? 'png' : 'jpeg';
}

async function read(path: string): Promise<Uint8Array | null> {
  try {
    const bytes = await readFile(path);
    const now = new Date();
    // It is still looked at; whether that can be noted is of no matter.
    utimes(path, now, now).catch(() => undefined);
    return bytes.byteLength === 0 ? null : bytes;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function noPicture(cause?: unknown): StationError {
  return new StationError('not-found', 'There is no picture of this file.', { cause });
}
