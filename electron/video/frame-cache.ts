import type { SourceFrame } from './source.ts';

/** A frame with its place in the stream. */
export type Frame = SourceFrame & {
  generation: number;
  /** Counts up by one a frame within a generation. */
  seq: number;
};

/** Ten times a Tello's group of pictures: a source that sends no keyframe for longer is not worth caching. */
const MAX_CACHED_UNITS = 300;
/** A second of video at 4 Mbit/s is 0.5 MB; this leaves room for 4K JPEG and long groups. */
const MAX_CACHED_BYTES = 16 * 1024 * 1024;

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
