import type { Yuv } from './colours.ts';
import type { Crown } from './crowns.ts';
import { HAZE_YUV } from './haze.ts';

/** Mostly whole points: what is this opaque covers what is behind it. */
const OPAQUE = 232;

/** Three planes of one size to draw into. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly y: Uint8Array;
  readonly u: Uint8Array;
  readonly v: Uint8Array;
  readonly strideUv: number;

  constructor(
    width: number,
    height: number,
    y: Uint8Array,
    chroma: { u: Uint8Array; v: Uint8Array; strideUv: number },
  ) {
    this.width = width;
    this.height = height;
    this.y = y;
    this.u = chroma.u;
    this.v = chroma.v;
    this.strideUv = chroma.strideUv;
  }

  /** Fills a convex polygon, its corners in order; what is left of its colour in the haze is `left` of 256. */
  fill(columns: readonly number[], rows: readonly number[], colour: Yuv, left: number): void {
    const count = columns.length;
    const first = Math.max(0, Math.ceil(Math.min(...rows)));
    const last = Math.min(this.height - 1, Math.floor(Math.max(...rows)));
    const y = hazed(colour.y, HAZE_YUV.y, left);
    const u = hazed(colour.u, HAZE_YUV.u, left);
    const v = hazed(colour.v, HAZE_YUV.v, left);
    for (let row = first; row <= last; row++) {
      let from = Number.POSITIVE_INFINITY;
      let to = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < count; i++) {
        const [y0, y1] = [rows[i] ?? 0, rows[(i + 1) % count] ?? 0];
        if (y0 === y1 || (row < y0 && row < y1) || (row > y0 && row > y1)) continue;
        const [x0, x1] = [columns[i] ?? 0, columns[(i + 1) % count] ?? 0];
        const x = x0 + ((row - y0) / (y1 - y0)) * (x1 - x0);
        if (x < from) from = x;
        if (x > to) to = x;
      }
      this.#span(row, from, to, y, u, v);
    }
  }

  /** A row of one colour; its two end points are covered as far as it reaches. */
  #span(row: number, from: number, to: number, y: number, u: number, v: number): void {
    const first = Math.max(0, Math.floor(from + 0.5));
    const last = Math.min(this.width - 1, Math.floor(to + 0.5));
    for (let column = first; column <= last; column++) {
      const cover = Math.min(1, column + 0.5 - from, to - column + 0.5);
      const at = row * this.width + column;
      const alpha = Math.max(0, cover);
      this.y[at] = (this.y[at] ?? 0) + ((y - (this.y[at] ?? 0)) * alpha + 0.5);
      if (alpha < 0.5) continue;
      const atUv = row * this.strideUv + column;
      this.u[atUv] = u;
      this.v[atUv] = v;
    }
  }

  /**
   * Draws a crown: its middle and half its size in points, turned by an angle (clockwise, as sine and
   * cosine).
   */
  crown(
    crown: Crown,
    place: { column: number; row: number; halfWidth: number; halfHeight: number },
    turn: { sin: number; cos: number },
    colour: Yuv,
    left: number,
  ): void {
    const { column, row, halfWidth, halfHeight } = place;
    const reach = Math.hypot(halfWidth, halfHeight);
    const reachX = Math.min(
      reach,
      Math.abs(halfWidth * turn.cos) + Math.abs(halfHeight * turn.sin),
    );
    const reachY = Math.min(
      reach,
      Math.abs(halfWidth * turn.sin) + Math.abs(halfHeight * turn.cos),
    );
    const firstRow = Math.max(0, Math.ceil(row - reachY));
    const lastRow = Math.min(this.height - 1, Math.floor(row + reachY));
    const firstColumn = Math.max(0, Math.ceil(column - reachX));
    const lastColumn = Math.min(this.width - 1, Math.floor(column + reachX));
    const { size, alpha, light } = crown;
    const half = size / 2;
    const perX = half / halfWidth;
    const perY = half / halfHeight;
    const { y: plane, u: planeU, v: planeV } = this;
    const lostY = HAZE_YUV.y * (256 - left);
    const ownY = colour.y * left;
    const u = hazed(colour.u, HAZE_YUV.u, left);
    const v = hazed(colour.v, HAZE_YUV.v, left);
    for (let line = firstRow; line <= lastRow; line++) {
      const dy = line - row;
      const dx = firstColumn - column;
      let x = half + (dx * turn.cos + dy * turn.sin) * perX;
      let y = half + (dy * turn.cos - dx * turn.sin) * perY;
      const stepX = turn.cos * perX;
      const stepY = -turn.sin * perY;
      let at = line * this.width + firstColumn;
      let atUv = line * this.strideUv + firstColumn;
      for (let i = firstColumn; i <= lastColumn; i++, at++, atUv++, x += stepX, y += stepY) {
        if (x < 0 || y < 0 || x >= size || y >= size) continue;
        const from = (y | 0) * size + (x | 0);
        const cover = alpha[from] ?? 0;
        if (cover < 12) continue;
        const bright = (ownY * (light[from] ?? 0) * (1 / 128) + lostY) * (1 / 256);
        if (cover >= OPAQUE) {
          plane[at] = bright;
          planeU[atUv] = u;
          planeV[atUv] = v;
          continue;
        }
        const behind = plane[at] ?? 0;
        plane[at] = behind + (bright - behind) * cover * (1 / 255);
        const behindU = planeU[atUv] ?? 0;
        const behindV = planeV[atUv] ?? 0;
        planeU[atUv] = behindU + (u - behindU) * cover * (1 / 255);
        planeV[atUv] = behindV + (v - behindV) * cover * (1 / 255);
      }
    }
  }
}

function hazed(own: number, haze: number, left: number): number {
  return (own * left + haze * (256 - left)) / 256;
}
