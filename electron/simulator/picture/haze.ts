import { HAZE, toYuv } from './colours.ts';

/** Half of a colour is lost in haze at this distance. */
const HAZE_HALF_M = 42;
/** Haze by distance, in steps of a quarter metre, up to where nothing else is left. */
const STEPS_PER_M = 4;
const STEPS = 1_024;

export const HAZE_YUV = toYuv(HAZE);
export const HAZE_UP_TO_M = STEPS / STEPS_PER_M;

/** What is left of a colour, of 256, by distance in steps. */
const LEFT = Uint16Array.from({ length: STEPS }, (_, i) =>
  Math.round(256 * 2 ** (-i / STEPS_PER_M / HAZE_HALF_M)),
);

/** What is left of a colour at a distance, of 256. */
export function leftInHaze(distanceM: number): number {
  return LEFT[Math.min(STEPS - 1, Math.max(0, (distanceM * STEPS_PER_M) | 0))] ?? 0;
}
