import { HAZE_YUV } from './haze.ts';
import { smoothNoise } from './noise.ts';
import { World } from './world.ts';

const SIZE = 256;
const MASK = SIZE - 1;

/** Light and dark places that wander over the land as the clouds do. */
export class CloudShadows {
  static readonly #map = tiled(
    3,
    (value) => 256 - 44 * Math.min(1, Math.max(0, (value - 0.46) * 4)),
  );
  /** One tile is so many metres wide, and wanders so fast. */
  static readonly #perPoint = SIZE / 18 / World.pointsPerM;
  static readonly #pointsPerS = 5;
  /** The first minutes are sunny at the landing pad. */
  static readonly #startsAt = 40;
  #moved = 0;

  at(ms: number): void {
    this.#moved = CloudShadows.#startsAt + (ms / 1_000) * CloudShadows.#pointsPerS;
  }

  /** Of 256, by place on the finest land. */
  light(x: number, z: number): number {
    const per = CloudShadows.#perPoint;
    const column = Math.floor(x * per - this.#moved) & MASK;
    const row = Math.floor(z * per + this.#moved * 0.3) & MASK;
    return CloudShadows.#map[row * SIZE + column] ?? 256;
  }
}

/** What the river shows of the sky: more the flatter it is looked at, and broken by ripples. */
export class Water {
  /** Nothing else on the land is as blue. */
  static readonly fromU = 133;
  static readonly #deepU = 146;
  static readonly #map = tiled(24, (value) => 255 * value);
  static readonly #perPoint = SIZE / 1.6 / World.pointsPerM;
  #near = 0;
  #far = 0;

  at(ms: number): void {
    this.#near = (ms / 1_000) * 21;
    this.#far = (ms / 1_000) * 13;
  }

  /** Luma of water: by its own, its place on the finest land, how many eye heights ahead, and how blue it is. */
  light(own: number, x: number, z: number, flatness: number, u: number): number {
    const per = Water.#perPoint;
    const one =
      (Math.floor(z * per * 1.6 + this.#far) & MASK) * SIZE +
      (Math.floor(x * per + this.#near) & MASK);
    const two =
      (Math.floor(z * per * 0.9 - this.#near) & MASK) * SIZE +
      (Math.floor(x * per * 0.7 - this.#far) & MASK);
    const ripple = ((Water.#map[one] ?? 0) + (Water.#map[two] ?? 0)) / 510 - 0.5;
    const steep = Math.min(1, 2.4 / flatness);
    const mirror = 0.78 * (1 - steep) * (1 - steep);
    const depth = Math.min(1, (u - Water.fromU) / (Water.#deepU - Water.fromU));
    const calm = own + (HAZE_YUV.y - 22 - own) * mirror;
    return own + (calm + ripple * (26 + 60 * mirror) - own) * depth;
  }
}

/** A square of noise with so many waves each way that continues at its own edges; rows and columns are `SIZE`. */
function tiled(waves: number, shape: (value: number) => number): Uint8Array | Uint16Array {
  const map = new Uint16Array(SIZE * SIZE);
  for (let row = 0; row < SIZE; row++) {
    for (let column = 0; column < SIZE; column++) {
      map[row * SIZE + column] = shape(
        0.7 * wave(column, row, waves, 5) + 0.3 * wave(column, row, waves * 2, 6),
      );
    }
  }
  return map;
}

/** Noise of which the last wave meets the first. */
function wave(column: number, row: number, waves: number, seed: number): number {
  const [x, y] = [(column / SIZE) * waves, (row / SIZE) * waves];
  // Mixed with itself one tile away, by how near it is to there.
  const [shareX, shareY] = [column / SIZE, row / SIZE];
  const at = (dx: number, dy: number) => smoothNoise(x - dx * waves, y - dy * waves, seed);
  const near = at(0, 0) * (1 - shareX) + at(1, 0) * shareX;
  const far = at(0, 1) * (1 - shareX) + at(1, 1) * shareX;
  return near * (1 - shareY) + far * shareY;
}
