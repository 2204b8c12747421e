import { beforeAll, describe, expect, test } from 'vitest';
import { jpegHeader } from '../../../../../electron/sources/webcam/reader/jpeg-header.ts';
import { isScanWhole } from '../../../../../electron/sources/webcam/reader/jpeg-walk.ts';
import { JpegMender } from '../../../../../electron/sources/webcam/reader/mend-jpeg.ts';
import { STANDARD_HUFFMAN } from '../../../../../electron/sources/webcam/reader/standard-huffman.ts';
import { encodeNoise } from '../../../../support/encode-noise.ts';
import { isWholeForFfmpeg } from '../../../../support/is-whole-for-ffmpeg.ts';
import { writeJpeg } from '../../../../support/jpeg-writer.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';

const mend = (jpeg: Uint8Array) => new JpegMender().mend(jpeg)?.data ?? null;
const without = (jpeg: Uint8Array, last: number) => jpeg.slice(0, jpeg.length - last);
const bytes = (...parts: (readonly number[] | Uint8Array)[]) =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const junk = (length: number, seed = 7) => {
  const random = seededRandom(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
};

const shapes: [string, Uint8Array][] = [
  ['4:2:2', writeJpeg()],
  ['4:2:0, an odd size', writeJpeg({ width: 161, height: 123, sampling: [2, 2] })],
  ['4:4:4', writeJpeg({ sampling: [1, 1] })],
  ['grey', writeJpeg({ sampling: 'grey' })],
  ['restart markers', writeJpeg({ restartInterval: 7 })],
];
beforeAll(async () => {
  shapes.push(['FFmpeg, tables of its own', await encodeNoise(320, 240, 'optimal')]);
  shapes.push(['FFmpeg, fixed tables', await encodeNoise(320, 240, 'default')]);
});
const each = (check: (jpeg: Uint8Array, shape: string) => void) => () => {
  expect(shapes).toHaveLength(7);
  for (const [shape, jpeg] of shapes) check(jpeg, shape);
};

describe('camera bytes passed on unrepaired', () => {
  test(
    'a whole picture goes on as it is',
    each((jpeg, shape) => {
      expect(isWholeForFfmpeg(jpeg), shape).toBe(true);
      expect(mend(jpeg), shape).toBe(jpeg);
    }),
  );

  test(
    'every JPEG lacks its last 2 bytes: they are put back',
    each((jpeg, shape) => expect(mend(without(jpeg, 2)), shape).toEqual(jpeg)),
  );

  test(
    'half of the end marker is there',
    each((jpeg, shape) => expect(mend(without(jpeg, 1)), shape).toEqual(jpeg)),
  );

  test(
    'the last 2 bytes are zeros, or the whole buffer behind them is',
    each((jpeg, shape) => {
      for (const zeros of [2, 3_000]) {
        const mended = mend(bytes(without(jpeg, 2), new Uint8Array(zeros)));
        expect(mended && isWholeForFfmpeg(mended), shape).toBe(true);
      }
    }),
  );

  test(
    'junk behind the picture is cut off',
    each((jpeg, shape) => expect(mend(bytes(jpeg, junk(5_000))), shape).toEqual(jpeg)),
  );

  test(
    'junk before the picture is cut off, markers in it or not',
    each((jpeg, shape) => {
      expect(mend(bytes(junk(1_000), jpeg)), shape).toEqual(jpeg);
      expect(mend(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1], jpeg)), shape).toEqual(jpeg);
      expect(mend(bytes(without(jpeg, 2).slice(-200), [0xff, 0xd9], jpeg)), shape).toEqual(jpeg);
    }),
  );

  test(
    'the first 2 bytes are missing',
    each((jpeg, shape) => expect(mend(jpeg.slice(2)), shape).toEqual(jpeg)),
  );

  test('no Huffman tables: the standard ones are put in', () => {
    const samplings: ([number, number] | 'grey')[] = [[2, 1], [2, 2], 'grey'];
    for (const sampling of samplings) {
      const bare = writeJpeg({ sampling, tables: false });
      expect(jpegHeader(bare)?.huffmanTables.size).toBe(0);
      const mended = mend(bare);
      expect(mended && jpegHeader(mended)?.huffmanTables.size).toBe(sampling === 'grey' ? 2 : 4);
      expect(mended && isWholeForFfmpeg(mended)).toBe(true);
      // And with everything else wrong as well.
      expect(mend(bytes(junk(50), without(bare, 2)))).toEqual(mended);
    }
  });

  test('the standard tables are the ones every encoder has', async () => {
    const header = jpegHeader(await encodeNoise(64, 64, 'default'));
    for (const [key, table] of STANDARD_HUFFMAN) {
      expect(Buffer.from(header?.huffmanTables.get(key) ?? []).toString('hex')).toBe(
        Buffer.from(table).toString('hex'),
      );
    }
  });
});

describe('a picture with pixels missing', () => {
  const cuts = [0.1, 0.25, 0.5, 0.75, 0.9, 0.99];

  test(
    'cut anywhere is damaged, whether it has an end marker or not',
    each((jpeg, shape) => {
      const { scan } = jpegHeader(jpeg) ?? {};
      const from = scan?.dataAt ?? 0;
      for (const share of cuts) {
        const cut = jpeg.slice(0, from + Math.floor((jpeg.length - 2 - from) * share));
        expect(mend(cut), `${shape} at ${share}`).toBeNull();
        expect(mend(bytes(cut, [0xff, 0xd9])), `${shape} at ${share}, ended`).toBeNull();
      }
    }),
  );

  test(
    'cut in its headers is damaged',
    each((jpeg, shape) => {
      const at = jpegHeader(jpeg)?.scan?.dataAt ?? 0;
      for (let length = 0; length < at; length += 3) {
        expect(mend(jpeg.slice(0, length)), shape).toBeNull();
      }
    }),
  );

  test('the start of the next picture in its middle is damage', () => {
    const [[, jpeg] = ['', junk(9)]] = shapes;
    expect(mend(bytes(jpeg.slice(0, jpeg.length / 2), jpeg))).toBeNull();
  });

  test('every third picture cut in half and ended: only those are given up, for good', () => {
    const mender = new JpegMender();
    for (let index = 0; index < 60; index++) {
      const jpeg = writeJpeg({ seed: index + 1 });
      const isCut = index % 3 === 2;
      const sent = isCut ? bytes(jpeg.slice(0, jpeg.length / 2), [0xff, 0xd9]) : jpeg;
      expect(mender.mend(sent)?.data ?? null).toEqual(isCut ? null : jpeg);
    }
  });

  test('a part lost in the middle of a picture with restart markers is seen by their number', () => {
    const jpeg = writeJpeg({ width: 320, restartInterval: 3 });
    const mender = new JpegMender();
    for (let index = 0; index < 5; index++) expect(mender.mend(jpeg)).not.toBeNull();
    const from = Math.floor(jpeg.length * 0.5);
    expect(mender.mend(bytes(jpeg.slice(0, from), jpeg.slice(from + 400)))).toBeNull();
  });

  test('a dark scene makes small pictures, and they are whole', () => {
    const mender = new JpegMender();
    for (let index = 0; index < 10; index++) mender.mend(writeJpeg({ width: 640 }));
    expect(mender.mend(writeJpeg({ width: 64 }))).not.toBeNull();
  });

  test('without the tables of its quantiser nobody knows its values', () => {
    const jpeg = writeJpeg();
    expect(mend(bytes(jpeg.slice(0, 2), jpeg.slice(2 + 2 * 69)))).toBeNull();
  });

  test('no garbage breaks it', () => {
    const random = seededRandom(42);
    for (let round = 0; round < 300; round++) {
      const jpeg = writeJpeg({
        width: 64,
        height: 48,
        seed: round + 1,
        restartInterval: round % 4,
      });
      for (let hit = 0; hit < 3; hit++) {
        jpeg[Math.floor(random() * jpeg.length)] = Math.floor(random() * 256);
      }
      const mended = mend(jpeg.slice(0, Math.floor(jpeg.length * (0.5 + random()))));
      expect(mended === null || jpegHeader(mended) !== null).toBe(true);
    }
    for (let seed = 0; seed < 200; seed++) expect(mend(junk(3_000, seed))).toBeNull();
  });
});

describe('size from outside', () => {
  test('a JPEG of 65535x65535 is no picture', () => {
    const jpeg = writeJpeg();
    const frame = jpeg.findIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xc0);
    jpeg.fill(0xff, frame + 5, frame + 9);
    expect(jpegHeader(jpeg)).toBeNull();
    expect(mend(jpeg)).toBeNull();
  });
});

describe('the walk through the codes', () => {
  test('does not judge what it cannot follow', () => {
    const jpeg = writeJpeg();
    const header = jpegHeader(jpeg);
    expect(header && isScanWhole(jpeg, { ...header, coding: 0xc2 })).toBeNull();
    expect(header && isScanWhole(jpeg, { ...header, huffmanTables: new Map() })).toBeNull();
  });
});
