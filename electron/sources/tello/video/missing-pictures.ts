/** At 30 fps, until the stream shows its own rate. */
const USUAL_INTERVAL_US = 33_333;
const SHORTEST_INTERVAL_US = 4_000;
const LONGEST_INTERVAL_US = 500_000;
/** Weight of the newest interval: a rate that changes is followed within a second. */
const NEWEST = 0.1;

/**
 * Bounds what a gap in `frame_num` may claim by the time that passed: a counter that begins anew, as behind
 * a lost keyframe, looks like hundreds of missing pictures, and one has fit into the time.
 */
export class MissingPictures {
  #intervalUs = USUAL_INTERVAL_US;
  #previousAtUs: number | null = null;

  /** How many pictures can be missing before one that arrived now, where the counter says `claimed`. */
  before(claimed: number, atUs: number): number {
    const sinceUs = this.#previousAtUs === null ? 0 : atUs - this.#previousAtUs;
    this.#previousAtUs = atUs;
    if (claimed === 0) {
      this.#learn(sinceUs);
      return 0;
    }
    return Math.min(claimed, Math.max(1, Math.round(sinceUs / this.#intervalUs) - 1));
  }

  #learn(sinceUs: number): void {
    if (sinceUs < SHORTEST_INTERVAL_US || sinceUs > LONGEST_INTERVAL_US) return;
    this.#intervalUs += NEWEST * (sinceUs - this.#intervalUs);
  }
}
