import type { FrameMessage } from '../../shared/frames.ts';

/** Ten seconds: what a new decoder needs longer for to catch up with is asked of the station instead. */
const MAX_UNITS = 300;
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The units since the last keyframe, kept for one purpose: to start a new decoder without the bad unit.
 * A group that outgrows the bounds is kept no longer, which costs the copy and never the picture.
 */
export class GroupOfPictures {
  #units: FrameMessage[] = [];
  #bytes = 0;
  #started = false;

  /** Returns false for a unit that cannot be decoded, since no keyframe came before it. */
  add(unit: FrameMessage): boolean {
    if (unit.keyframe) {
      this.clear();
      this.#started = true;
    } else if (!this.#started) {
      return false;
    } else if (this.#units.length === 0) {
      return true;
    }
    if (this.#units.length >= MAX_UNITS || this.#bytes + unit.data.byteLength > MAX_BYTES) {
      this.#forgetUnits();
      return true;
    }
    this.#units.push(unit);
    this.#bytes += unit.data.byteLength;
    return true;
  }

  /** Takes out a unit the decoder choked on; without its keyframe the whole group is worthless. */
  remove(seq: number): void {
    const index = this.#units.findIndex((unit) => unit.seq === seq);
    const unit = this.#units[index];
    if (unit === undefined) return;
    if (unit.keyframe) {
      this.clear();
      return;
    }
    this.#units.splice(index, 1);
    this.#bytes -= unit.data.byteLength;
  }

  /** Oldest first; empty where there is no copy to start from. */
  units(): readonly FrameMessage[] {
    return this.#units;
  }

  /** Waits for a keyframe. */
  clear(): void {
    this.#started = false;
    this.#forgetUnits();
  }

  #forgetUnits(): void {
    this.#units = [];
    this.#bytes = 0;
  }
}
