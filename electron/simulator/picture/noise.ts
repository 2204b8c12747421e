import { scramble } from '../seeded-random.ts';

/** A number in [0, 1) that belongs to a cell of the plane, always the same. */
export function cellValue(x: number, y: number, seed: number): number {
  return scramble(Math.imul(x, 0x1f35_3f4d) ^ Math.imul(y, 0x5bd1_e995) ^ seed) / 2 ** 32;
}

/** Smooth noise in [0, 1): values at whole coordinates, blended between them. */
export function smoothNoise(x: number, y: number, seed: number): number {
  const cellX = Math.floor(x);
  const cellY = Math.floor(y);
  const alongX = ease(x - cellX);
  const alongY = ease(y - cellY);
  const top = blend(cellValue(cellX, cellY, seed), cellValue(cellX + 1, cellY, seed), alongX);
  const bottom = blend(
    cellValue(cellX, cellY + 1, seed),
    cellValue(cellX + 1, cellY + 1, seed),
    alongX,
  );
  return blend(top, bottom, alongY);
}

export function blend(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function step(low: number, high: number, value: number): number {
  return ease(Math.min(1, Math.max(0, (value - low) / (high - low))));
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}
