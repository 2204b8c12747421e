/** Answers that may wait for a set delay; a flood beyond it goes unanswered. */
const MAX_WAITING = 200;

/** Answers on their way, each a while after it was given. */
export class DelayedAnswers {
  readonly #timers = new Set<NodeJS.Timeout>();

  /** Sends at once where there is no delay. */
  after(delayMs: number, send: () => void): void {
    if (delayMs === 0) {
      send();
      return;
    }
    if (this.#timers.size >= MAX_WAITING) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      send();
    }, delayMs);
    this.#timers.add(timer);
  }

  dispose(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
