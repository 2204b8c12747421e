import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { onDisk } from '../base/disk.ts';
import type { Log } from '../base/log.ts';

/** 32 characters that nobody guesses. */
const KEY_BYTES = 24;
const KEY = /^[A-Za-z0-9_-]{32}$/;
/** For this user's eyes alone. */
const MODE = 0o600;
const DISK_MS = 3_000;
const late = () => new Error('The disk did not answer.');

/** The key of everybody who watches from the network: made once, kept in a file of its own, a new one at a click. */
export class ShareKey {
  readonly #path: string;
  readonly #log: Log;
  #key: string | null = null;
  #getting: Promise<string> | null = null;

  constructor(path: string, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  /** Those who ask at once get the same one. */
  get(): Promise<string> {
    if (this.#key !== null) return Promise.resolve(this.#key);
    this.#getting ??= this.#find().finally(() => {
      this.#getting = null;
    });
    return this.#getting;
  }

  async #find(): Promise<string> {
    const kept = await this.#read();
    // One that was made meanwhile is newer.
    this.#key ??= kept;
    return this.#key ?? this.renew();
  }

  /** From now on the former one opens nothing. */
  async renew(): Promise<string> {
    const key = randomBytes(KEY_BYTES).toString('base64url');
    this.#key = key;
    const temporary = `${this.#path}.new`;
    try {
      await onDisk(DISK_MS, late, async () => {
        await mkdir(dirname(this.#path), { recursive: true });
        // The mode counts for a new file only.
        await rm(temporary, { force: true });
        await writeFile(temporary, key, { mode: MODE, flag: 'wx' });
        await rename(temporary, this.#path);
      });
    } catch (error) {
      // It opens doors as long as this run lasts; the next one makes another.
      this.#log.error('The key for sharing could not be kept', error);
    }
    return key;
  }

  /** In a time that tells nothing about how much of it was right. */
  fits(given: string): boolean {
    const key = this.#key;
    if (key === null) return false;
    const mine = Buffer.from(key);
    const theirs = Buffer.from(given);
    return mine.length === theirs.length && timingSafeEqual(mine, theirs);
  }

  async #read(): Promise<string | null> {
    try {
      const text = (await onDisk(DISK_MS, late, () => readFile(this.#path, 'utf8'))).trim();
      return KEY.test(text) ? text : null;
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      if (!isMissing) this.#log.error('The key for sharing could not be read', error);
      return null;
    }
  }
}
