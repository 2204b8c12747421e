import type { Frame } from '../video/frame-cache.ts';

/** A photo half a second old and whole is worth more than one of this moment with a smear in it. */
const WHOLE_WITHIN_US = 500_000;

export type KeepablePicture = {
  /** From the keyframe to the picture to keep, which is the last. */
  group: readonly Frame[];
  /** Part of it was lost on the way and filled in: there was no whole one for half a second. */
  damaged: boolean;
};

/** The newest whole picture of a cached group, or the newest there is where none is whole and recent. */
export function wholePicture(group: readonly Frame[]): KeepablePicture {
  const newest = group.at(-1);
  const oldestUs = (newest?.capturedAtUs ?? 0) - WHOLE_WITHIN_US;
  for (let i = group.length - 1; i >= 0; i--) {
    const frame = group[i];
    if (frame === undefined || frame.capturedAtUs < oldestUs) break;
    if (frame.whole) return { group: group.slice(0, i + 1), damaged: false };
  }
  return { group, damaged: newest !== undefined };
}
