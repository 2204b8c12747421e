import { describe, expect, it } from 'vitest';
import {
  pictureCodeArea,
  readPictureCode,
  writePictureCode,
} from '../../../../electron/simulator/picture/picture-code.ts';
import { seededRandom } from '../../../../electron/simulator/seeded-random.ts';
import { throughJpeg } from '../bitstream/decode-pictures.ts';

const WIDTH = 960;
const HEIGHT = 720;
const CODES = [
  { frame: 0, timeMs: 0 },
  { frame: 1, timeMs: 1_700_000_000_123 },
  { frame: 2 ** 32 - 1, timeMs: 2 ** 48 - 1 },
  { frame: 0xaaaaaaaa, timeMs: 0x5555_5555_5555 },
];

/** A noisy picture, as a landscape would be, with a code in it. */
function pictureWith(code: { frame: number; timeMs: number }, width = WIDTH, height = HEIGHT) {
  const random = seededRandom(3);
  const luma = Uint8Array.from({ length: width * height }, () => Math.floor(random() * 256));
  writePictureCode(luma, width, width, height, code);
  return luma;
}

describe('picture code', () => {
  it.each(CODES)('reads back $frame at $timeMs', (code) => {
    expect(readPictureCode(pictureWith(code), WIDTH, HEIGHT, 1)).toEqual(code);
  });

  it.each([
    [640, 480],
    [1280, 720],
    [1920, 1080],
    [322, 246],
  ])('fits a picture of %ix%i', (width, height) => {
    const code = { frame: 77, timeMs: 1_800_000_000_456 };
    expect(readPictureCode(pictureWith(code, width, height), width, height, 1)).toEqual(code);
  });

  it('is read from RGB and RGBA, and in limited contrast', () => {
    const code = { frame: 123_456, timeMs: 1_790_000_000_789 };
    const luma = pictureWith(code).map((value) => 60 + value / 2);
    for (const channels of [3, 4] as const) {
      const pixels = new Uint8ClampedArray(WIDTH * HEIGHT * channels);
      for (let at = 0; at < luma.length; at++) {
        pixels.fill(luma[at] ?? 0, at * channels, (at + 1) * channels);
      }
      expect(readPictureCode(pixels, WIDTH, HEIGHT, channels)).toEqual(code);
    }
  });

  it.each(CODES)('survives JPEG at quality 80 ($frame)', (code) => {
    const picture = throughJpeg({ width: WIDTH, height: HEIGHT, luma: pictureWith(code) });
    expect(readPictureCode(picture.luma, WIDTH, HEIGHT, 1)).toEqual(code);
  });

  it('is null where there is none, or a single block is wrong', () => {
    const grey = new Uint8Array(WIDTH * HEIGHT).fill(90);
    expect(readPictureCode(grey, WIDTH, HEIGHT, 1)).toBeNull();
    expect(readPictureCode(new Uint8Array(10), WIDTH, HEIGHT, 1)).toBeNull();
    expect(readPictureCode(new Uint8Array(10 * 10), 10, 10, 1)).toBeNull();

    const area = pictureCodeArea(WIDTH, HEIGHT);
    expect(area).toEqual({ x: 0, y: 688, width: 960, height: 32 });
    const luma = pictureWith({ frame: 5, timeMs: 6 });
    for (let row = 0; row < 16; row++) {
      // Bit 47 is the last one of the frame counter: light in frame 5.
      luma.fill(44, (688 + row) * WIDTH + 47 * 16, (688 + row) * WIDTH + 48 * 16);
    }
    expect(readPictureCode(luma, WIDTH, HEIGHT, 1)).toBeNull();
  });
});
