/** Growing delays for trying again: the nth failure in a row waits for the nth delay, and the last one repeats. */
export class RetryDelays {
  readonly #delaysMs: readonly [number, ...number[]];
  readonly #healthyAfterMs: number;
  #failures = 0;

  /** `healthyAfterMs`: what held this long did not fail at once, so the next failure begins small again. */
  constructor(delaysMs: readonly [number, ...number[]], healthyAfterMs = 0) {
    this.#delaysMs = delaysMs;
    this.#healthyAfterMs = healthyAfterMs;
  }

  /** The delay before the next try. */
  nextMs(): number {
    const last = this.#delaysMs.length - 1;
    const delayMs = this.#delaysMs[Math.min(this.#failures, last)] ?? this.#delaysMs[0];
    this.#failures++;
    return delayMs;
  }

  /** Says how long the last try held before it failed. */
  wasHealthyFor(ms: number): void {
    if (ms >= this.#healthyAfterMs) this.reset();
  }

  /** The last try holds: the next failure begins small again. */
  reset(): void {
    this.#failures = 0;
  }
}
