import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptFilm } from '../../shared/recording.ts';
import { pause } from '../base/abortable.ts';
import { onDisk } from '../base/disk.ts';
import { StationError } from '../base/failures.ts';
import type { RecorderClient, RecorderListener } from '../media/recorder-client.ts';
import { unfinishedFilm } from '../media/unfinished-films.ts';

/** Whoever records touches the film twice a second; one that is untouched for this long is left. */
const UNTOUCHED_FOR_MS = 5_000;
/** A folder of thousands is read in a fraction of this. */
const LOOK_WITHIN_MS = 8_000;
/** A gigabyte is written again in some ten seconds; what takes longer than this hangs. */
const MEND_WITHIN_MS = 15 * 60_000;
/** More leftovers than a year of crashes makes; the rest waits for the next start. */
const MAX_LEFTOVERS = 100;

type LeftoversParts = {
  openRecorder: (listener: RecorderListener) => RecorderClient;
  /** A film was finished. */
  onMended: (films: KeptFilm[]) => void;
  report: (what: string, error: unknown) => void;
  untouchedForMs?: number;
};

/** Finishes films that were left when the app, its recorder or the computer went down. One at a time. */
export class Leftovers {
  readonly #parts: LeftoversParts;
  readonly #closing = new AbortController();
  #work: Promise<void> = Promise.resolve();
  #recorder: RecorderClient | null = null;

  constructor(parts: LeftoversParts) {
    this.#parts = parts;
  }

  /** Finishes whatever nobody writes in that folder. Another Hoverdeck may be recording there. */
  look(folder: string): void {
    this.#enqueue(async () => {
      const before = await this.#find(folder);
      if (before.size === 0) return;
      await pause(this.#parts.untouchedForMs ?? UNTOUCHED_FOR_MS, this.#closing.signal);
      const after = await this.#find(folder);
      const left = [...after].filter(([name, trace]) => before.get(name) === trace);
      const films: KeptFilm[] = [];
      for (const [fileName] of left.slice(0, MAX_LEFTOVERS)) {
        if (unfinishedFilm(fileName)?.kind === 'mending') {
          await rm(join(folder, fileName), { force: true });
        }
      }
      for (const [fileName] of left.slice(0, MAX_LEFTOVERS)) {
        if (unfinishedFilm(fileName)?.kind !== 'recording') continue;
        const film = await this.#mend(folder, fileName);
        if (film !== null) films.push(film);
      }
      if (films.length > 0) this.#parts.onMended(films);
    });
  }

  /** Finishes one whose recorder is known to be gone. */
  finish(folder: string, fileName: string): void {
    this.#enqueue(async () => {
      const film = await this.#mend(folder, fileName);
      if (film !== null) this.#parts.onMended([film]);
    });
  }

  /** Resolves when nothing is being finished any more. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** What is not finished yet is left for the next start. */
  async dispose(): Promise<void> {
    this.#closing.abort();
    await this.#recorder?.dispose();
    await this.#work;
  }

  #enqueue(work: () => Promise<void>): void {
    this.#work = this.#work
      .then(() => (this.#closing.signal.aborted ? undefined : work()))
      .catch((error: unknown) => {
        if (this.#closing.signal.aborted) return;
        this.#parts.report('Films left unfinished could not be looked after', error);
      });
  }

  /** Unfinished films by name, with what shows whether somebody writes to them. */
  #find(folder: string): Promise<Map<string, string>> {
    const late = () => new StationError('write-failed', `The disk with ${folder} does not answer.`);
    return onDisk(LOOK_WITHIN_MS, late, async () => {
      const found = new Map<string, string>();
      for (const name of await namesIn(folder)) {
        if (unfinishedFilm(name) === null) continue;
        const { ino, size, mtimeNs } = await stat(join(folder, name), { bigint: true });
        found.set(name, `${ino} ${size} ${mtimeNs}`);
      }
      return found;
    });
  }

  async #mend(folder: string, fileName: string): Promise<KeptFilm | null> {
    if (this.#closing.signal.aborted) return null;
    let film: KeptFilm | null = null;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      const recorder = this.#parts.openRecorder({
        begun: () => undefined,
        settled: () => undefined,
        safe: () => undefined,
        film: (written) => {
          film = {
            fileName: written.fileName,
            path: join(folder, written.fileName),
            sizeBytes: written.sizeBytes,
            durationMs: Math.round(written.durationUs / 1_000),
          };
        },
        failed: (code, message) =>
          this.#parts.report(`${fileName} could not be finished (${code})`, message),
        ended: () => resolve(),
      });
      this.#recorder = recorder;
      timer = setTimeout(() => void recorder.dispose(), MEND_WITHIN_MS);
      recorder.mend(folder, fileName);
    });
    clearTimeout(timer);
    this.#recorder = null;
    return film;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
