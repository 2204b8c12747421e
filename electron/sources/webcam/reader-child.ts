import type { Child, ChildExit, StartChild, StartOptions } from '../../processes/child.ts';
import { type FromReader, fromReaderSchema, type ToReader } from './channel.ts';
import { residentBytes } from './child-memory.ts';
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
  readonly #limits: ReaderLimits;
  readonly #listener: ReaderChildListener;
  readonly #memoryTimer: NodeJS.Timeout;
  readonly #exited: Promise<void>;
  #ending: Promise<void> | null = null;
  #hasExited = false;
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
    this.#exited = new Promise((resolve) => {
      this.#child.onExit((exit) => {
        this.#hasExited = true;
        clearInterval(this.#memoryTimer);
        resolve();
        if (!this.#silenced) listener.exit(exit, this.#child.lastWords());
      });
    });
    this.#child.onMessage((message) => this.#hear(message));
    this.#memoryTimer = setInterval(() => void this.#weigh(), limits.memoryCheckMs);
  }

  send(message: ToReader): void {
    this.#child.send(message);
  }

  /** Asks it to give the camera back and go; kills it after the grace. Resolves when it is gone, or given up on. */
  end(): Promise<void> {
    this.#silenced = true;
    this.#ending ??= this.#askAndKill();
    return this.#ending;
  }

  /** For one that hangs or misbehaves: asking would only cost time. */
  kill(): Promise<void> {
    this.#silenced = true;
    if (!this.#hasExited) this.#child.kill('SIGKILL');
    this.#ending ??= this.#gone(this.#limits.goneMs).then(() => this.#stopWatching());
    return this.#ending;
  }

  async #askAndKill(): Promise<void> {
    if (!this.#hasExited) {
      this.#child.send({ type: 'close' } satisfies ToReader);
      await this.#gone(this.#limits.closeGraceMs);
    }
    if (!this.#hasExited) {
      this.#child.kill('SIGKILL');
      await this.#gone(this.#limits.goneMs);
    }
    this.#stopWatching();
  }

  async #gone(withinMs: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, withinMs);
    });
    await Promise.race([this.#exited, timeout]);
    clearTimeout(timer);
  }

  #stopWatching(): void {
    clearInterval(this.#memoryTimer);
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

  async #weigh(): Promise<void> {
    const bytes = await residentBytes(this.#child.pid);
    if (bytes !== undefined) this.#judge(bytes);
  }

  #judge(bytes: number): void {
    if (!this.#silenced && bytes > this.#limits.memoryBytes) this.#listener.bloated(bytes);
  }
}
