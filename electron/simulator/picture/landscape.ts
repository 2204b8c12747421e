import { setImmediate } from 'node:timers/promises';
import type { Planes } from '../bitstream/encoder.ts';
import { hazed, type Rgb } from './colours.ts';
import { Ground } from './ground.ts';
import { colourAtSky } from './sky.ts';

/** Share of the picture above the horizon. */
const HORIZON = 0.3;
/** Width of what the camera passes on its way, in pixels of the nearest row. */
const TRAVEL_PX = 1_600;
/** One way and back. At mid-way the nearest row moves 2 pixels a picture at 30 fps: calm. */
const ROUND_TRIP_MS = 80_000;
const NEUTRAL_CHROMA = 128;
/** Painting yields to the event loop this often, so that commands are answered meanwhile. */
const SLICE_MS = 8;

type Row = { y: Uint8Array; u: Uint8Array; v: Uint8Array; travel: number };

/**
 * Land seen from a drone that drifts sideways. Every row of pixels is one line of ground at one
 * distance: it is painted once, wider than the picture, and each picture copies a window of it,
 * shifted by as much as the camera has moved, divided by the distance. That is true perspective at
 * the price of a copy.
 */
export class Landscape {
  readonly #width: number;
  readonly #height: number;
  /** One entry for each two rows of pixels: they share their chroma. */
  readonly #rows: readonly Row[];

  constructor(width: number, height: number, rows: readonly Row[]) {
    this.#width = width;
    this.#height = height;
    this.#rows = rows;
  }

  /** Copies the view at `atMs` (milliseconds since the camera began to move) into a picture. */
  copyView(planes: Planes, atMs: number): void {
    const way = (1 - Math.cos((2 * Math.PI * atMs) / ROUND_TRIP_MS)) / 2;
    const half = this.#width / 2;
    for (let index = 0; index < this.#rows.length; index++) {
      const row = this.#rows[index];
      if (!row) continue;
      const shift = Math.round(way * row.travel);
      const line = row.y.length / 2;
      const top = 2 * index * planes.strideY;
      planes.y.set(row.y.subarray(shift, shift + this.#width), top);
      if (2 * index + 1 < this.#height) {
        planes.y.set(
          row.y.subarray(line + shift, line + shift + this.#width),
          top + planes.strideY,
        );
      }
      const shiftUv = shift >> 1;
      planes.u.set(row.u.subarray(shiftUv, shiftUv + half), index * planes.strideUv);
      planes.v.set(row.v.subarray(shiftUv, shiftUv + half), index * planes.strideUv);
    }
  }
}

/** Paints a landscape for pictures of this size (both even); the same seed paints the same land. */
export async function paintLandscape(
  width: number,
  height: number,
  seed: number,
  signal: AbortSignal,
): Promise<Landscape> {
  const rows: Row[] = [];
  const ground = new Ground(seed);
  let sliceEndsAt = performance.now() + SLICE_MS;
  for (let y = 0; y < height; y += 2) {
    rows.push(paintRow(width, height, y, seed, ground));
    if (performance.now() < sliceEndsAt) continue;
    await setImmediate(undefined, { signal });
    sliceEndsAt = performance.now() + SLICE_MS;
  }
  return new Landscape(width, height, rows);
}

/** Paints two rows of pixels, the ones at `top` and below it. */
function paintRow(width: number, height: number, top: number, seed: number, ground: Ground): Row {
  const horizon = height * HORIZON;
  const nearness = Math.max(0, (top + 1 - horizon) / (height - horizon));
  const travel = Math.round((TRAVEL_PX * width * nearness) / 960);
  const length = width + travel + (travel % 2);
  const y = new Uint8Array(length * 2);
  const blueness = new Float32Array(length / 2).fill(NEUTRAL_CHROMA);
  const redness = new Float32Array(length / 2).fill(NEUTRAL_CHROMA);
  for (let line = 0; line < 2; line++) {
    const down = (top + line) / height;
    for (let x = 0; x < length; x++) {
      const across = (x - travel / 2) / width - 0.5;
      const { r, g, b } = colourAt(across, down, height, seed, ground);
      const at = x >> 1;
      // BT.601, limited range: what a decoder assumes of a stream that does not say.
      y[line * length + x] = 16 + 0.257 * r + 0.504 * g + 0.098 * b;
      blueness[at] = (blueness[at] ?? 0) + (-0.148 * r - 0.291 * g + 0.439 * b) / 4;
      redness[at] = (redness[at] ?? 0) + (0.439 * r - 0.368 * g - 0.071 * b) / 4;
    }
  }
  return { y, u: Uint8Array.from(blueness), v: Uint8Array.from(redness), travel };
}

/** Colour at a place of the picture: `across` from its middle, in widths; `down` from 0 to 1. */
function colourAt(across: number, down: number, height: number, seed: number, ground: Ground): Rgb {
  const nearness = (down - HORIZON) / (1 - HORIZON);
  if (nearness <= 0) return colourAtSky(across, down / HORIZON, seed);
  const distance = 1 / Math.max(nearness, 0.5 / height);
  return hazed(ground.colourAt(across * distance, distance, distance / height), distance);
}
