import { smoothNoise } from './noise.ts';

/** A tree's crown as it is drawn: opacity and light (128 is its own colour) of each point of a square. */
export type Crown = { size: number; alpha: Uint8Array; light: Uint8Array };

/** From the largest down; each half the one before. */
const LARGEST = 64;
const SIZES = 5;
const SEED = 77;

/** A round crown with its light from above in the picture: it is turned towards the sun when it is drawn. */
export const ROUND_CROWNS = sized((x, y) => {
  const way = Math.hypot(x, y);
  const ragged = 0.9 + 0.16 * (smoothNoise(x * 4 + 9, y * 4 + 9, SEED) - 0.5);
  const front = Math.sqrt(Math.max(0, 1 - way * way));
  const leaves = smoothNoise(x * 7 + 20, y * 7 + 20, SEED + 1) - 0.5;
  const clumps = smoothNoise(x * 2.6 + 40, y * 2.6 + 40, SEED + 2) - 0.5;
  const sun = 0.74 * y + 0.42 * front;
  return {
    inside: (ragged - way) * 9,
    light: 0.72 + 0.46 * sun + 0.34 * leaves + 0.3 * clumps,
  };
});

/** A pointed one, standing upright; its light comes from the left. */
export const POINTED_CROWNS = sized((x, y) => {
  const down = (1 - y) / 2;
  const tiers = 0.06 * Math.abs(((down * 5) % 1) - 0.5);
  const half = 0.1 + 0.78 * down ** 0.85 - tiers;
  const needles = smoothNoise(x * 8 + 60, y * 9 + 60, SEED + 3) - 0.5;
  return {
    inside: Math.min((half - Math.abs(x)) * 9, (0.94 - Math.abs(y)) * 9),
    light: 0.76 - 0.34 * (x / half) + 0.16 * y + 0.36 * needles,
  };
});

/** `paint` gets places from -1 to 1, `y` upwards. */
function sized(paint: (x: number, y: number) => { inside: number; light: number }): Crown[] {
  const crowns: Crown[] = [crown(LARGEST, paint)];
  for (let i = 1; i < SIZES; i++) {
    const last = crowns.at(-1);
    if (last) crowns.push(halved(last));
  }
  return crowns;
}

function crown(
  size: number,
  paint: (x: number, y: number) => { inside: number; light: number },
): Crown {
  const alpha = new Uint8Array(size * size);
  const light = new Uint8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = row * size + column;
      const part = paint((2 * column + 1) / size - 1, 1 - (2 * row + 1) / size);
      alpha[at] = 255 * Math.min(1, Math.max(0, part.inside));
      light[at] = 128 * Math.min(1.6, Math.max(0.3, part.light));
    }
  }
  return { size, alpha, light };
}

function halved({ size, alpha, light }: Crown): Crown {
  const half = size / 2;
  const mean = (of: Uint8Array) =>
    Uint8Array.from({ length: half * half }, (_, i) => {
      const at = 2 * (Math.floor(i / half) * size + (i % half));
      const above = (of[at] ?? 0) + (of[at + 1] ?? 0);
      return (above + (of[at + size] ?? 0) + (of[at + size + 1] ?? 0) + 2) >> 2;
    });
  return { size: half, alpha: mean(alpha), light: mean(light) };
}
