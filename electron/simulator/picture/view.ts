import type { Planes } from '../bitstream/encoder.ts';
import { HAZE } from './colours.ts';
import type { Pose } from './pose.ts';
import { LENGTH_M, World } from './world.ts';

/** The land is a table top: the pad lies this high above it, so that there is something to see from the pad. */
const PAD_HEIGHT_M = 1.05;
/** Focal length in picture widths: 61 degrees from side to side. */
const FOCAL = 0.85;
/** The camera looks down a little, as a Tello's does. */
const TILT = -0.13;
/** Half of a colour is lost in haze at this distance. */
const HAZE_HALF_M = 12 * LENGTH_M;
/** Haze by distance, in steps of a quarter metre, up to where nothing else is left. */
const HAZE_STEPS_PER_M = 4;
const HAZE_STEPS = 1_024;
const CLOUDS_RAD_S = 0.003;
const HAZE_Y = 16 + 0.257 * HAZE.r + 0.504 * HAZE.g + 0.098 * HAZE.b;
const HAZE_U = 128 - 0.148 * HAZE.r - 0.291 * HAZE.g + 0.439 * HAZE.b;
const HAZE_V = 128 + 0.439 * HAZE.r - 0.368 * HAZE.g - 0.071 * HAZE.b;
/** What is left of a colour, of 256. */
const LEFT = Uint16Array.from({ length: HAZE_STEPS }, (_, i) =>
  Math.round(256 * 2 ** (-i / HAZE_STEPS_PER_M / HAZE_HALF_M)),
);

/**
 * Looks at the world: half as many points as the picture has each way, as many as its chroma has; luma is
 * stretched to full size. A picture of 960x720 takes about 4 ms.
 */
export class View {
  readonly #width: number;
  readonly #height: number;
  readonly #luma: Uint8Array;

  /** Size of the picture, both even. */
  constructor(width: number, height: number) {
    this.#width = width / 2;
    this.#height = height / 2;
    this.#luma = new Uint8Array(this.#width * this.#height);
  }

  /** Paints what is seen from `pose`; `atMs` moves the clouds. */
  paint(planes: Planes, world: World, pose: Pose, atMs: number): void {
    const width = this.#width;
    const focal = FOCAL * width;
    const pitch = pose.pitch + TILT;
    const [sinRoll, cosRoll] = [Math.sin(pose.roll), Math.cos(pose.roll)];
    const [sinPitch, cosPitch] = [Math.sin(pitch), Math.cos(pitch)];
    const [sinYaw, cosYaw] = [Math.sin(pose.yaw), Math.cos(pose.yaw)];
    // Every point to the right changes the direction of its ray by the same.
    const stepX = (cosRoll * cosYaw + sinRoll * sinPitch * sinYaw) / focal;
    const stepY = (-sinRoll * cosPitch) / focal;
    const stepZ = (sinRoll * sinPitch * cosYaw - cosRoll * sinYaw) / focal;
    const eyeM = PAD_HEIGHT_M + Math.max(0, pose.heightM);
    const scene = {
      world,
      eyeM,
      x: World.startX + pose.xM * World.pointsPerM,
      z: World.startZ + pose.zM * World.pointsPerM,
      clouds: (CLOUDS_RAD_S * atMs) / 1_000,
      // How many of the finest points one point of the picture covers, a metre away.
      cover: World.pointsPerM / focal,
    };
    for (let row = 0; row < this.#height; row++) {
      const left = -width / 2 + 0.5;
      const up = this.#height / 2 - row - 0.5;
      const cameraX = (left * cosRoll + up * sinRoll) / focal;
      const cameraY = (up * cosRoll - left * sinRoll) / focal;
      const y = cameraY * cosPitch + sinPitch;
      const ahead = cosPitch - cameraY * sinPitch;
      const x = cameraX * cosYaw + ahead * sinYaw;
      const z = ahead * cosYaw - cameraX * sinYaw;
      this.#paintRow(planes, row, scene, { x, y, z, stepX, stepY, stepZ });
    }
    this.#stretch(planes);
  }

  #paintRow(planes: Planes, row: number, scene: Scene, ray: Ray): void {
    const { world, eyeM, cover } = scene;
    const { u, v, strideUv } = planes;
    const luma = this.#luma;
    const finest = world.land[0] === null ? 1 : 0;
    const coarsest = world.land.length - 1;
    let { x, y, z } = ray;
    let at = row * this.#width;
    let atUv = row * strideUv;
    for (let i = 0; i < this.#width; i++, at++, atUv++) {
      const wayM = y < -1e-4 ? -eyeM / y : Number.POSITIVE_INFINITY;
      const step = (wayM * HAZE_STEPS_PER_M) | 0;
      if (wayM < HAZE_STEPS / HAZE_STEPS_PER_M) {
        // Seen flat, a point covers more ground ahead than aside: the mean of both says how fine it may be.
        const covered = wayM * cover * Math.sqrt(wayM / eyeM);
        const level = Math.min(coarsest, Math.max(finest, 32 - Math.clz32(covered)));
        const texture = world.land[level] ?? world.land[1];
        const scale = 1 / (1 << level);
        const landX = (scene.x + wayM * x * World.pointsPerM) * scale - 0.5;
        const landZ = (scene.z + wayM * z * World.pointsPerM) * scale - 0.5;
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
        const bright = (near * (256 - alongZ) + far * alongZ) >> 16;
        const left = LEFT[step] ?? 0;
        const lost = 256 - left;
        luma[at] = (bright * left + HAZE_Y * lost) >> 8;
        u[atUv] = ((texture.u[z0 + x0] ?? 0) * left + HAZE_U * lost) >> 8;
        v[atUv] = ((texture.v[z0 + x0] ?? 0) * left + HAZE_V * lost) >> 8;
      } else {
        const { sky } = world;
        const azimuth = Math.atan2(x, z) + scene.clouds;
        const turns = azimuth / (2 * Math.PI) + 0.5;
        const column = ((turns - Math.floor(turns)) * sky.width) | 0;
        const rise = Math.max(0, y) / Math.sqrt(x * x + z * z) / World.skyTop;
        const skyAt = Math.min(sky.height - 1, (rise * sky.height) | 0) * sky.width + column;
        luma[at] = sky.y[skyAt] ?? 0;
        u[atUv] = sky.u[skyAt] ?? 0;
        v[atUv] = sky.v[skyAt] ?? 0;
      }
      x += ray.stepX;
      y += ray.stepY;
      z += ray.stepZ;
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
      for (let i = 0; i < width; i++, to += 2, toBelow += 2) {
        const next = i + 1 < width ? i + 1 : i;
        const a = luma[from + i] ?? 0;
        const b = luma[from + next] ?? 0;
        const c = luma[below + i] ?? 0;
        y[to] = a;
        y[to + 1] = (a + b) >> 1;
        y[toBelow] = (a + c) >> 1;
        y[toBelow + 1] = (a + b + c + (luma[below + next] ?? 0)) >> 2;
      }
    }
  }
}

type Scene = {
  world: World;
  eyeM: number;
  x: number;
  z: number;
  clouds: number;
  cover: number;
};
type Ray = { x: number; y: number; z: number; stepX: number; stepY: number; stepZ: number };

/** An index into a line of `size` points, a power of two, that goes on mirrored at both ends. */
function mirrored(index: number, size: number): number {
  const folded = index & (2 * size - 1);
  return folded < size ? folded : 2 * size - 1 - folded;
}
