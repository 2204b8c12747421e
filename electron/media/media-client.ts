import { StationError } from '../base/failures.ts';
import type { Child, StartChild } from '../processes/child.ts';
import type { MediaReply, MediaRequest, Picture } from './media-messages.ts';

/** A photo takes well under 0.1 s; a process that needs this long hangs, and is replaced. */
const DEADLINE_MS = 5_000;
/** Photos and snapshots under way at once; beyond it callers are told to come back. */
const MAX_PENDING = 4;
/** SIGTERM, then SIGKILL: a hung decoder does not read signals. */
const KILL_GRACE_MS = 1_000;

type Pending = {
  resolve: (picture: Picture) => void;
  reject: (error: StationError) => void;
  timer: NodeJS.Timeout;
};

/** Main's end of the media process: starts it when it is needed, replaces it when it dies or hangs. */
export class MediaClient {
  readonly #startChild: StartChild;
  readonly #report: (what: string, error: unknown) => void;
  readonly #pending = new Map<number, Pending>();
  #child: Child | null = null;
  #exited: Promise<void> = Promise.resolve();
  #nextId = 1;
  #disposed = false;

  constructor(startChild: StartChild, report: (what: string, error: unknown) => void) {
    this.#startChild = startChild;
    this.#report = report;
  }

  /** Starts the process ahead of time, so that the first photo does not wait for it. */
  warmUp(): void {
    if (!this.#disposed) this.#child ??= this.#start();
  }

  /**
   * Decodes and encodes one picture.
   * @throws StationError `decode-failed`, `busy`, `cancelled` (disposed)
   */
  picture(request: Omit<MediaRequest, 'id'>): Promise<Picture> {
    if (this.#disposed)
      return Promise.reject(new StationError('cancelled', 'Hoverdeck is closing.'));
    if (this.#pending.size >= MAX_PENDING) {
      return Promise.reject(
        new StationError('busy', 'Too many pictures are being made at once.', {
          retryAfterMs: 500,
        }),
      );
    }
    this.warmUp();
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#hung(), DEADLINE_MS);
      this.#pending.set(id, { resolve, reject, timer });
      this.#child?.send({ id, ...request } satisfies MediaRequest);
    });
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    const child = this.#child;
    this.#rejectAll('Hoverdeck is closing.');
    if (child !== null) {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_GRACE_MS);
      await this.#exited;
      clearTimeout(timer);
    }
  }

  #start(): Child {
    const child = this.#startChild('media');
    child.onMessage((message) => this.#settle(message as MediaReply));
    this.#exited = new Promise((resolve) => {
      child.onExit(() => {
        if (this.#child === child) {
          this.#child = null;
          if (!this.#disposed) this.#report('The media process ended', child.lastWords());
          this.#rejectAll('The picture could not be decoded.');
        }
        resolve();
      });
    });
    return child;
  }

  #settle(reply: MediaReply): void {
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    this.#pending.delete(reply.id);
    clearTimeout(pending.timer);
    if (reply.ok) pending.resolve(reply);
    else pending.reject(decodeFailed(reply.message));
  }

  #hung(): void {
    this.#child?.kill('SIGKILL');
    this.#child = null;
    this.#rejectAll('Decoding the picture took too long.');
  }

  #rejectAll(message: string): void {
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(decodeFailed(message));
    }
    this.#pending.clear();
  }
}

function decodeFailed(message: string): StationError {
  return new StationError('decode-failed', message, {
    tip: 'Wait for a clear picture and try again.',
  });
}
