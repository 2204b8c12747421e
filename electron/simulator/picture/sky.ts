import { HAZE, mixed, type Rgb } from './colours.ts';
import { smoothNoise, step } from './noise.ts';

const ZENITH: Rgb = { r: 88, g: 146, b: 204 };
const CLOUD: Rgb = { r: 244, g: 246, b: 248 };
const FAR_HILLS: Rgb = { r: 142, g: 168, b: 190 };
const NEAR_HILLS: Rgb = { r: 112, g: 146, b: 142 };

/** Colour above the horizon: `across` in picture widths from the middle, `down` 0 at the top, 1 at the horizon. */
export function colourAtSky(across: number, down: number, seed: number): Rgb {
  const air = mixed(ZENITH, HAZE, down ** 1.4);
  const spread = 1.6 - down;
  const cloud =
    smoothNoise(across * 5 * spread + 9, down * 6, seed + 11) * 0.6 +
    smoothNoise(across * 13 * spread, down * 15, seed + 12) * 0.27 +
    smoothNoise(across * 31 * spread, down * 34, seed + 13) * 0.13;
  let colour = mixed(air, CLOUD, 0.75 * step(0.52, 0.78, cloud) * (1 - down * 0.6));
  colour = mixed(colour, FAR_HILLS, ridge(across * 5, 0.16, down, seed + 21));
  colour = mixed(colour, NEAR_HILLS, ridge(across * 9 + 40, 0.085, down, seed + 22));
  // Haze lies in the valleys, so the hills melt into the land.
  return mixed(colour, HAZE, step(0.88, 1, down));
}

/** 1 inside a chain of hills, 0 above it. */
function ridge(along: number, height: number, down: number, seed: number): number {
  const crest =
    smoothNoise(along, 0.5, seed) * 0.7 +
    smoothNoise(along * 2.7, 1.5, seed) * 0.22 +
    smoothNoise(along * 9, 2.5, seed) * 0.08;
  const top = 1 - height * (0.3 + crest);
  return step(top - 0.004, top + 0.004, down);
}
