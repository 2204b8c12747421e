import type { Planes } from '../../../../../electron/simulator/bitstream/encoder.ts';
import { scramble } from '../../../../../electron/simulator/seeded-random.ts';

/** Paints picture `frame` of a scene into the encoder's planes. */
export type Scene = (planes: Planes, width: number, height: number, frame: number) => void;

const TEXTURE_PX = 512;
let made: Uint8Array | null = null;

/** Smooth and fine noise over each other, repeating: about as hard to code as a lawn with paths. */
function texture(): Uint8Array {
  if (made !== null) return made;
  const pixels = new Uint8Array(TEXTURE_PX * TEXTURE_PX);
  const layers = [
    { cell: 128, weight: 0.5 },
    { cell: 32, weight: 0.28 },
    { cell: 8, weight: 0.16 },
    { cell: 2, weight: 0.06 },
  ];
  for (let y = 0; y < TEXTURE_PX; y++) {
    for (let x = 0; x < TEXTURE_PX; x++) {
      let value = 0;
      for (const { cell, weight } of layers) value += weight * smooth(x / cell, y / cell, cell);
      pixels[y * TEXTURE_PX + x] = 24 + 208 * value;
    }
  }
  made = pixels;
  return pixels;
}

function smooth(x: number, y: number, cell: number): number {
  const cells = TEXTURE_PX / cell;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const at = (cx: number, cy: number) =>
    scramble((cx % cells) * 7_919 + (cy % cells) * 104_729 + cell) / 2 ** 32;
  const fx = x - x0;
  const fy = y - y0;
  const top = at(x0, y0) * (1 - fx) + at(x0 + 1, y0) * fx;
  const bottom = at(x0, y0 + 1) * (1 - fx) + at(x0 + 1, y0 + 1) * fx;
  return top * (1 - fy) + bottom * fy;
}

type View = { x: number; y: number; zoom: number; turn: number };

/** The texture seen through a moving camera, with squares that move on their own. */
function paintView(planes: Planes, width: number, height: number, view: View, frame: number): void {
  const pixels = texture();
  const cos = Math.cos(view.turn) * view.zoom;
  const sin = Math.sin(view.turn) * view.zoom;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = view.x + cos * (x - width / 2) - sin * (y - height / 2) + 8 * TEXTURE_PX;
      const v = view.y + sin * (x - width / 2) + cos * (y - height / 2) + 8 * TEXTURE_PX;
      planes.y[y * planes.strideY + x] = sample(pixels, u, v);
    }
  }
  for (let y = 0; y < height / 2; y++) {
    const at = y * planes.strideUv;
    for (let x = 0; x < width / 2; x++) {
      const luma = planes.y[2 * y * planes.strideY + 2 * x] ?? 0;
      planes.u[at + x] = 128 + ((luma - 128) >> 3);
      planes.v[at + x] = 128 - ((luma - 128) >> 4);
    }
  }
  for (let i = 0; i < 3; i++) {
    const side = width >> 3;
    const x =
      Math.round(((0.5 + 0.5 * Math.sin(frame / (9 + 5 * i) + i)) * (width - side)) / 2) * 2;
    const y =
      Math.round(((0.5 + 0.5 * Math.cos(frame / (13 - i) + 2 * i)) * (height - side)) / 2) * 2;
    for (let line = y; line < y + side; line++) {
      const at = line * planes.strideY;
      for (let px = x; px < x + side; px++) {
        planes.y[at + px] = 60 + 60 * i + (((px - x) ^ (line - y)) & 24);
      }
    }
  }
}

function sample(pixels: Uint8Array, u: number, v: number): number {
  const x = Math.floor(u);
  const y = Math.floor(v);
  const fx = u - x;
  const fy = v - y;
  const x0 = x & (TEXTURE_PX - 1);
  const x1 = (x + 1) & (TEXTURE_PX - 1);
  const top = (y & (TEXTURE_PX - 1)) * TEXTURE_PX;
  const bottom = ((y + 1) & (TEXTURE_PX - 1)) * TEXTURE_PX;
  const above = (pixels[top + x0] ?? 0) * (1 - fx) + (pixels[top + x1] ?? 0) * fx;
  const below = (pixels[bottom + x0] ?? 0) * (1 - fx) + (pixels[bottom + x1] ?? 0) * fx;
  return above * (1 - fy) + below * fy;
}

/** A drone that flies sideways over the land, faster and slower. */
export const panned: Scene = (planes, width, height, frame) =>
  paintView(
    planes,
    width,
    height,
    { x: 3 * frame + 40 * Math.sin(frame / 20), y: 12 * Math.sin(frame / 15), zoom: 1, turn: 0 },
    frame,
  );

/** A drone that climbs and turns. */
export const zoomed: Scene = (planes, width, height, frame) =>
  paintView(
    planes,
    width,
    height,
    { x: 0, y: 0, zoom: 1 + 0.4 * Math.sin(frame / 40), turn: frame / 150 },
    frame,
  );

/** A hand-held shake: motion that the picture before does not foretell. */
export const shaken: Scene = (planes, width, height, frame) =>
  paintView(
    planes,
    width,
    height,
    {
      x: (scramble(frame) % 17) - 8 + frame,
      y: (scramble(frame + 99) % 13) - 6,
      zoom: 1,
      turn: 0,
    },
    frame,
  );

/** Nothing but noise: I_PCM and escapes at a low quantiser. */
export const snow: Scene = (planes, width, height, frame) => {
  for (let i = 0; i < height * planes.strideY; i++)
    planes.y[i] = scramble(i + frame * 65_537) >> 24;
  for (let i = 0; i < (height / 2) * planes.strideUv; i++) {
    planes.u[i] = scramble(i + frame * 31) >> 24;
    planes.v[i] = scramble(i + frame * 37 + width) >> 24;
  }
};
