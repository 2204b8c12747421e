import type { Planes } from '../bitstream/encoder.ts';
import { Canvas } from './canvas.ts';
import { Eye } from './eye.ts';
import { LandView } from './land-view.ts';
import type { Pose } from './pose.ts';
import type { Obstacle } from './scenery.ts';
import { SkyView } from './sky-view.ts';
import type { World } from './world.ts';

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
  readonly #land = new LandView();
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
    this.#land.look(world, eye, atMs);
    this.#sky.look(world.sky, eye, (CLOUDS_RAD_S * atMs) / 1_000);
    for (let row = 0; row < this.#height; row++) {
      const ground = this.#sky.paintRow(canvas, row);
      if (ground.from < ground.to) this.#land.paintRow(canvas, row, ground);
    }
    world.scenery.draw(canvas, eye, obstacles);
    this.#stretch(planes);
    if (!looksDown) return;
    planes.u.fill(NEUTRAL_CHROMA);
    planes.v.fill(NEUTRAL_CHROMA);
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
