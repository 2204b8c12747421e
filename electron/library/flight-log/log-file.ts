import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { onDisk } from '../../base/disk.ts';
import type { StationError } from '../../base/failures.ts';
import { syncFile } from '../../base/sync-file.ts';
import { diskFailureOf, diskHangs } from '../disk-failure.ts';

/** A third of a second of a busy flight; what is lost when the app is killed. */
const WRITE_EVERY_MS = 300;
/** Every third write is synced: a power cut costs a second. */
const SYNC_EVERY_WRITES = 3;
/** A kilobyte takes milliseconds. */
const WRITE_WITHIN_MS = 4_000;
/** A minute of a busy flight while a disk does not answer; beyond it lines are lost, and counted. */
const MAX_WAITING_LINES = 1_500;
/** Longer lines are nobody's. */
const MAX_LINE_CHARS = 16_384;
const WHAT = 'The flight log';

type LogFileParts = {
  path: string;
  /** What every file begins with. */
  headLine: string;
  /** Makes lines of what is said of the log itself. */
  lostLine: (lines: number) => string;
  onTrouble: (error: StationError | null, linesLost: number) => void;
};

/** A file that lines are appended to, a few times a second. What cannot be written is counted, and said. */
export class LogFile {
  readonly #parts: LogFileParts;
  readonly #folder: string;
  readonly #timer: NodeJS.Timeout;
  #waiting: string[] = [];
  #file: FileHandle | null = null;
  #identity = '';
  #isNew = true;
  #work: Promise<void> | null = null;
  #writes = 0;
  #lost = 0;
  /** Lost since the last line that says so. */
  #untold = 0;
  #isBroken = false;

  constructor(parts: LogFileParts) {
    this.#parts = parts;
    this.#folder = dirname(parts.path);
    this.#timer = setInterval(() => this.#writeSoon(), WRITE_EVERY_MS);
  }

  add(line: string): void {
    if (this.#waiting.length >= MAX_WAITING_LINES || line.length > MAX_LINE_CHARS) this.#lose(1);
    else this.#waiting.push(line);
  }

  /** Writes what is left and closes it. */
  async end(): Promise<void> {
    clearInterval(this.#timer);
    await this.#work;
    this.#writes = SYNC_EVERY_WRITES - 1;
    await this.#write();
    const file = this.#file;
    this.#file = null;
    await this.#onDisk(async () => await file?.close()).catch(() => undefined);
  }

  #writeSoon(): void {
    // A disk that is slow is not asked again before it has answered.
    this.#work ??= this.#write().finally(() => {
      this.#work = null;
    });
  }

  async #write(): Promise<void> {
    const lines = this.#waiting;
    if (lines.length === 0) return;
    this.#waiting = [];
    try {
      await this.#onDisk(() => this.#append(lines));
      this.#parts.onTrouble(null, this.#lost);
    } catch (error) {
      this.#lose(lines.length);
      // The next line must not stick to half of this one.
      this.#isBroken = true;
      await this.#forget();
      this.#parts.onTrouble(diskFailureOf(WHAT, error, this.#folder), this.#lost);
    }
  }

  async #append(lines: readonly string[]): Promise<void> {
    await this.#open();
    const lost = this.#untold > 0 ? [this.#parts.lostLine(this.#untold)] : [];
    const head = this.#isNew ? [this.#parts.headLine] : [];
    const text = `${this.#isBroken ? '\n' : ''}${[...head, ...lost, ...lines].join('\n')}\n`;
    await this.#file?.appendFile(text);
    this.#isNew = false;
    this.#untold = 0;
    this.#isBroken = false;
    this.#writes++;
    if (this.#writes % SYNC_EVERY_WRITES !== 0) return;
    if (this.#file !== null) await syncFile(this.#file);
    // A file that was deleted or moved takes everything and keeps nothing.
    if ((await identityOf(this.#parts.path)) !== this.#identity) await this.#forget();
  }

  async #open(): Promise<void> {
    if (this.#file !== null) return;
    const file = await open(this.#parts.path, 'a');
    this.#file = file;
    const { dev, ino, size } = await file.stat({ bigint: true });
    this.#identity = `${dev} ${ino}`;
    this.#isNew = size === 0n;
  }

  async #forget(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    await this.#onDisk(async () => await file?.close()).catch(() => undefined);
  }

  #lose(lines: number): void {
    this.#lost += lines;
    this.#untold += lines;
  }

  #onDisk<T>(work: () => Promise<T>): Promise<T> {
    return onDisk(WRITE_WITHIN_MS, () => diskHangs(WHAT, this.#folder), work);
  }
}

async function identityOf(path: string): Promise<string> {
  try {
    const { dev, ino } = await stat(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
