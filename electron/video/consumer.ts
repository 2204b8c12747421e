import type { ConsumerKind, Percentiles } from '../../shared/status.ts';
import type { Frame } from './frame-cache.ts';

/** How many frames may be under way, given and not settled, by codec. */
type Credit = { readonly h264: number; readonly jpeg: number };

/**
 * Somebody who takes frames: a window, a recording, a photo. It says how it wants them and is given
 * them; whatever it does with them must not block, since everybody else waits behind it.
 */
export type Consumer = {
  /** What it is called in the status: `window`, `recording`. */
  name: string;
  kind: ConsumerKind;
  /**
   * Its bound: without credit it skips, and its drops are counted. Null for one that is done with a
   * frame when `take` returns; it never skips and never settles.
   */
  credit: Credit | null;
  /** Whether it gets the cached group of pictures at once, or begins with the next keyframe. */
  startsAt: 'cached-group' | 'next-keyframe';
  /**
   * The next frame in order. `catchUp`: a cached one that is not the newest, to be decoded and not
   * shown. A consumer that throws is closed and reported.
   */
  take(frame: Frame, catchUp: boolean): void;
  /** The stream of this generation is over; what comes next begins with a keyframe. */
  end?(generation: number): void;
  /** Arrival to drawn over the last seconds, where the consumer measures it. */
  delayMs?(): Percentiles | null;
};
