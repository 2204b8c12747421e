import { describe, expect, test } from 'vitest';
import { jpegHeader } from '../../../../../electron/sources/webcam/reader/jpeg-header.ts';

/** SOI, an APP0 segment of four bytes, a table, and a baseline frame header of the given size. */
function jpeg(width: number, height: number, ...before: number[]): Uint8Array {
  const frame = [
    0xff,
    0xc0,
    0,
    11,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    1,
    1,
    0,
    0,
  ];
  return Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    4,
    1,
    2,
    ...before,
    ...frame,
    0xff,
    0xda,
    0,
    2,
  ]);
}

describe('jpegHeader', () => {
  test('reads the frame header', () => {
    expect(jpegHeader(jpeg(1280, 720))).toMatchObject({ width: 1280, height: 720 });
  });

  test('a Huffman table is not a frame header, and fill bytes are passed over', () => {
    expect(jpegHeader(jpeg(640, 480, 0xff, 0xc4, 0, 3, 9, 0xff, 0xff))).toMatchObject({
      width: 640,
      height: 480,
    });
  });

  test.each([
    ['nothing', []],
    ['no JPEG', [1, 2, 3, 4]],
    ['the first two bytes only', [0xff, 0xd8]],
    ['a segment that is shorter than its own length field', [0xff, 0xd8, 0xff, 0xe0, 0, 1]],
    ['pixels before any frame header', [0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3]],
    ['a size of zero', [...jpeg(0, 480)]],
  ])('%s is null', (_name, bytes) => {
    expect(jpegHeader(Uint8Array.from(bytes))).toBeNull();
  });

  test('no cut-off picture breaks it', () => {
    const whole = jpeg(1280, 720);
    for (let length = 0; length < 17; length++) {
      expect(jpegHeader(whole.subarray(0, length))).toBeNull();
    }
  });
});
