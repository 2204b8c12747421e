import type { Canvas } from './canvas.ts';
import type { Eye } from './eye.ts';
import { HAZE_UP_TO_M } from './haze.ts';
import { type Texture, World } from './world.ts';

/** Directions are worked out this often along a row, in points, and lie evenly between. */
const STRIDE = 16;

/** The sky behind everything: of each row the part that looks at no land. */
export class SkyView {
  readonly #width: number;
  #sky: Texture | null = null;
  #eye: Eye | null = null;
  #clouds = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** What follows is seen from there; `clouds` turns the sky, in radians. */
  look(sky: Texture, eye: Eye, clouds: number): void {
    this.#sky = sky;
    this.#eye = eye;
    this.#clouds = clouds;
  }

  /** Paints its part of a row; tells which part is left for the land. */
  paintRow(canvas: Canvas, row: number): { from: number; to: number } {
    const width = this.#width;
    if (!this.#eye || !this.#sky) return { from: 0, to: width };
    const left = this.#eye.leftOf(row);
    const step = this.#eye.stepRight;
    // Rays that fall less than this end in haze before they meet the land.
    const limit = -this.#eye.at.y / HAZE_UP_TO_M;
    const first = left.y;
    const last = left.y + (width - 1) * step.y;
    if (first < limit && last < limit) return { from: 0, to: width };
    if (first >= limit && last >= limit) {
      this.#paint(canvas, row, 0, width);
      return { from: 0, to: 0 };
    }
    const border = (limit - first) / step.y;
    if (first < limit) {
      const edge = Math.ceil(border);
      this.#paint(canvas, row, edge, width);
      return { from: 0, to: edge };
    }
    const edge = Math.floor(border) + 1;
    this.#paint(canvas, row, 0, edge);
    return { from: edge, to: width };
  }

  #paint(canvas: Canvas, row: number, from: number, to: number): void {
    for (let start = from; start < to; start += STRIDE) {
      this.#paintRun(canvas, row, start, Math.min(to, start + STRIDE));
    }
  }

  #paintRun({ y, u, v, strideUv }: Canvas, row: number, from: number, to: number): void {
    const sky = this.#sky;
    if (!sky) return;
    const { width, height } = sky;
    const begin = this.#placeOf(row, from);
    const end = this.#placeOf(row, to);
    // The shorter way round.
    const around = end.turns - begin.turns;
    const turnStep = (around - Math.round(around)) / (to - from);
    const riseStep = (end.rise - begin.rise) / (to - from);
    let turns = begin.turns;
    let rise = begin.rise;
    for (let i = from; i < to; i++) {
      const placeX = (turns - Math.floor(turns)) * width;
      const placeY = Math.min(height - 1.001, Math.max(0, rise * height - 0.5));
      const x0 = placeX | 0;
      const x1 = x0 + 1 < width ? x0 + 1 : 0;
      const y0 = (placeY | 0) * width;
      const y1 = y0 + width;
      const alongX = placeX - x0;
      const alongY = placeY - (placeY | 0);
      const above = (sky.y[y0 + x0] ?? 0) * (1 - alongX) + (sky.y[y0 + x1] ?? 0) * alongX;
      const below = (sky.y[y1 + x0] ?? 0) * (1 - alongX) + (sky.y[y1 + x1] ?? 0) * alongX;
      y[row * this.#width + i] = above + (below - above) * alongY;
      u[row * strideUv + i] = sky.u[y0 + x0] ?? 0;
      v[row * strideUv + i] = sky.v[y0 + x0] ?? 0;
      turns += turnStep;
      rise += riseStep;
    }
  }

  #placeOf(row: number, column: number): { turns: number; rise: number } {
    const eye = this.#eye;
    if (!eye) return { turns: 0, rise: 0 };
    const left = eye.leftOf(row);
    const x = left.x + column * eye.stepRight.x;
    const y = left.y + column * eye.stepRight.y;
    const z = left.z + column * eye.stepRight.z;
    const level = Math.hypot(x, z) || 1e-6;
    return {
      turns: (Math.atan2(x, z) + this.#clouds) / (2 * Math.PI) + 0.5,
      rise: Math.max(0, y) / level / World.skyTop,
    };
  }
}
