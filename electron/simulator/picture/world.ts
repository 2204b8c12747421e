import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { type Rgb, toYuv } from './colours.ts';
import { Ground } from './ground.ts';
import { withPad } from './landing-pad.ts';
import { Scenery } from './scenery.ts';
import { colourAtSky } from './sky.ts';
import { TREE_ROWS_PER_LENGTH, type Tree } from './trees.ts';

/** The land is a square of this many of its own lengths; beyond, it is seen mirrored, so that it never ends. */
const LAND_LENGTHS = 14;
/** The camera starts this far from its left and near edges. */
const START_X = 7;
const START_Z = 5;
/** One length of the land, in metres: a land in miniature, over which a small drone gets somewhere. */
const LENGTH_M = 2;
const FINE_SIZE = 2_048;
const COARSE_SIZE = 1_024;
const SMALLEST_SIZE = 16;
const SKY_WIDTH = 1_024;
const SKY_HEIGHT = 256;
/** Tangent of the highest elevation that is painted; above, the sky goes on as it is there. */
const SKY_TOP = 0.55;
/** Painting yields to the event loop this often, so that commands are answered meanwhile. */
const SLICE_MS = 8;
/** And the fine land, for which nothing waits, leaves the processor to others in between. */
const REST_MS = 24;

/** A square or a strip of the world: luma and chroma of each of its points. */
export type Texture = {
  width: number;
  height: number;
  y: Uint8Array;
  u: Uint8Array;
  v: Uint8Array;
};

/** All there is to see: the land at several sizes, each half the one before, and the sky all around. */
export class World {
  /** From the finest; the first is null until it is painted. */
  readonly land: [fine: Texture | null, coarse: Texture, ...others: Texture[]];
  readonly sky: Texture;
  readonly scenery: Scenery;
  readonly #seed: number;
  #isRefining = false;

  constructor(seed: number, land: [Texture, ...Texture[]], sky: Texture, scenery: Scenery) {
    this.#seed = seed;
    this.land = [null, ...land];
    this.sky = sky;
    this.scenery = scenery;
  }

  /** Points of the finest land in one metre. */
  static readonly pointsPerM = FINE_SIZE / (LAND_LENGTHS * LENGTH_M);
  static readonly startX = (START_X / LAND_LENGTHS) * FINE_SIZE;
  static readonly startZ = (START_Z / LAND_LENGTHS) * FINE_SIZE;
  static readonly skyTop = SKY_TOP;

  /** Paints the finest land, without hurry. */
  async refine(signal: AbortSignal): Promise<void> {
    if (this.#isRefining) return;
    this.#isRefining = true;
    this.land[0] = await paintLand(FINE_SIZE, this.#seed, () =>
      sleep(REST_MS, undefined, { signal }),
    );
  }
}

/** Paints the world; the same seed paints the same one. Takes about a second of a processor. */
export async function paintWorld(seed: number, signal: AbortSignal): Promise<World> {
  const yieldNow = () => setImmediate(undefined, { signal });
  const land: [Texture, ...Texture[]] = [await paintLand(COARSE_SIZE, seed, yieldNow)];
  for (let size = COARSE_SIZE / 2; size >= SMALLEST_SIZE; size /= 2) {
    const last = land.at(-1);
    if (last !== undefined) land.push(halved(last));
  }
  const sky = await paint(SKY_WIDTH, SKY_HEIGHT, yieldNow, (column, row) => {
    const across = 2 * Math.PI * ((column + 0.5) / SKY_WIDTH - 0.5);
    return colourAtSky(across, 1 - (row + 0.5) / SKY_HEIGHT, seed);
  });
  return new World(seed, land, sky, await plant(seed, yieldNow));
}

/** Everything that stands on the land. */
async function plant(seed: number, pause: () => Promise<void>): Promise<Scenery> {
  const { trees, houses } = new Ground(seed);
  const [fromX, toX] = [-START_X, LAND_LENGTHS - START_X];
  const [fromZ, toZ] = [-START_Z, LAND_LENGTHS - START_Z];
  const grown: Tree[] = [];
  const fromRow = Math.ceil(fromZ * TREE_ROWS_PER_LENGTH);
  await bySlices(fromRow, toZ * TREE_ROWS_PER_LENGTH, pause, (row) => {
    grown.push(...trees.inRow(row, fromX, toX));
  });
  const square = { fromX, fromZ, lengths: LAND_LENGTHS, lengthM: LENGTH_M };
  return new Scenery(square, grown, houses.within(fromX, toX, fromZ, toZ));
}

function paintLand(size: number, seed: number, pause: () => Promise<void>): Promise<Texture> {
  const ground = new Ground(seed);
  const lengths = LAND_LENGTHS / size;
  return paint(size, size, pause, (column, row) => {
    const x = (column + 0.5) * lengths - START_X;
    const z = (row + 0.5) * lengths - START_Z;
    return withPad(ground.colourAt(x, z, lengths), x * LENGTH_M, z * LENGTH_M);
  });
}

async function paint(
  width: number,
  height: number,
  pause: () => Promise<void>,
  colourAt: (column: number, row: number) => Rgb,
): Promise<Texture> {
  const texture = emptyTexture(width, height);
  await bySlices(0, height, pause, (row) => {
    for (let column = 0; column < width; column++) {
      const { y, u, v } = toYuv(colourAt(column, row));
      const at = row * width + column;
      texture.y[at] = y;
      texture.u[at] = u;
      texture.v[at] = v;
    }
  });
  return texture;
}

/** Row by row up to `end`, and a pause whenever a slice of time is used up. */
async function bySlices(
  from: number,
  end: number,
  pause: () => Promise<void>,
  work: (row: number) => void,
): Promise<void> {
  let sliceEndsAt = performance.now() + SLICE_MS;
  for (let row = from; row < end; row++) {
    work(row);
    if (performance.now() < sliceEndsAt) continue;
    await pause();
    sliceEndsAt = performance.now() + SLICE_MS;
  }
}

function emptyTexture(width: number, height: number): Texture {
  const points = width * height;
  return {
    width,
    height,
    y: new Uint8Array(points),
    u: new Uint8Array(points),
    v: new Uint8Array(points),
  };
}

/** Half the size: each point is the mean of four. */
function halved(texture: Texture): Texture {
  const half = emptyTexture(texture.width / 2, texture.height / 2);
  for (const plane of ['y', 'u', 'v'] as const) {
    const from = texture[plane];
    const to = half[plane];
    for (let row = 0; row < half.height; row++) {
      let at = 2 * row * texture.width;
      for (let column = 0; column < half.width; column++, at += 2) {
        const above = (from[at] ?? 0) + (from[at + 1] ?? 0);
        const below = (from[at + texture.width] ?? 0) + (from[at + texture.width + 1] ?? 0);
        to[row * half.width + column] = (above + below + 2) >> 2;
      }
    }
  }
  return half;
}
