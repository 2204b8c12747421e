import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFile } from '../../base/sync-file.ts';
import { mendingName, recordingName } from '../unfinished-films.ts';

/** More films of one millisecond and one source than anybody makes. */
const MAX_SAME_NAMES = 99;

/**
 * What a film is called while it grows. One that is recorded can be seen and opened by every player even
 * then; one that is only made from another is nobody's business.
 */
const GROWING_NAMES = { recording: recordingName, mending: mendingName } as const;
export type Growth = keyof typeof GROWING_NAMES;

/** What holds a film: a file that grows, is synced in time, and gets its name when it is whole. */
export class FilmFile {
  readonly #folder: string;
  readonly #name: string;
  readonly #ending: string;
  readonly #growth: Growth;
  readonly #file: FileHandle;
  readonly #identity: { ino: bigint; dev: bigint };
  #position = 0;
  #size = 0;
  /** Up to here the file is one that plays, whatever comes after. */
  #wholeBytes = 0;
  #syncing: Promise<void> | null = null;

  private constructor(
    place: { folder: string; name: string; ending: string; growth: Growth },
    file: FileHandle,
    identity: { ino: bigint; dev: bigint },
  ) {
    this.#folder = place.folder;
    this.#name = place.name;
    this.#ending = place.ending;
    this.#growth = place.growth;
    this.#file = file;
    this.#identity = identity;
  }

  /** Makes the file, under a name nobody has yet. */
  static async record(folder: string, name: string, ending: string): Promise<FilmFile> {
    for (let copy = 1; copy <= MAX_SAME_NAMES; copy++) {
      const unique = copyName(name, copy);
      if (await exists(join(folder, `${unique}.${ending}`))) continue;
      try {
        return await FilmFile.#create({ folder, name: unique, ending, growth: 'recording' });
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error;
      }
    }
    throw new Error(`${name} exists too often already.`);
  }

  /**
   * The file for a film made of a leftover.
   * @throws Error `EEXIST` where somebody else makes it
   */
  static mend(folder: string, name: string, ending: string): Promise<FilmFile> {
    return FilmFile.#create({ folder, name, ending, growth: 'mending' });
  }

  static async #create(place: {
    folder: string;
    name: string;
    ending: string;
    growth: Growth;
  }): Promise<FilmFile> {
    const growingName = GROWING_NAMES[place.growth](place.name, place.ending);
    const file = await open(join(place.folder, growingName), 'wx');
    const { ino, dev } = await file.stat({ bigint: true });
    return new FilmFile(place, file, { ino, dev });
  }

  get name(): string {
    return this.#name;
  }

  get growingName(): string {
    return GROWING_NAMES[this.#growth](this.#name, this.#ending);
  }

  get sizeBytes(): number {
    return this.#size;
  }

  /** How much of it is known to play; 0 before the first piece. */
  get wholeBytes(): number {
    return this.#wholeBytes;
  }

  async write(bytes: Uint8Array): Promise<void> {
    let done = 0;
    while (done < bytes.byteLength) {
      const { bytesWritten } = await this.#file.write(
        bytes,
        done,
        bytes.byteLength - done,
        this.#position,
      );
      done += bytesWritten;
      this.#position += bytesWritten;
      this.#size = Math.max(this.#size, this.#position);
    }
  }

  /**
   * Goes back to where something is to be written over. What was written so far must be on the disk
   * first: a table of contents that arrives before what it lists would spoil the film.
   */
  async seek(position: number): Promise<void> {
    if (position < this.#size) await this.sync();
    this.#position = position;
  }

  /** Says that the file plays as it is now. */
  markWhole(): void {
    this.#wholeBytes = this.#size;
  }

  /** Resolves when what was written before is on the disk; a sync that runs already is waited for first. */
  async sync(): Promise<void> {
    await this.#syncing?.catch(() => undefined);
    await syncFile(this.#file);
  }

  /** The same without waiting; one at a time, so that a slow disk is asked no faster than it answers. */
  syncSoon(onFailure: (error: unknown) => void): void {
    if (this.#syncing !== null) return;
    const syncing = syncFile(this.#file).finally(() => {
      this.#syncing = null;
    });
    this.#syncing = syncing;
    syncing.catch(onFailure);
  }

  /** Gives up what was written behind the last whole piece. */
  async cutToWhole(): Promise<void> {
    await this.#syncing?.catch(() => undefined);
    await this.#file.truncate(this.#wholeBytes);
    this.#size = this.#wholeBytes;
    this.#position = this.#wholeBytes;
  }

  /**
   * Shows whoever looks that somebody writes here, pictures or not.
   * @throws Error `ENOENT` where the file is not there any more: it was deleted, moved or replaced
   */
  async touch(): Promise<void> {
    const found = await stat(join(this.#folder, this.growingName), { bigint: true });
    if (found.ino !== this.#identity.ino || found.dev !== this.#identity.dev) {
      throw Object.assign(new Error('The film was replaced by another file.'), { code: 'ENOENT' });
    }
    const now = new Date();
    await this.#file.utimes(now, now);
  }

  /** Gives it its name. Returns the name. */
  async keep(): Promise<string> {
    await this.#syncing?.catch(() => undefined);
    await syncFile(this.#file);
    await this.#file.close();
    return await giveName(this.#folder, this.growingName, this.#name, this.#ending);
  }

  /** Removes a file that holds no picture. */
  async discard(): Promise<void> {
    await this.#syncing?.catch(() => undefined);
    await this.#file.close();
    await rm(join(this.#folder, this.growingName), { force: true });
  }
}

/** Renames a film to what it shall be called, or the first name after it that is free. Returns it. */
export async function giveName(
  folder: string,
  from: string,
  name: string,
  ending: string,
): Promise<string> {
  for (let copy = 1; copy <= MAX_SAME_NAMES; copy++) {
    const fileName = `${copyName(name, copy)}.${ending}`;
    if (await exists(join(folder, fileName))) continue;
    await rename(join(folder, from), join(folder, fileName));
    return fileName;
  }
  throw new Error(`${name} exists too often already.`);
}

function copyName(name: string, copy: number): string {
  return copy === 1 ? name : `${name} (${copy})`;
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
