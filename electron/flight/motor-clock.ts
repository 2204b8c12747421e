/** `time` counts whole seconds: motors that run show it within one, and a little for a late datagram. */
const STILL_AFTER_MS = 1_600;
/** After such a gap in the telemetry nothing is known of what the motors did meanwhile. */
const GAP_MS = 1_000;

/** Whether the motors run, from the seconds they ran. Null while that is not certain, or never told. */
export class MotorClock {
  #seconds: number | null = null;
  #sameSinceMs = 0;
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #running: boolean | null = null;
  #restarts = 0;

  /** How often the count began anew: the drone was switched off and on. */
  get restarts(): number {
    return this.#restarts;
  }

  /** Whether the drone tells it at all. */
  get isTold(): boolean {
    return this.#seconds !== null;
  }

  read(seconds: number | undefined, nowMs: number): boolean | null {
    if (seconds === undefined) return this.#running;
    if (nowMs - this.#heardAtMs > GAP_MS) {
      this.#running = null;
      this.#sameSinceMs = nowMs;
    }
    this.#heardAtMs = nowMs;
    const before = this.#seconds;
    this.#seconds = seconds;
    if (before !== null && seconds > before) {
      this.#running = true;
      this.#sameSinceMs = nowMs;
    } else if (before !== null && seconds < before) {
      this.#restarts++;
      this.#running = null;
      this.#sameSinceMs = nowMs;
    } else if (nowMs - this.#sameSinceMs >= STILL_AFTER_MS) {
      this.#running = false;
    }
    return this.#running;
  }
}
