import { describe, expect, it } from 'vitest';
import { BitReader } from '../../../../../electron/sources/tello/video/bit-reader.ts';
import {
  parsePictureParameters,
  parseSequenceParameters,
} from '../../../../../electron/sources/tello/video/parameter-sets.ts';
import {
  BitWriter,
  concat,
  protect,
  TELLO_PPS,
  TELLO_SPS,
  writeSps,
} from '../../../../support/h264-writer.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';

describe('sequence parameter set', () => {
  it('reads the one a real Tello sends', () => {
    expect(parseSequenceParameters(TELLO_SPS)).toEqual({
      codecString: 'avc1.4D4028',
      id: 0,
      width: 960,
      height: 720,
      log2MaxFrameNum: 8,
      pictureOrderType: 2,
      maxReferenceFrames: 1,
      separateColourPlanes: false,
      hasVui: false,
    });
  });

  it.each([
    [8192, 8192],
    [4096, 2320],
    [8208, 16],
  ])('size from outside: refuses %ix%i', (width, height) => {
    expect(parseSequenceParameters(writeSps(width, height))).toBeNull();
  });

  it.each([
    [1280, 720],
    [640, 360],
    [320, 240],
    [1920, 1080],
    [4096, 2304],
  ])('reads %ix%i, with its cropping', (width, height) => {
    expect(parseSequenceParameters(writeSps(width, height))).toMatchObject({ width, height });
  });

  it('reads a High profile set with scaling lists, picture order type 1 and fields', () => {
    const writer = new BitWriter().unsigned(3).unsigned(1).unsigned(0).unsigned(0).bits(0, 1);
    writer.bits(1, 1).bits(1, 1); // scaling matrix; the first list is there
    for (let i = 0; i < 16; i++) writer.signed(i === 0 ? 8 : 1);
    writer.bits(0, 7); // the seven others are not
    writer.unsigned(0).unsigned(1).bits(1, 1).signed(-2).signed(3).unsigned(2).signed(1).signed(-1);
    writer.unsigned(4).bits(0, 1).unsigned(39).unsigned(14).bits(0, 1).bits(1, 1).bits(1, 1);
    writer.bits(0, 1).bits(0, 1);
    const sps = protect(concat(Uint8Array.of(0x67, 100, 0, 31), writer.trailing()));
    expect(parseSequenceParameters(sps)).toMatchObject({
      codecString: 'avc1.64001F',
      id: 3,
      width: 640,
      height: 480,
      log2MaxFrameNum: 4,
      pictureOrderType: 1,
      maxReferenceFrames: 4,
    });
  });

  it('refuses one that is cut short anywhere', () => {
    for (let length = 0; length < TELLO_SPS.length; length++) {
      expect(parseSequenceParameters(TELLO_SPS.subarray(0, length))).toBeNull();
    }
  });

  it('refuses one with bytes left over', () => {
    expect(parseSequenceParameters(concat(TELLO_SPS, Uint8Array.of(0x55)))).toBeNull();
  });

  it('never throws, whatever the bytes', () => {
    const random = seededRandom(11);
    for (let i = 0; i < 20_000; i++) {
      const bytes = Uint8Array.from({ length: Math.floor(random() * 40) }, () => random() * 256);
      if (random() < 0.7 && bytes.length > 0) bytes[0] = 0x67;
      if (random() < 0.3 && bytes.length > 1) bytes[1] = 100;
      const parsed = parseSequenceParameters(bytes);
      if (parsed !== null) {
        expect(parsed.width).toBeGreaterThan(0);
        expect(parsed.width).toBeLessThanOrEqual(8_192);
        expect(parsed.height).toBeLessThanOrEqual(8_192);
      }
    }
  });
});

describe('picture parameter set', () => {
  it('reads the one a real Tello sends', () => {
    expect(parsePictureParameters(TELLO_PPS)).toEqual({ id: 0, sequenceId: 0 });
  });

  it('refuses a cut one and another kind of NAL unit', () => {
    expect(parsePictureParameters(TELLO_PPS.subarray(0, 1))).toBeNull();
    expect(parsePictureParameters(TELLO_SPS)).toBeNull();
    expect(parsePictureParameters(new Uint8Array(0))).toBeNull();
  });
});

describe('bit reader', () => {
  it('reads back what was written', () => {
    const bytes = new BitWriter()
      .unsigned(0)
      .unsigned(254)
      .signed(-7)
      .signed(9)
      .bits(5, 3)
      .trailing();
    const reader = new BitReader(bytes);
    expect(reader.unsigned()).toBe(0);
    expect(reader.unsigned()).toBe(254);
    expect(reader.signed()).toBe(-7);
    expect(reader.signed()).toBe(9);
    expect(reader.bits(3)).toBe(5);
    expect(reader.atTrailingBits()).toBe(true);
  });

  it('skips emulation prevention and nothing else', () => {
    const reader = new BitReader(Uint8Array.of(0, 0, 3, 1, 3, 0, 0, 3));
    expect([8, 8, 8, 8, 8, 8].map((count) => reader.bits(count))).toEqual([0, 0, 1, 3, 0, 0]);
    expect(reader.failed).toBe(false);
    reader.bit();
    expect(reader.failed).toBe(true);
  });

  it('fails on a value no field can have', () => {
    const reader = new BitReader(new Uint8Array(8));
    expect(reader.unsigned()).toBe(0);
    expect(reader.failed).toBe(true);
  });
});
