import { StationError } from '../base/failures.ts';
import type { StartChild } from '../processes/child.ts';
import { MediaClient } from './media-client.ts';
import type { FileToPicture } from './media-messages.ts';

/** Two cores draw the live view as well. */
const AT_ONCE = 1;
/** What fits on some screens; whoever scrolls on has lost interest in the oldest. */
const MAX_WAITING = 200;
/** Nobody scrolls any more: the process and its memory are given back. */
const IDLE_MS = 20_000;

type Waiting = {
  file: FileToPicture;
  resolve: (jpeg: Uint8Array) => void;
  reject: (error: unknown) => void;
};

/**
 * Makes small pictures of files, in a media process of its own: a file that hangs or kills it costs no
 * photo. Those asked for last come first, since they are on screen.
 */
export class Thumbnails {
  readonly #startChild: StartChild;
  readonly #report: (what: string, error: unknown) => void;
  readonly #waiting: Waiting[] = [];
  #media: MediaClient | null = null;
  #running = 0;
  #idle: NodeJS.Timeout | null = null;
  #disposed = false;

  constructor(startChild: StartChild, report: (what: string, error: unknown) => void) {
    this.#startChild = startChild;
    this.#report = report;
  }

  /** @throws StationError `decode-failed`, `busy`, `cancelled` */
  make(file: FileToPicture): Promise<Uint8Array> {
    if (this.#disposed)
      return Promise.reject(new StationError('cancelled', 'Hoverdeck is closing.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ file, resolve, reject });
      if (this.#waiting.length > MAX_WAITING) {
        this.#waiting
          .shift()
          ?.reject(
            new StationError('busy', 'Too many pictures are wanted.', { retryAfterMs: 500 }),
          );
      }
      this.#next();
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    for (const { reject } of this.#waiting.splice(0)) {
      reject(new StationError('cancelled', 'Hoverdeck is closing.'));
    }
    await this.#rest();
  }

  #next(): void {
    if (this.#running >= AT_ONCE || this.#disposed) return;
    const next = this.#waiting.pop();
    if (next === undefined) {
      if (this.#running === 0 && this.#media !== null) {
        this.#idle = setTimeout(() => void this.#rest(), IDLE_MS);
      }
      return;
    }
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    this.#running++;
    this.#media ??= new MediaClient(this.#startChild, this.#report);
    this.#media
      .filePicture(next.file)
      .then(next.resolve, next.reject)
      .finally(() => {
        this.#running--;
        this.#next();
      });
  }

  async #rest(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = null;
    const media = this.#media;
    this.#media = null;
    await media?.dispose();
  }
}
