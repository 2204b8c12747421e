import type { Planes } from '../bitstream/encoder.ts';
import { digitsSize, drawDigits } from './digits.ts';
import { type PictureCode, pictureCodeArea, writePictureCode } from './picture-code.ts';

/** Around the digits, in pixels; even, so that it covers whole chroma samples. */
const PAD_PX = 6;
const MARGIN_PX = 12;
const NEUTRAL_CHROMA = 128;

/** Smallest picture that holds digits and code. */
export const MIN_WIDTH = 320;
export const MIN_HEIGHT = 240;

/** Writes over a picture: digits for people, the code for machines. */
export function writeOver(planes: Planes, width: number, height: number, code: PictureCode): void {
  const area = pictureCodeArea(width, height);
  if (!area) return;
  writePictureCode(planes.y, planes.strideY, width, height, code);
  for (let row = area.y / 2; row < height / 2; row++) {
    const at = row * planes.strideUv;
    planes.u.fill(NEUTRAL_CHROMA, at, at + width / 2);
    planes.v.fill(NEUTRAL_CHROMA, at, at + width / 2);
  }
  paintDigits(planes, area.y, code);
}

function paintDigits(planes: Planes, bottom: number, code: PictureCode): void {
  const text = `#${String(code.frame).padStart(6, '0')} ${clockText(code.timeMs)}`;
  const size = digitsSize(text);
  const top = bottom - MARGIN_PX - 2 * PAD_PX - size.height;
  for (let row = 0; row < size.height + 2 * PAD_PX; row++) {
    const at = (top + row) * planes.strideY + MARGIN_PX;
    const line = planes.y.subarray(at, at + size.width + 2 * PAD_PX);
    for (let x = 0; x < line.length; x++) line[x] = ((line[x] ?? 0) >> 1) + 8;
  }
  drawDigits(planes.y, planes.strideY, MARGIN_PX + PAD_PX, top + PAD_PX, text);
}

/** Local time of day, to the millisecond. */
function clockText(timeMs: number): string {
  const time = new Date(timeMs);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
  return `${clock}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
