import type { SliceHeader } from './slice-headers.ts';

/**
 * Whether all references of a P slice's list (H.264 8.2.4) are there. A decoder holds the `held` newest
 * pictures, numbered down from the one before `frameNum`; a slice that came behind lost pictures may
 * ask for more than the `active` first, and a decoder refuses it. Long-term references cannot be judged.
 */
export function referencesAreHeld(
  header: SliceHeader,
  active: number,
  frameNum: number,
  maxFrameNum: number,
  held: number,
): boolean {
  /** By place in the list: how many pictures back. */
  const list: number[] = Array.from({ length: held }, (_, index) => index + 1);
  let place = 0;
  let number = frameNum;
  for (const { code, values } of header.modifications ?? []) {
    const step = (values[0] ?? 0) + 1;
    if (code > 1) return true;
    number = (number + (code === 0 ? maxFrameNum - step : step)) % maxFrameNum;
    const back = (frameNum - number + maxFrameNum) % maxFrameNum;
    if (back < 1 || back > held) return false;
    const rest = list.splice(place).filter((other) => other !== back);
    list.push(back, ...rest);
    place++;
  }
  return list.length >= active;
}
