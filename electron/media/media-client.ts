import { StationError } from '../base/failures.ts';
import type { Child, ChildExit, StartChild } from '../processes/child.ts';
import { type ChildEnd, ChildLife } from '../processes/child-life.ts';
import { watchMemory } from '../processes/child-memory.ts';
import { exitWords, startTip } from '../processes/exit-words.ts';
import type {
  FileRequest,
  FileToPicture,
  MediaReply,
  MediaRequest,
  Picture,
} from './media-messages.ts';

/** How long pictures may take and how much the process may eat. Tests pass smaller ones. */
export type MediaLimits = {
  pictureMs: number;
  unitMs: number;
  memoryBytes: number;
  memoryCheckMs: number;
};

export const MEDIA_LIMITS: MediaLimits = {
  /** A photo takes well under 0.1 s; a process that needs this long hangs, and is replaced. */
  pictureMs: 5_000,
  /**
   * More for each unit that comes before the wanted one. A unit of 960x720 takes 1 to 3 ms on two
   * cores; a stream that sends its keyframes seldom must not lose its photos to the bound above.
   */
  unitMs: 20,
  /** The largest picture let in, turned and kept as PNG, takes 600 MB for its moment. */
  memoryBytes: 1_000_000_000,
  /** FFmpeg fills memory at some gigabytes a second: looked at less often, it would have it all. */
  memoryCheckMs: 100,
};

/** Photos and snapshots under way at once; beyond it callers are told to come back. */
const MAX_PENDING = 4;

type Pending = {
  resolve: (picture: Picture) => void;
  reject: (error: StationError) => void;
  timer: NodeJS.Timeout;
};

/** One media process, from its start to its end. */
type Running = { child: Child; life: ChildLife };

/** Main's end of the media process: starts it when it is needed, replaces it when it dies, hangs or bloats. */
export class MediaClient {
  readonly #startChild: StartChild;
  readonly #report: (what: string, error: unknown) => void;
  readonly #limits: MediaLimits;
  readonly #pending = new Map<number, Pending>();
  /** Ends of processes that are on their way out. */
  readonly #ending = new Set<Promise<void>>();
  #running: Running | null = null;
  #stopWeighing: (() => void) | null = null;
  #nextId = 1;
  #disposed = false;

  constructor(
    startChild: StartChild,
    report: (what: string, error: unknown) => void,
    limits: MediaLimits = MEDIA_LIMITS,
  ) {
    this.#startChild = startChild;
    this.#report = report;
    this.#limits = limits;
  }

  /** Starts the process ahead of time, so that the first photo does not wait for it. */
  warmUp(): void {
    if (!this.#disposed) this.#running ??= this.#start();
  }

  /**
   * Decodes and encodes one picture.
   * @throws StationError `decode-failed`, `busy`, `cancelled` (disposed)
   */
  picture(request: Omit<MediaRequest, 'id'>): Promise<Picture> {
    return this.#ask(request.units.length, (id) => ({ id, ...request }));
  }

  /**
   * A small picture (JPEG) of a file.
   * @throws StationError `decode-failed`, `busy`, `cancelled` (disposed)
   */
  async filePicture(file: FileToPicture): Promise<Uint8Array> {
    return (await this.#ask(1, (id) => ({ id, file }))).image;
  }

  #ask(units: number, request: (id: number) => MediaRequest | FileRequest): Promise<Picture> {
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
    const { pictureMs, unitMs } = this.#limits;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => this.#replace('Decoding the picture took too long.'),
        pictureMs + unitMs * units,
      );
      this.#pending.set(id, { resolve, reject, timer });
      this.#weighWhileBusy();
      this.#running?.child.send(request(id));
    });
  }

  /** Idempotent; resolves when every process it started is gone or given up on. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const running = this.#running;
    this.#running = null;
    this.#rejectAll('Hoverdeck is closing.');
    if (running !== null) this.#bury(running.life.end());
    await Promise.all(this.#ending);
  }

  #start(): Running {
    const child = this.#startChild('media');
    const running = { child, life: new ChildLife(child) };
    child.onMessage((message) => {
      if (this.#running === running) this.#settle(message as MediaReply);
    });
    void running.life.exited.then((exit) => this.#exited(running, exit));
    return running;
  }

  #exited(running: Running, exit: ChildExit): void {
    // One that was ended on purpose is spoken of already.
    if (this.#running !== running) return;
    this.#running = null;
    this.#report(`The media process ${exitWords(exit)}`, running.child.lastWords());
    const tip = startTip(exit);
    if (tip === undefined) this.#rejectAll('The picture could not be decoded.');
    else this.#rejectAll(`The program that makes pictures ${exitWords(exit)}.`, tip);
  }

  #settle(reply: MediaReply): void {
    const pending = this.#pending.get(reply.id);
    if (pending === undefined) return;
    this.#pending.delete(reply.id);
    clearTimeout(pending.timer);
    if (this.#pending.size === 0) this.#stopTheScales();
    if (reply.ok) pending.resolve(reply);
    else pending.reject(decodeFailed(reply.message));
  }

  /** Nothing can be saved of a process that hangs or bloats: the next picture gets a new one. */
  #replace(why: string): void {
    const running = this.#running;
    this.#running = null;
    if (running !== null) this.#bury(running.life.kill());
    this.#rejectAll(why);
  }

  #bury(end: Promise<ChildEnd>): void {
    const buried = end.then((how) => {
      this.#ending.delete(buried);
      if (how === 'left') this.#report('The media process', 'is stuck and was left behind');
    });
    this.#ending.add(buried);
  }

  #weighWhileBusy(): void {
    const running = this.#running;
    if (running === null || this.#stopWeighing !== null) return;
    this.#stopWeighing = watchMemory(running.child, {
      bytes: this.#limits.memoryBytes,
      everyMs: this.#limits.memoryCheckMs,
      onBloated: (bytes) => {
        this.#report('The media process', `took ${Math.round(bytes / 1e6)} MB and was stopped`);
        this.#replace('The picture takes more memory than a picture may.');
      },
    });
  }

  #stopTheScales(): void {
    this.#stopWeighing?.();
    this.#stopWeighing = null;
  }

  #rejectAll(message: string, tip?: string): void {
    this.#stopTheScales();
    for (const pending of this.#pending.values()) {
      clearTimeout(pending.timer);
      pending.reject(decodeFailed(message, tip));
    }
    this.#pending.clear();
  }
}

function decodeFailed(message: string, tip?: string): StationError {
  return new StationError('decode-failed', message, {
    tip: tip ?? 'Wait for a clear picture and try again.',
  });
}
