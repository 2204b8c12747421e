import type { Child, ChildExit, StartChild, StartOptions } from '../../processes/child.ts';
import { type ChildEnd, ChildLife } from '../../processes/child-life.ts';
import { watchMemory } from '../../processes/child-memory.ts';
import { type FromReader, fromReaderSchema, type ToReader } from './channel.ts';
import type { ReaderLimits } from './reader-limits.ts';

type ReaderChildListener = {
  message(message: FromReader): void;
  /** It said something that is not in the protocol. */
  garbage(): void;
  /** It holds more memory than it may. */
  bloated(bytes: number): void;
  exit(exit: ChildExit, lastWords: string): void;
};

/**
 * The reader process at arm's length: parses what it says, watches what it eats, and gets rid of it
 * for certain. Says nothing more once `end` or `kill` was called.
 */
export class ReaderChild {
  readonly #child: Child;
  readonly #life: ChildLife;
  readonly #limits: ReaderLimits;
  readonly #listener: ReaderChildListener;
  readonly #stopWeighing: () => void;
  #silenced = false;

  constructor(
    startChild: StartChild,
    options: StartOptions,
    limits: ReaderLimits,
    listener: ReaderChildListener,
  ) {
    this.#limits = limits;
    this.#listener = listener;
    this.#child = startChild('webcam-reader', options);
    this.#life = new ChildLife(this.#child, {
      graceMs: limits.closeGraceMs,
      goneMs: limits.goneMs,
    });
    this.#stopWeighing = watchMemory(this.#child, {
      bytes: limits.memoryBytes,
      everyMs: limits.memoryCheckMs,
      onBloated: (bytes) => this.#judge(bytes),
    });
    void this.#life.exited.then((exit) => {
      this.#stopWeighing();
      if (!this.#silenced) listener.exit(exit, this.#child.lastWords());
    });
    this.#child.onMessage((message) => this.#hear(message));
  }

  send(message: ToReader): void {
    this.#child.send(message);
  }

  /** Asks it to give the camera back and go; kills it after the grace. */
  end(): Promise<ChildEnd> {
    return this.#finish(this.#life.end(() => this.send({ type: 'close' })));
  }

  /** For one that hangs or misbehaves. */
  kill(): Promise<ChildEnd> {
    return this.#finish(this.#life.kill());
  }

  async #finish(ending: Promise<ChildEnd>): Promise<ChildEnd> {
    this.#silenced = true;
    this.#stopWeighing();
    return await ending;
  }

  #hear(message: unknown): void {
    if (this.#silenced) return;
    const parsed = fromReaderSchema.safeParse(message);
    if (!parsed.success) {
      this.#listener.garbage();
      return;
    }
    if (parsed.data.type === 'alive') this.#judge(parsed.data.rssBytes);
    else this.#listener.message(parsed.data);
  }

  #judge(bytes: number): void {
    if (!this.#silenced && bytes > this.#limits.memoryBytes) this.#listener.bloated(bytes);
  }
}
