import type { FrameMessage } from '../../shared/frames.ts';

/** The same bounds as the station's cache, for the same reasons. */
const MAX_UNITS = 300;
const MAX_BYTES = 16 * 1024 * 1024;

/** The units since the last keyframe, kept for one purpose: to start a new decoder without the bad unit. */
export class GroupOfPictures {
  #units: FrameMessage[] = [];
  #bytes = 0;

  /** Returns false for a unit that cannot be decoded: no keyframe before it, or the group outgrew its bounds. */
  add(unit: FrameMessage): boolean {
    if (unit.keyframe) this.clear();
    else if (this.#units.length === 0) return false;
    if (this.#units.length >= MAX_UNITS || this.#bytes + unit.data.byteLength > MAX_BYTES) {
      this.clear();
      return false;
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

  units(): readonly FrameMessage[] {
    return this.#units;
  }

  clear(): void {
    this.#units = [];
    this.#bytes = 0;
  }
}
