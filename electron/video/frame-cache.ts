import type { SourceFrame } from './source.ts';

/** A frame with its place in the stream. */
export type Frame = SourceFrame & {
  generation: number;
  /** Counts up by one a frame within a generation. */
  seq: number;
};

/**
 * Two minutes at 30 fps. On a bad link most keyframes arrive damaged and are healed into their group, so
 * groups grow long; a newcomer decodes 3,600 units in some seven seconds, and more would be worth waiting
 * for no longer.
 */
const MAX_CACHED_UNITS = 3_600;
/** A minute and a half at 2.3 Mbit/s; and every newcomer is sent as much at once. */
const MAX_CACHED_BYTES = 24 * 1024 * 1024;

/**
 * The only frame cache of the app: every frame since the last keyframe, so that a new viewer sees a
 * picture at once and a photo needs no reader. A group that outgrows the bounds is given up whole
 * (half a group decodes to garbage); the next keyframe starts afresh.
 */
export class FrameCache {
  #group: Frame[] = [];
  #bytes = 0;
  #overflowed = false;

  add(frame: Frame): void {
    if (frame.keyframe) {
      this.clear();
    } else if (this.#overflowed || this.#group.length === 0) {
      return;
    }
    if (
      this.#group.length >= MAX_CACHED_UNITS ||
      this.#bytes + frame.data.byteLength > MAX_CACHED_BYTES
    ) {
      this.clear();
      this.#overflowed = true;
      return;
    }
    this.#group.push(frame);
    this.#bytes += frame.data.byteLength;
  }

  /** Frames from the last keyframe to the newest, oldest first; empty before the first keyframe. */
  group(): readonly Frame[] {
    return this.#group;
  }

  newest(): Frame | undefined {
    return this.#group.at(-1);
  }

  bytes(): number {
    return this.#bytes;
  }

  clear(): void {
    this.#group = [];
    this.#bytes = 0;
    this.#overflowed = false;
  }
}
