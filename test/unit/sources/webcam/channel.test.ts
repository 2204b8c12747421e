import { describe, expect, test } from 'vitest';
import {
  fromReaderSchema,
  MAX_PICTURE_BYTES,
  toReaderSchema,
} from '../../../../electron/sources/webcam/channel.ts';

const picture = {
  type: 'picture',
  seq: 1,
  width: 640,
  height: 480,
  readAtUs: 1,
  data: new Uint8Array(8),
};

describe('the channel of a reader process', () => {
  test('a picture passes without a copy of its bytes', () => {
    const parsed = fromReaderSchema.parse(picture);
    expect(parsed.type === 'picture' && parsed.data === picture.data).toBe(true);
  });

  test.each([
    ['a picture of text', { ...picture, data: 'text' }],
    ['a picture without end', { ...picture, data: new Uint8Array(MAX_PICTURE_BYTES + 1) }],
    ['a picture without size', { ...picture, width: 0 }],
    ['a time that is none', { ...picture, readAtUs: Number.NaN }],
    ['a picture of 65535x65535', { ...picture, width: 65_535, height: 65_535 }],
    ['a drop without a reason', { type: 'dropped', count: -1 }],
    ['an unknown type', { type: 'hello' }],
    ['a failure without a code', { type: 'failed', failure: { message: 'x' }, recoverable: true }],
    [
      'a name without end',
      {
        type: 'opened',
        name: 'x'.repeat(300),
        device: 'x',
        mark: { name: 'x', device: 'x' },
        mode: { width: 1, height: 1, fps: 1, format: 'x' },
        passThrough: true,
      },
    ],
    ['nothing', null],
    ['a number', 7],
  ])('%s is garbage', (_name, message) => {
    expect(fromReaderSchema.safeParse(message).success).toBe(false);
  });

  test('an unknown command is refused', () => {
    expect(toReaderSchema.safeParse({ type: 'format-disk' }).success).toBe(false);
  });
});
