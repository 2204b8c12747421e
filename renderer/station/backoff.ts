/** Growing delays for trying again: the nth failure in a row waits for the nth delay, then for the last. */
export type Backoff = {
  /** The delay before the next try. */
  next(): number;
  /** The last try held: begin small again. */
  reset(): void;
};

export function createBackoff(delaysMs: readonly [number, ...number[]]): Backoff {
  let failures = 0;
  return {
    next() {
      const delayMs = delaysMs[Math.min(failures, delaysMs.length - 1)] ?? delaysMs[0];
      failures += 1;
      return delayMs;
    },
    reset() {
      failures = 0;
    },
  };
}
