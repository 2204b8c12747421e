import { HAZE, mixed, type Rgb } from './colours.ts';
import { smoothNoise, step } from './noise.ts';

const ZENITH: Rgb = { r: 88, g: 146, b: 204 };
const CLOUD: Rgb = { r: 244, g: 246, b: 248 };
const FAR_HILLS: Rgb = { r: 142, g: 168, b: 190 };
const NEAR_HILLS: Rgb = { r: 112, g: 146, b: 142 };

/** Behind the camera's first view the sky closes: from here on, of half a turn, one end goes over into the other. */
const SEAM_FROM = 0.55;

/** Colour above the horizon: `across` is the azimuth, -π to π, `down` 0 at the top, 1 at the horizon. */
export function colourAtSky(across: number, down: number, seed: number): Rgb {
  const seam = step(SEAM_FROM, 1, across / Math.PI);
  /** Noise that is the same at both ends. */
  const closed = (scale: number, offset: number, y: number, noiseSeed: number) => {
    const here = smoothNoise(across * scale + offset, y, noiseSeed);
    if (seam === 0) return here;
    const other = smoothNoise((across - 2 * Math.PI) * scale + offset, y, noiseSeed);
    return here + (other - here) * seam;
  };
  const air = mixed(ZENITH, HAZE, down ** 1.4);
  const spread = 1.6 - down;
  const cloud =
    closed(5 * spread, 9, down * 6, seed + 11) * 0.6 +
    closed(13 * spread, 0, down * 15, seed + 12) * 0.27 +
    closed(31 * spread, 0, down * 34, seed + 13) * 0.13;
  let colour = mixed(air, CLOUD, 0.75 * step(0.52, 0.78, cloud) * (1 - down * 0.6));
  colour = mixed(
    colour,
    FAR_HILLS,
    ridge((detail, y) => closed(5 * detail, 0, y, seed + 21), 0.2, down),
  );
  colour = mixed(
    colour,
    NEAR_HILLS,
    ridge((detail, y) => closed(9 * detail, 40 * detail, y, seed + 22), 0.1, down),
  );
  // Haze lies in the valleys, so the hills melt into the land.
  return mixed(colour, HAZE, step(0.9, 1, down));
}

/** 1 inside a chain of hills, 0 above it; `along` gives noise of a fineness along it. */
function ridge(along: (detail: number, y: number) => number, height: number, down: number): number {
  const crest = along(1, 0.5) * 0.7 + along(2.7, 1.5) * 0.22 + along(9, 2.5) * 0.08;
  const top = 1 - height * (0.3 + crest);
  return step(top - 0.004, top + 0.004, down);
}
