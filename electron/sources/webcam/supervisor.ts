import { nowUs } from '../../base/clock.ts';
import { cancelled, StationError } from '../../base/failures.ts';
import type { StartChild, StartOptions } from '../../processes/child.ts';
import type { ChildEnd } from '../../processes/child-life.ts';
import type { SourceListener } from '../../video/source.ts';
import { cameraDamaged, cameraHung, readerCrashed, readerEnded } from './camera-failures.ts';
import type { FromReader, OpenCommand, OpenedMessage, PictureMessage } from './channel.ts';
import { machineNowUs } from './machine-clock.ts';
import { ReaderChild } from './reader-child.ts';
import type { ReaderLimits } from './reader-limits.ts';

/** A picture older than this on arrival carries a clock that cannot be meant. */
const MAX_TRAVEL_US = 5_000_000;

export type SupervisedReader = {
  opened: OpenedMessage;
  /** Pictures it sent with parts missing. */
  damagedPictures(): number;
  /** Closes the camera; resolves when its process is gone or given up on, and says how. Idempotent. */
  dispose(): Promise<ChildEnd>;
};

type SuperviseOptions = {
  startChild: StartChild;
  startOptions: StartOptions;
  command: OpenCommand;
  limits: ReaderLimits;
  listener: Pick<SourceListener, 'frame' | 'dropped' | 'lost'>;
  signal: AbortSignal;
};

/**
 * Starts a reader process and opens a camera in it. Resolves when the camera is open, rejects with a
 * `StationError`; either way and at any time the process is bounded: by `openMs` until it is open, by
 * `pictureMs` from picture to picture, by `memoryBytes` always. Whoever breaks a bound is killed and
 * reported once through `listener.lost`. Starting it again is the session's business.
 */
export function superviseReader(options: SuperviseOptions): Promise<SupervisedReader> {
  if (options.signal.aborted) return Promise.reject(cancelled());
  return new Promise((resolve, reject) => {
    new Supervision(options, resolve, reject).start();
  });
}

class Supervision {
  readonly #options: SuperviseOptions;
  readonly #resolve: (reader: SupervisedReader) => void;
  readonly #reject: (error: StationError) => void;
  readonly #child: ReaderChild;
  readonly #abort = () => void this.#end(cancelled(), 'end');
  #timer: NodeJS.Timeout | undefined;
  #opened = false;
  #name = '';
  #damaged = 0;
  #damagedSinceWhole = 0;
  #over = false;

  constructor(
    options: SuperviseOptions,
    resolve: (reader: SupervisedReader) => void,
    reject: (error: StationError) => void,
  ) {
    this.#options = options;
    this.#resolve = resolve;
    this.#reject = reject;
    const { startChild, startOptions, limits } = options;
    this.#child = new ReaderChild(startChild, startOptions, limits, {
      message: (message) => this.#hear(message),
      garbage: () => this.#end(readerCrashed('said something that makes no sense'), 'kill'),
      bloated: (bytes) => {
        const megabytes = Math.round(bytes / 1e6);
        this.#end(readerCrashed(`took ${megabytes} MB of memory and was stopped`), 'kill');
      },
      exit: (exit, lastWords) => this.#end(readerEnded(exit, lastWords), 'kill'),
    });
  }

  start(): void {
    const { command, limits, signal } = this.#options;
    signal.addEventListener('abort', this.#abort, { once: true });
    this.#watch(limits.openMs, 'open');
    this.#child.send(command);
  }

  #hear(message: FromReader): void {
    switch (message.type) {
      case 'opened':
        this.#open(message);
        break;
      case 'picture':
        if (this.#opened) this.#picture(message);
        break;
      case 'dropped':
        if (!this.#opened) break;
        if (message.why === 'damaged') {
          this.#damaged += 1;
          this.#damagedSinceWhole += 1;
        }
        this.#options.listener.dropped(1);
        break;
      case 'failed': {
        const { code, message: text, tip } = message.failure;
        const { recoverable } = message;
        const options = tip === undefined ? { recoverable } : { recoverable, tip };
        this.#end(new StationError(code, text, options), 'end');
        break;
      }
      case 'cameras':
      case 'alive':
        break;
    }
  }

  #open(message: OpenedMessage): void {
    if (this.#opened) return;
    this.#opened = true;
    this.#name = message.name;
    this.#watch(this.#options.limits.pictureMs, 'picture');
    this.#resolve({
      opened: message,
      damagedPictures: () => this.#damaged,
      dispose: () => this.#dispose(),
    });
  }

  #picture(message: PictureMessage): void {
    const { listener, limits } = this.#options;
    this.#watch(limits.pictureMs, 'picture');
    this.#damagedSinceWhole = 0;
    const { width, height, data, seq } = message;
    listener.frame({
      format: { codec: 'jpeg', codecString: 'jpeg', width, height },
      keyframe: true,
      whole: true,
      madeUp: false,
      capturedAtUs: stationTime(message.readAtUs),
      data,
    });
    this.#child.send({ type: 'consumed', seq });
  }

  #watch(withinMs: number, doing: 'open' | 'picture'): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (this.#damagedSinceWhole > 0) this.#end(cameraDamaged(this.#name), 'end');
      else this.#end(cameraHung(doing, withinMs), 'kill');
    }, withinMs);
  }

  #dispose(): Promise<ChildEnd> {
    this.#stop();
    return this.#child.end();
  }

  /** Says it once, in the way its moment asks for; the rejection of an opening waits until the camera is free. */
  #end(error: StationError, how: 'end' | 'kill'): void {
    if (this.#over) return;
    this.#stop();
    const gone = how === 'kill' ? this.#child.kill() : this.#child.end();
    if (!this.#opened) void gone.then(() => this.#reject(error));
    else if (error.code !== 'cancelled') this.#options.listener.lost(error);
  }

  #stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#options.signal.removeEventListener('abort', this.#abort);
  }
}

/** A moment on the machine's clock, on the station's. Its own arrival where the reader's word cannot be true. */
export function stationTime(readAtUs: number): number {
  const travelUs = machineNowUs() - readAtUs;
  return nowUs() - (travelUs >= 0 && travelUs <= MAX_TRAVEL_US ? travelUs : 0);
}
