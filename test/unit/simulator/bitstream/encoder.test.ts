import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BitReader } from '../../../../electron/simulator/bitstream/bits.ts';
import { Encoder } from '../../../../electron/simulator/bitstream/encoder.ts';
import { nalType, unescapePayload } from '../../../../electron/simulator/bitstream/nal-units.ts';
import { TelloShape } from '../../../../electron/simulator/bitstream/tello-shape.ts';
import { toDatagrams } from '../../../../electron/simulator/network/datagrams.ts';
import { readPictureCode } from '../../../../electron/simulator/picture/picture-code.ts';
import { tourPainter } from '../../../support/tour-painter.ts';
import { annexB, PictureDecoder } from './decode-pictures.ts';

const WIDTH = 960;
const HEIGHT = 720;
const PICTURES = 70;
const PERIOD_MS = 1_000 / 30;
/** Far more than it takes, on a busy machine too. */
const PAINTING_MS = 60_000;
const SETTINGS = {
  width: WIDTH,
  height: HEIGHT,
  fps: 30,
  bitrateBps: 2e6,
  slices: 1,
  keyframeInterval: 30,
};

describe('a Tello-shaped stream', () => {
  let paint: Awaited<ReturnType<typeof tourPainter>>;
  /** As libx264 made them, and as a Tello would send them. */
  const encoded: Uint8Array[] = [];
  const units: Uint8Array[][] = [];

  beforeAll(async () => {
    paint = await tourPainter(WIDTH, HEIGHT);
    const encoder = await Encoder.open(SETTINGS);
    const shape = new TelloShape();
    for (let frame = 0; frame < PICTURES; frame++) {
      // From the middle of its way, where the camera is fastest.
      const atMs = 30_000 + frame * PERIOD_MS;
      const code = { frame, timeMs: 1_700_000_000_000 + Math.round(atMs) };
      paint(encoder.planes, atMs, code);
      const accessUnit = encoder.encode();
      encoded.push(accessUnit);
      units.push(shape.shape(accessUnit));
    }
    encoder.dispose();
  }, PAINTING_MS);
  afterAll(() => {
    encoded.length = 0;
    units.length = 0;
  });

  it('has the parameter sets of a real unit, byte for byte, before every IDR', () => {
    const keyframes = units.filter((each) => each.some((unit) => nalType(unit) === 5));
    expect(keyframes).toHaveLength(3);
    for (const [sps, pps, idr, ...rest] of keyframes) {
      expect(Buffer.from(sps ?? []).toString('hex')).toBe('674d402895a03c05b9');
      expect(Buffer.from(pps ?? []).toString('hex')).toBe('68ee3880');
      expect(nalType(idr ?? new Uint8Array(0))).toBe(5);
      expect(rest).toEqual([]);
    }
  });

  it('has an IDR every 30 pictures and single P slices between', () => {
    const shapes = units.map((each) => each.map(nalType).join(' '));
    expect(shapes).toEqual(
      Array.from({ length: PICTURES }, (_, index) => (index % 30 === 0 ? '7 8 5' : '1')),
    );
  });

  it('numbers its frames in eight bits, from 0 at every IDR', () => {
    const numbers = units.map((each) => {
      const bits = new BitReader(unescapePayload(each.at(-1) ?? new Uint8Array(0)), 8);
      bits.expGolomb(); // first_mb_in_slice
      bits.expGolomb(); // slice_type
      bits.expGolomb(); // pic_parameter_set_id
      return bits.unsigned(8);
    });
    expect(numbers).toEqual(units.map((_, index) => index % 30));
  });

  it('shows exactly what the encoder meant, pixel by pixel', () => {
    using original = new PictureDecoder();
    using shaped = new PictureDecoder();
    for (const [index, each] of units.entries()) {
      const meant = original.decode(encoded[index] ?? new Uint8Array(0));
      const shown = shaped.decode(annexB(each));
      expect(meant && shown && Buffer.compare(meant.luma, shown.luma)).toBe(0);
    }
  });

  it('decodes to every single picture, whose code survived 2 Mbit/s', () => {
    using decoder = new PictureDecoder();
    for (const [index, each] of units.entries()) {
      const picture = decoder.decode(annexB(each));
      expect(picture).toMatchObject({ width: WIDTH, height: HEIGHT });
      expect(readPictureCode(picture?.luma ?? new Uint8Array(0), WIDTH, HEIGHT, 1)?.frame).toBe(
        index,
      );
    }
  });

  it('stays under the socket buffer and near its bitrate', () => {
    const sizes = units.map((each) => annexB(each).length);
    expect(Math.max(...sizes)).toBeLessThan(60_000);
    const bitsPerSecond = (sizes.reduce((sum, size) => sum + size, 0) * 8) / (PICTURES / 30);
    expect(bitsPerSecond).toBeGreaterThan(1e6);
    expect(bitsPerSecond).toBeLessThan(2.6e6);
    const datagrams = units.flat().flatMap((unit) => toDatagrams(unit));
    expect(Math.max(...datagrams.map((each) => each.length))).toBe(1460);
  });

  it('refuses pictures it was not made for', async () => {
    await expect(Encoder.open({ ...SETTINGS, width: 0, height: 0 })).rejects.toThrow();
    expect(() => new TelloShape().shape(annexB([Uint8Array.of(0x41, 0x9a, 1, 2)]))).toThrow(
      RangeError,
    );
  });
});
