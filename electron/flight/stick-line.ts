import type { Sticks } from '../video/drone-controls.ts';

/** 25 a second, as those who fly it do; the drone keeps what it heard last. */
const PERIOD_MS = 40;
/** A change leaves at once, but never sooner after the last one than this. A repetition delays none. */
const GAP_MS = 20;
/** Zeros are repeated for so long, since one may get lost. Then it is silent. */
const SETTLE_MS = 500;

export const NEUTRAL: Sticks = { right: 0, forward: 0, up: 0, yaw: 0 };

type StickLineParts = {
  send: (sticks: Sticks) => void;
  /** Nothing came for this long: what was held is let go. */
  expiryMs: number;
  onExpired: () => void;
  nowMs: () => number;
};

/**
 * The stream of `rc` to the drone: newest wins, zero at once, and never a motion that nobody renews.
 * It is silent while there is nothing to hold.
 */
export class StickLine {
  readonly #parts: StickLineParts;
  #held: Sticks = NEUTRAL;
  #renewedAtMs = Number.NEGATIVE_INFINITY;
  #changedAtMs = Number.NEGATIVE_INFINITY;
  /** A change waits for its turn. */
  #isLate = false;
  #settleUntilMs = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: StickLineParts) {
    this.#parts = parts;
  }

  /** As they go out now. */
  get held(): Sticks {
    return this.#held;
  }

  get isHolding(): boolean {
    return !isNeutral(this.#held);
  }

  hold(sticks: Sticks): void {
    if (isNeutral(sticks)) {
      this.letGo();
      return;
    }
    const nowMs = this.#parts.nowMs();
    this.#held = sticks;
    this.#renewedAtMs = nowMs;
    const sinceMs = nowMs - this.#changedAtMs;
    if (sinceMs >= GAP_MS) {
      this.#changedAtMs = nowMs;
      this.#send();
    } else {
      this.#isLate = true;
      this.#sendIn(GAP_MS - sinceMs);
    }
  }

  /** Zero, now, if anything was held. */
  letGo(): void {
    if (!isNeutral(this.#held)) this.settle();
  }

  /** Zero, now and for a while, whatever was held. */
  settle(): void {
    const nowMs = this.#parts.nowMs();
    this.#held = NEUTRAL;
    this.#settleUntilMs = nowMs + SETTLE_MS;
    this.#send();
  }

  /** Nothing goes out any more: a drone that lands is left alone. */
  silence(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#held = NEUTRAL;
  }

  #send(): void {
    this.#isLate = false;
    this.#parts.send(this.#held);
    this.#sendIn(PERIOD_MS);
  }

  #sendIn(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#due(), delayMs);
  }

  #due(): void {
    this.#timer = undefined;
    const nowMs = this.#parts.nowMs();
    if (isNeutral(this.#held)) {
      if (nowMs < this.#settleUntilMs) this.#send();
    } else if (nowMs - this.#renewedAtMs >= this.#parts.expiryMs) {
      this.settle();
      this.#parts.onExpired();
    } else {
      if (this.#isLate) this.#changedAtMs = nowMs;
      this.#send();
    }
  }
}

function isNeutral(sticks: Sticks): boolean {
  return sticks.right === 0 && sticks.forward === 0 && sticks.up === 0 && sticks.yaw === 0;
}
