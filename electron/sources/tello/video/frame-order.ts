/** Wi-Fi swaps neighbours; a unit further behind is not a late one but the counter after a long loss. */
const LATE_BY_AT_MOST = 3;
/** A late unit follows its successor at once; after this much time the counter has simply wrapped. */
const LATE_WITHIN_US = 100_000;
/** `frame_num` is believed once it counted up like this; a firmware that did not count would lose every picture. */
const STEPS_TO_TRUST = 3;
/** A greater gap (ten seconds at 30 fps) is a damaged header rather than a loss. */
const MAX_BELIEVABLE_GAP = 300;

/** What `FrameOrder.next` answers for a unit that comes after its successor, or twice. */
export const LATE = -1;

/**
 * Follows `frame_num` from picture to picture. The stream has no sequence number of its own, so this is
 * the only way to see that a whole access unit is missing, late or merged into its neighbour.
 */
export class FrameOrder {
  #maxFrameNum = 16;
  #previous = 0;
  #previousAtUs = 0;
  #steps = 0;

  /** An IDR picture: its `frame_num` is 0 by definition. */
  keyframe(log2MaxFrameNum: number, atUs: number): void {
    this.#maxFrameNum = 2 ** log2MaxFrameNum;
    this.#previous = 0;
    this.#previousAtUs = atUs;
  }

  /** Whether this is the unit that should come next. */
  follows(frameNum: number): boolean {
    return this.#modulo(frameNum - this.#previous) === 1;
  }

  /** How many units are missing before this one, or `LATE`. `reference`: whether later pictures refer to it. */
  next(frameNum: number, reference: boolean, atUs: number): number {
    const ahead = this.#modulo(frameNum - this.#previous);
    const behind = this.#modulo(this.#previous - frameNum);
    const trusted = this.#steps >= STEPS_TO_TRUST;
    if (behind < LATE_BY_AT_MOST && atUs - this.#previousAtUs < LATE_WITHIN_US) {
      if (trusted) return LATE;
      this.#steps = 0;
      return 0;
    }
    this.#steps = ahead === 1 ? Math.min(this.#steps + 1, STEPS_TO_TRUST) : this.#steps;
    if (reference) this.#previous = frameNum;
    this.#previousAtUs = atUs;
    if (!trusted || ahead === 0) return 0;
    return ahead - 1 > MAX_BELIEVABLE_GAP ? 1 : ahead - 1;
  }

  #modulo(difference: number): number {
    return (difference + this.#maxFrameNum) % this.#maxFrameNum;
  }
}
