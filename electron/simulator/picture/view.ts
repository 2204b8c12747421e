import type { Planes } from '../bitstream/encoder.ts';
import { Canvas } from './canvas.ts';
import { Eye } from './eye.ts';
import { HAZE_STEPS_PER_M, HAZE_YUV, LEFT_IN_HAZE } from './haze.ts';
import type { Pose } from './pose.ts';
import type { Obstacle } from './scenery.ts';
import { SkyView } from './sky-view.ts';
import { CloudShadows, Water } from './weather.ts';
import { World } from './world.ts';

/** The land is a table top: the pad lies this high above it, so that there is something to see from the pad. */
export const PAD_HEIGHT_M = 1.05;
/** The camera looks down a little, as a Tello's does; the other one straight down. */
const TILT = -0.13;
const STRAIGHT_DOWN = -Math.PI / 2;
const CLOUDS_RAD_S = 0.003;
const NEUTRAL_CHROMA = 128;

export type ViewOptions = {
  /** The camera under the drone, which sees no colours. */
  looksDown?: boolean;
  /** What stands on the land besides what grew there. */
  obstacles?: readonly Obstacle[];
};

/**
 * Looks at the world: half as many points as the picture has each way, as many as its chroma has; luma is
 * stretched to full size.
 */
export class View {
  readonly #width: number;
  readonly #height: number;
  readonly #luma: Uint8Array;
  readonly #water = new Water();
  readonly #shadows = new CloudShadows();
  readonly #sky: SkyView;

  /** Size of the picture, both even. */
  constructor(width: number, height: number) {
    this.#width = width / 2;
    this.#height = height / 2;
    this.#luma = new Uint8Array(this.#width * this.#height);
    this.#sky = new SkyView(this.#width);
  }

  /** Paints what is seen from `pose`; `atMs` moves clouds and water. */
  paint(planes: Planes, world: World, pose: Pose, atMs: number, options: ViewOptions = {}): void {
    const { looksDown = false, obstacles = [] } = options;
    const heightM = PAD_HEIGHT_M + Math.max(0, pose.heightM);
    const tilt = looksDown ? STRAIGHT_DOWN : TILT;
    const eye = new Eye(this.#width, this.#height, pose, tilt, heightM);
    const canvas = new Canvas(this.#width, this.#height, this.#luma, planes);
    this.#water.at(atMs);
    this.#shadows.at(atMs);
    this.#sky.look(world.sky, eye, (CLOUDS_RAD_S * atMs) / 1_000);
    for (let row = 0; row < this.#height; row++) {
      const ground = this.#sky.paintRow(canvas, row);
      if (ground.from < ground.to) this.#paintGround(canvas, world, eye, row, ground);
    }
    world.scenery.draw(canvas, eye, obstacles);
    this.#stretch(planes);
    if (!looksDown) return;
    planes.u.fill(NEUTRAL_CHROMA);
    planes.v.fill(NEUTRAL_CHROMA);
  }

  /** A part of a row that looks at the land. */
  #paintGround(
    { y: luma, u, v, strideUv }: Canvas,
    world: World,
    eye: Eye,
    row: number,
    { from, to }: { from: number; to: number },
  ): void {
    const { pointsPerM } = World;
    const eyeM = eye.at.y;
    const atX = World.startX + eye.at.x * pointsPerM;
    const atZ = World.startZ + eye.at.z * pointsPerM;
    // How many of the finest points one point of the picture covers, a metre away.
    const cover = pointsPerM / eye.focal;
    const finest = world.land[0] === null ? 1 : 0;
    const coarsest = world.land.length - 1;
    const left = eye.leftOf(row);
    const { stepRight } = eye;
    let x = left.x + from * stepRight.x;
    let y = left.y + from * stepRight.y;
    let z = left.z + from * stepRight.z;
    let at = row * this.#width + from;
    let atUv = row * strideUv + from;
    for (let i = from; i < to; i++, at++, atUv++) {
      const wayM = -eyeM / y;
      // Seen flat, a point covers more ground ahead than aside: the mean of both says how fine it may be.
      const covered = wayM * cover * Math.sqrt(wayM / eyeM);
      const level = Math.min(coarsest, Math.max(finest, 32 - Math.clz32(covered)));
      const texture = world.land[level] ?? world.land[1];
      const scale = 1 / (1 << level);
      const placeX = atX + wayM * x * pointsPerM;
      const placeZ = atZ + wayM * z * pointsPerM;
      const landX = placeX * scale - 0.5;
      const landZ = placeZ * scale - 0.5;
      const column = Math.floor(landX);
      const line = Math.floor(landZ);
      const size = texture.width;
      const x0 = mirrored(column, size);
      const x1 = mirrored(column + 1, size);
      const z0 = mirrored(line, size) * size;
      const z1 = mirrored(line + 1, size) * size;
      const alongX = ((landX - column) * 256) | 0;
      const alongZ = ((landZ - line) * 256) | 0;
      const planeY = texture.y;
      const near = (planeY[z0 + x0] ?? 0) * (256 - alongX) + (planeY[z0 + x1] ?? 0) * alongX;
      const far = (planeY[z1 + x0] ?? 0) * (256 - alongX) + (planeY[z1 + x1] ?? 0) * alongX;
      let bright = (near * (256 - alongZ) + far * alongZ) >> 16;
      const blue = texture.u[z0 + x0] ?? 0;
      if (blue > Water.fromU) bright = this.#water.light(bright, placeX, placeZ, wayM / eyeM, blue);
      bright = (bright * this.#shadows.light(placeX, placeZ)) >> 8;
      const kept = LEFT_IN_HAZE[(wayM * HAZE_STEPS_PER_M) | 0] ?? 0;
      const lost = 256 - kept;
      luma[at] = (bright * kept + HAZE_YUV.y * lost) >> 8;
      u[atUv] = (blue * kept + HAZE_YUV.u * lost) >> 8;
      v[atUv] = ((texture.v[z0 + x0] ?? 0) * kept + HAZE_YUV.v * lost) >> 8;
      x += stepRight.x;
      y += stepRight.y;
      z += stepRight.z;
    }
  }

  /** Twice as wide and as high, new points between their neighbours. */
  #stretch({ y, strideY }: Planes): void {
    const width = this.#width;
    const luma = this.#luma;
    for (let row = 0; row < this.#height; row++) {
      const from = row * width;
      const below = row + 1 < this.#height ? from + width : from;
      let to = 2 * row * strideY;
      let toBelow = to + strideY;
      let a = luma[from] ?? 0;
      let c = luma[below] ?? 0;
      for (let i = 0; i < width; i++, to += 2, toBelow += 2) {
        const next = i + 1 < width ? i + 1 : i;
        const b = luma[from + next] ?? 0;
        const d = luma[below + next] ?? 0;
        y[to] = a;
        y[to + 1] = (a + b) >> 1;
        y[toBelow] = (a + c) >> 1;
        y[toBelow + 1] = (a + b + c + d) >> 2;
        a = b;
        c = d;
      }
    }
  }
}

/** An index into a line of `size` points, a power of two, that goes on mirrored at both ends. */
function mirrored(index: number, size: number): number {
  const folded = index & (2 * size - 1);
  return folded < size ? folded : 2 * size - 1 - folded;
}
