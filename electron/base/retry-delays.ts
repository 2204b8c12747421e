/** How long to wait before the n-th try, of a source and of what a source heals by itself; the last one repeats. */
export const RETRY_DELAYS_MS = [1_000, 2_000, 5_000, 10_000] as const;
/** After this long in health the next failure starts from the shortest delay again. */
const HEALTHY_AFTER_MS = 60_000;

/** The growing delays between two tries to open a source. */
export class RetryDelays {
  #tries = 0;

  nextMs(): number {
    const last = RETRY_DELAYS_MS.length - 1;
    const delay = RETRY_DELAYS_MS[Math.min(this.#tries, last)] ?? RETRY_DELAYS_MS[0];
    this.#tries++;
    return delay;
  }

  /** Says how long the source was healthy before it failed. */
  wasHealthyFor(ms: number): void {
    if (ms >= HEALTHY_AFTER_MS) this.#tries = 0;
  }
}
