import type { Canvas } from './canvas.ts';
import type { Eye } from './eye.ts';
import { HAZE_YUV, leftInHaze } from './haze.ts';
import { CloudShadows, Water } from './weather.ts';
import { World } from './world.ts';

/** Places on the land are worked out at both ends of so many points, and lie evenly between. */
const RUN = 8;
/** Places in parts of a point of the land. */
const PARTS = 8;
const WHOLE = 1 << PARTS;

/** Where a point of the picture meets the land: points of the finest land from its edge, and the way there in metres. */
type Place = { x: number; z: number; wayM: number };

/** The land under everything, row by row. */
export class LandView {
  readonly #water = new Water();
  readonly #shadows = new CloudShadows();
  #world: World | null = null;
  #eye: Eye | null = null;

  /** What follows is seen from there and then. */
  look(world: World, eye: Eye, atMs: number): void {
    this.#world = world;
    this.#eye = eye;
    this.#water.at(atMs);
    this.#shadows.at(atMs);
  }

  /** Paints a part of a row; all of it looks at the land. */
  paintRow(canvas: Canvas, row: number, { from, to }: { from: number; to: number }): void {
    const [world, eye] = [this.#world, this.#eye];
    if (!world || !eye) return;
    for (let start = from; start < to; start += RUN) {
      const last = Math.min(to, start + RUN) - 1;
      this.#paintRun(canvas, row, start, last, world, eye);
    }
  }

  #paintRun(
    { y: luma, u, v, strideUv, width }: Canvas,
    row: number,
    first: number,
    last: number,
    world: World,
    eye: Eye,
  ): void {
    const begin = placeOf(eye, row, first);
    const end = placeOf(eye, row, last);
    const level = levelAt(world, eye, end.wayM);
    const texture = world.land[level] ?? world.land[1];
    const size = texture.width;
    const { y: planeY, u: planeU, v: planeV } = texture;
    const scale = WHOLE / (1 << level);
    const steps = Math.max(1, last - first);
    const stepX = (end.x - begin.x) / steps;
    const stepZ = (end.z - begin.z) / steps;
    const kept = leftInHaze(end.wayM);
    const hazeY = HAZE_YUV.y * (256 - kept);
    const hazeU = HAZE_YUV.u * (256 - kept);
    const hazeV = HAZE_YUV.v * (256 - kept);
    let shade = this.#shadows.light(begin.x, begin.z);
    const stepShade = (this.#shadows.light(end.x, end.z) - shade) / steps;
    let at = row * width + first;
    let atUv = row * strideUv + first;
    for (let i = 0; i <= last - first; i++, at++, atUv++, shade += stepShade) {
      const placeX = begin.x + i * stepX;
      const placeZ = begin.z + i * stepZ;
      const landX = ((placeX * scale) | 0) - WHOLE / 2;
      const landZ = ((placeZ * scale) | 0) - WHOLE / 2;
      const x0 = mirrored(landX >> PARTS, size);
      const x1 = mirrored((landX >> PARTS) + 1, size);
      const z0 = mirrored(landZ >> PARTS, size) * size;
      const z1 = mirrored((landZ >> PARTS) + 1, size) * size;
      const alongX = landX & (WHOLE - 1);
      const alongZ = landZ & (WHOLE - 1);
      const near = (planeY[z0 + x0] ?? 0) * (WHOLE - alongX) + (planeY[z0 + x1] ?? 0) * alongX;
      const far = (planeY[z1 + x0] ?? 0) * (WHOLE - alongX) + (planeY[z1 + x1] ?? 0) * alongX;
      let bright = (near * (WHOLE - alongZ) + far * alongZ) >> (2 * PARTS);
      const blue = planeU[z0 + x0] ?? 0;
      if (blue > Water.fromU) {
        bright = this.#water.light(bright, placeX, placeZ, end.wayM / eye.at.y, blue);
      }
      luma[at] = (((bright * shade) >> 8) * kept + hazeY) >> 8;
      u[atUv] = (blue * kept + hazeU) >> 8;
      v[atUv] = ((planeV[z0 + x0] ?? 0) * kept + hazeV) >> 8;
    }
  }
}

function placeOf(eye: Eye, row: number, column: number): Place {
  const aside = column + 0.5 - eye.width / 2;
  const down = row + 0.5 - eye.height / 2;
  const { ahead, stepRight, stepDown, at } = eye;
  const wayM = -at.y / (ahead.y + aside * stepRight.y + down * stepDown.y);
  const x = at.x + wayM * (ahead.x + aside * stepRight.x + down * stepDown.x);
  const z = at.z + wayM * (ahead.z + aside * stepRight.z + down * stepDown.z);
  return {
    x: World.startX + x * World.pointsPerM,
    z: World.startZ + z * World.pointsPerM,
    wayM,
  };
}

/** Seen flat, a point covers more ground ahead than aside: the mean of both says how fine it may be. */
function levelAt(world: World, eye: Eye, wayM: number): number {
  const cover = World.pointsPerM / eye.focal;
  const covered = wayM * cover * Math.sqrt(wayM / eye.at.y);
  const finest = world.land[0] === null ? 1 : 0;
  return Math.min(world.land.length - 1, Math.max(finest, 32 - Math.clz32(covered)));
}

/** An index into a line of `size` points, a power of two, that goes on mirrored at both ends. */
function mirrored(index: number, size: number): number {
  const folded = index & (2 * size - 1);
  return folded < size ? folded : 2 * size - 1 - folded;
}
