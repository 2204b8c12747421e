/**
 * Lets one call through at a time and refuses the second. Two reads at once on one camera end in a
 * segmentation fault inside OpenCV; here they end in an error with a stack.
 */
export class SingleFlight {
  #pending: Promise<unknown> | null = null;
  readonly #what: string;

  constructor(what: string) {
    this.#what = what;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#pending !== null) throw new Error(`a second ${this.#what} while one is under way`);
    const pending = work();
    this.#pending = pending;
    try {
      return await pending;
    } finally {
      this.#pending = null;
    }
  }

  /** Resolves when nothing is under way, however it ended. */
  async idle(): Promise<void> {
    if (this.#pending !== null) await Promise.allSettled([this.#pending]);
  }
}
