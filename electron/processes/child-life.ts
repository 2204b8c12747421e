import type { Child, ChildExit } from './child.ts';

/** How long each step of the way down takes at most. */
export type KillBounds = {
  /** Between being asked to go and being killed. */
  graceMs: number;
  /** Between SIGKILL and giving up on it. */
  goneMs: number;
};

const KILL_BOUNDS: KillBounds = {
  /** Children that listen are gone in some ten milliseconds; a hung one does not listen at all. */
  graceMs: 1_000,
  /** A process stuck inside the kernel outlives even SIGKILL: nobody waits for it for ever. */
  goneMs: 1_500,
};

/**
 * How a child went: `by-itself` before anybody asked, `asked`, `killed`, or `left` where it outlived
 * SIGKILL and was given up on.
 */
export type ChildEnd = 'by-itself' | 'asked' | 'killed' | 'left';

/** The life of one child: whether it is over, and the one way to end it that always comes back. */
export class ChildLife {
  /** Resolves when the process is gone; never rejects. */
  readonly exited: Promise<ChildExit>;
  readonly #child: Child;
  readonly #bounds: KillBounds;
  #exit: ChildExit | null = null;
  #ending: Promise<ChildEnd> | null = null;
  #killed = false;

  constructor(child: Child, bounds: KillBounds = KILL_BOUNDS) {
    this.#child = child;
    this.#bounds = bounds;
    this.exited = new Promise((resolve) => {
      child.onExit((exit) => {
        this.#exit = exit;
        resolve(exit);
      });
    });
  }

  /** How it exited; null while it lives. */
  get exit(): ChildExit | null {
    return this.#exit;
  }

  /**
   * Asks it to go (SIGTERM, unless it has words of its own for that) and kills it after the grace.
   * Everybody who ends it gets the same promise.
   */
  end(ask: () => void = () => this.#child.kill('SIGTERM')): Promise<ChildEnd> {
    this.#ending ??= this.#askThenKill(ask);
    return this.#ending;
  }

  /** Kills it at once, even while its grace runs: for one that hangs, asking only costs time. */
  kill(): Promise<ChildEnd> {
    this.#sendKill();
    this.#ending ??= this.#afterKill();
    return this.#ending;
  }

  async #askThenKill(ask: () => void): Promise<ChildEnd> {
    if (this.#exit !== null) return 'by-itself';
    ask();
    if (await this.#goneWithin(this.#bounds.graceMs)) return this.#killed ? 'killed' : 'asked';
    this.#sendKill();
    return await this.#afterKill();
  }

  async #afterKill(): Promise<ChildEnd> {
    if (!this.#killed) return 'by-itself';
    return (await this.#goneWithin(this.#bounds.goneMs)) ? 'killed' : 'left';
  }

  #sendKill(): void {
    if (this.#exit !== null) return;
    this.#killed = true;
    this.#child.kill('SIGKILL');
  }

  async #goneWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([this.exited, tooLate]);
    clearTimeout(timer);
    return this.#exit !== null;
  }
}
