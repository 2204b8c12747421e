/**
 * The machine-readable strip in the simulator's picture: which frame this is and when it was
 * painted, as light and dark blocks, so that a test or a benchmark can ask any picture (decoded,
 * photographed, drawn on a canvas) how old it is.
 *
 * The strip lies at the bottom of the picture, on whole macroblocks of 16x16 pixels: a block is one
 * bit, rows are filled from left to right and from top to bottom, 112 bits in all, most significant
 * first: marker (16), frame (32), milliseconds since the epoch (48), CRC-16 of both numbers (16).
 * What is left of the last row stays dark. The marker tells the reader how light and dark look, so
 * contrast, limited range and compression do not matter; the picture must not be scaled or cropped.
 */

/** One bit is one macroblock, so that no transform block ever holds two bits. */
const BLOCK_PX = 16;
/** Only a block's middle is read: deblocking blurs its edges. */
const BLOCK_MARGIN_PX = 4;

const MARKER = 0xb2c5;
const MARKER_BITS = 16;
const FRAME_BITS = 32;
const TIME_BITS = 48;
const CHECK_BITS = 16;
const CODE_BITS = MARKER_BITS + FRAME_BITS + TIME_BITS + CHECK_BITS;

/** Luma of a 1 and a 0: apart enough to survive compression, calm enough for a screenshot. */
const LIGHT_LUMA = 148;
const DARK_LUMA = 44;
/** Where light and dark are closer than this there is no strip. */
const MIN_CONTRAST = 30;

export type PictureCode = {
  /** Counts encoded frames from 0 since the stream began; 32 bits. */
  frame: number;
  /** `Date.now()` when the picture was painted. */
  timeMs: number;
};

/** The strip's place in a picture of this size, in pixels; null where the picture is too small. */
export function pictureCodeArea(
  width: number,
  height: number,
): { x: number; y: number; width: number; height: number } | null {
  const columns = Math.floor(width / BLOCK_PX);
  const rows = columns === 0 ? 0 : Math.ceil(CODE_BITS / columns);
  const y = (Math.floor(height / BLOCK_PX) - rows) * BLOCK_PX;
  if (rows === 0 || y < 0) return null;
  return { x: 0, y, width: columns * BLOCK_PX, height: rows * BLOCK_PX };
}

/**
 * Paints the strip into a luma plane (`stride` bytes a row). Throws `RangeError` on a picture too
 * small for it.
 */
export function writePictureCode(
  luma: Uint8Array,
  stride: number,
  width: number,
  height: number,
  code: PictureCode,
): void {
  const area = pictureCodeArea(width, height);
  if (!area) throw new RangeError(`a picture of ${width}x${height} has no room for its code`);
  const bits = toBits(code);
  const columns = area.width / BLOCK_PX;
  for (let row = 0; row < area.height / BLOCK_PX; row++) {
    const top = (area.y + row * BLOCK_PX) * stride;
    for (let column = 0; column < columns; column++) {
      const left = top + column * BLOCK_PX;
      luma.fill(bits[row * columns + column] ? LIGHT_LUMA : DARK_LUMA, left, left + BLOCK_PX);
    }
    for (let line = 1; line < BLOCK_PX; line++) {
      luma.copyWithin(top + line * stride, top, top + area.width);
    }
  }
}

/**
 * Reads the strip back from a picture in its own size: `pixels` row by row without padding,
 * `channels` bytes a pixel: 1 (luma), 3 (RGB or BGR) or 4 (RGBA or BGRA). Survives JPEG at quality 80 and
 * H.264 at 2 Mbit/s. Null where there is no strip, or its checksum is wrong.
 */
export function readPictureCode(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  channels: 1 | 3 | 4,
): PictureCode | null {
  const area = pictureCodeArea(width, height);
  if (!area || pixels.length < width * height * channels) return null;
  const columns = area.width / BLOCK_PX;
  const levels: number[] = [];
  for (let index = 0; index < CODE_BITS; index++) {
    const x = (index % columns) * BLOCK_PX;
    const y = area.y + Math.floor(index / columns) * BLOCK_PX;
    levels.push(blockLevel(pixels, width, channels, x, y));
  }
  const threshold = markerThreshold(levels);
  return threshold === null ? null : fromBits(levels.map((level) => level > threshold));
}

/** Mean brightness of a block's middle. */
function blockLevel(
  pixels: Uint8Array | Uint8ClampedArray,
  width: number,
  channels: number,
  x: number,
  y: number,
): number {
  let sum = 0;
  let count = 0;
  for (let line = BLOCK_MARGIN_PX; line < BLOCK_PX - BLOCK_MARGIN_PX; line++) {
    for (let column = BLOCK_MARGIN_PX; column < BLOCK_PX - BLOCK_MARGIN_PX; column++) {
      const at = ((y + line) * width + x + column) * channels;
      // Green stands for brightness well enough, and has the same place in RGB and BGR.
      sum += pixels[channels === 1 ? at : at + 1] ?? 0;
      count++;
    }
  }
  return sum / count;
}

/** Half way between the marker's light and dark blocks; null where they are not told apart. */
function markerThreshold(levels: readonly number[]): number | null {
  let darkest = 255;
  let lightest = 0;
  let lowestLight = 255;
  let highestDark = 0;
  for (let bit = 0; bit < MARKER_BITS; bit++) {
    const level = levels[bit] ?? 0;
    darkest = Math.min(darkest, level);
    lightest = Math.max(lightest, level);
    if ((MARKER >> (MARKER_BITS - 1 - bit)) & 1) lowestLight = Math.min(lowestLight, level);
    else highestDark = Math.max(highestDark, level);
  }
  if (lowestLight - highestDark < MIN_CONTRAST) return null;
  return (darkest + lightest) / 2;
}

function toBits(code: PictureCode): boolean[] {
  const bits: boolean[] = [];
  pushBits(bits, MARKER, MARKER_BITS);
  pushBits(bits, code.frame, FRAME_BITS);
  pushBits(bits, code.timeMs, TIME_BITS);
  pushBits(bits, checksum(bits.slice(MARKER_BITS)), CHECK_BITS);
  return bits;
}

function fromBits(bits: readonly boolean[]): PictureCode | null {
  const body = bits.slice(MARKER_BITS, CODE_BITS - CHECK_BITS);
  if (takeBits(bits, CODE_BITS - CHECK_BITS, CHECK_BITS) !== checksum(body)) return null;
  return { frame: takeBits(body, 0, FRAME_BITS), timeMs: takeBits(body, FRAME_BITS, TIME_BITS) };
}

function pushBits(bits: boolean[], value: number, count: number): void {
  for (let i = count - 1; i >= 0; i--) bits.push(Math.floor(value / 2 ** i) % 2 === 1);
}

function takeBits(bits: readonly boolean[], at: number, count: number): number {
  let value = 0;
  for (let i = 0; i < count; i++) value = value * 2 + (bits[at + i] ? 1 : 0);
  return value;
}

/** CRC-16 with polynomial 0x1021, started at 0xffff. */
function checksum(bits: readonly boolean[]): number {
  let crc = 0xffff;
  for (const bit of bits) {
    const carry = ((crc >> 15) & 1) !== (bit ? 1 : 0);
    crc = (crc << 1) & 0xffff;
    if (carry) crc ^= 0x1021;
  }
  return crc;
}
