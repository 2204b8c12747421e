import type { Child, ChildExit, StartChild } from '../processes/child.ts';
import { type ChildEnd, ChildLife, type KillBounds } from '../processes/child-life.ts';
import type {
  BegunFilm,
  FrameToRecord,
  FromRecorder,
  ToRecorder,
  WrittenFilm,
} from './recorder-messages.ts';

/**
 * What may be on its way to the recorder: ten seconds of a drone's film, as long as a memory card may
 * stall. Beyond it frames are dropped, and counted.
 */
const MAX_FRAMES_UNDER_WAY = 300;
/** The same for a camera's large pictures. */
const MAX_BYTES_UNDER_WAY = 32 * 1024 * 1024;
/** A disk that takes nothing for this long is given up: what is written is safe by then. */
const SILENT_FOR_MS = 60_000;
/** How often silence is looked at. */
const LOOK_EVERY_MS = 1_000;
/** Writing the end of a film takes some milliseconds, or a slow disk's sync. */
const FINISH_WITHIN_MS = 30_000;
/** The process has nothing left to do when it is asked to go. */
const KILL_BOUNDS: KillBounds = { graceMs: 500, goneMs: 1_500 };

export type RecorderListener = {
  /** A file is there, and grows. */
  begun(film: BegunFilm): void;
  /** So many of the oldest frames under way are written, or given up. */
  settled(written: number, givenUp: number): void;
  safe(sizeBytes: number, durationUs: number): void;
  film(film: WrittenFilm): void;
  /** Writing failed, for a reason of the system's (`ENOSPC`) or of the recorder's; `ended` follows. */
  failed(code: string, message: string): void;
  /** Nothing more comes. Said once. `cleanly`: every film is finished. */
  ended(cleanly: boolean): void;
};

/** A recorder process and what is on its way to it: writes one recording. */
export class RecorderClient {
  readonly #child: Child;
  readonly #life: ChildLife;
  readonly #listener: RecorderListener;
  readonly #watch: NodeJS.Timeout;
  readonly #sizes: number[] = [];
  #bytesUnderWay = 0;
  #heardAtMs = performance.now();
  /** Frames that came before the process was told where to write. */
  #held: ToRecorder[] | null = [];
  #finishBy = Number.POSITIVE_INFINITY;
  #over = false;

  /** Starts the process, which takes a moment; `begin` or `mend` tells it what to do. */
  constructor(startChild: StartChild, listener: RecorderListener) {
    this.#listener = listener;
    this.#child = startChild('recorder');
    this.#life = new ChildLife(this.#child, KILL_BOUNDS);
    this.#child.onMessage((message) => this.#receive(message as FromRecorder));
    void this.#life.exited.then((exit) => this.#exited(exit));
    this.#watch = setInterval(() => this.#look(), LOOK_EVERY_MS);
  }

  begin(recording: Omit<Extract<ToRecorder, { type: 'begin' }>, 'type'>): void {
    this.#child.send({ type: 'begin', ...recording } satisfies ToRecorder);
    const held = this.#held ?? [];
    this.#held = null;
    for (const message of held) this.#child.send(message);
  }

  /** Makes a proper film of one that was left unfinished; `film` and `ended` tell. */
  mend(folder: string, fileName: string): void {
    this.#child.send({ type: 'mend', folder, fileName } satisfies ToRecorder);
  }

  /** How long the oldest frame under way has been waiting for the disk or the encoder. */
  get stalledMs(): number {
    return this.#sizes.length === 0 ? 0 : performance.now() - this.#heardAtMs;
  }

  /** Whether the frame went on its way; not where too much waits already. */
  frame(frame: Omit<FrameToRecord, 'type'>): boolean {
    const size = frame.data.byteLength;
    if (this.#over || this.#sizes.length >= MAX_FRAMES_UNDER_WAY) return false;
    if (this.#bytesUnderWay + size > MAX_BYTES_UNDER_WAY) return false;
    if (this.#sizes.length === 0) this.#heardAtMs = performance.now();
    this.#sizes.push(size);
    this.#bytesUnderWay += size;
    this.#send({ type: 'frame', ...frame });
    return true;
  }

  nextFilm(name: string): void {
    this.#send({ type: 'next-film', name });
  }

  /** Asks for the end; `ended` tells when it is there. */
  finish(): void {
    this.#finishBy = Math.min(this.#finishBy, performance.now() + FINISH_WITHIN_MS);
    this.#send({ type: 'finish' });
  }

  /** Ends the process, whatever it does. */
  async dispose(): Promise<ChildEnd> {
    this.#end(false);
    return await this.#life.end();
  }

  #send(message: ToRecorder): void {
    if (this.#over) return;
    if (this.#held === null) this.#child.send(message);
    else this.#held.push(message);
  }

  #receive(message: FromRecorder): void {
    if (this.#over) return;
    this.#heardAtMs = performance.now();
    switch (message.type) {
      case 'begun':
        this.#listener.begun(message.film);
        break;
      case 'settled':
        for (const size of this.#sizes.splice(0, message.written + message.givenUp)) {
          this.#bytesUnderWay -= size;
        }
        this.#listener.settled(message.written, message.givenUp);
        break;
      case 'safe':
        this.#listener.safe(message.sizeBytes, message.durationUs);
        break;
      case 'film':
        this.#listener.film(message.film);
        break;
      case 'failed':
        this.#listener.failed(message.code, message.message);
        break;
      case 'finished':
        this.#end(true);
        void this.#life.end();
        break;
    }
  }

  #exited(exit: ChildExit): void {
    if (this.#over) return;
    this.#listener.failed(exit.startError ?? 'recorder-gone', this.#child.lastWords());
    this.#end(false);
  }

  #look(): void {
    const now = performance.now();
    const isSilent = this.#sizes.length > 0 && now - this.#heardAtMs > SILENT_FOR_MS;
    if (!isSilent && now < this.#finishBy) return;
    this.#listener.failed('disk-hangs', '');
    this.#end(false);
    void this.#life.kill();
  }

  #end(cleanly: boolean): void {
    if (this.#over) return;
    this.#over = true;
    clearInterval(this.#watch);
    this.#listener.ended(cleanly);
  }
}
