import { describe, expect, it } from 'vitest';
import {
  readPps,
  readSps,
  writePps,
  writeSps,
} from '../../../../electron/simulator/bitstream/parameter-sets.ts';

/** Captured on a real EDU unit. */
const TELLO_SPS = '674d402895a03c05b9';
const TELLO_PPS = '68ee3880';
/** What libx264 makes of the simulator's settings. */
const X264_SPS = '674d4028da03c05ba10000030001000003003c8f1832a0';
const X264_PPS = '68ee3c80';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (data: Uint8Array) => Buffer.from(data).toString('hex');

describe('parameter sets', () => {
  it('reads the captured SPS', () => {
    expect(readSps(bytes(TELLO_SPS))).toMatchObject({
      profileIdc: 77,
      levelIdc: 40,
      log2MaxFrameNum: 8,
      picOrderCntType: 2,
      maxReferenceFrames: 1,
      widthInMacroblocks: 60,
      heightInMapUnits: 45,
      crop: null,
    });
  });

  it('writes back what it read, byte for byte', () => {
    expect(hex(writeSps(readSps(bytes(TELLO_SPS))))).toBe(TELLO_SPS);
    expect(hex(writePps(readPps(bytes(TELLO_PPS))))).toBe(TELLO_PPS);
    expect(hex(writePps(readPps(bytes(X264_PPS))))).toBe(X264_PPS);
  });

  it('drops the VUI of an encoder and differs from the captured SPS in frame_num only', () => {
    const sps = readSps(bytes(X264_SPS));
    expect(sps).toEqual({ ...readSps(bytes(TELLO_SPS)), log2MaxFrameNum: 4 });
    expect(hex(writeSps({ ...sps, log2MaxFrameNum: 8 }))).toBe(TELLO_SPS);
  });

  it('keeps cropping and order counts of sizes that are no multiple of 16', () => {
    const sps = {
      ...readSps(bytes(TELLO_SPS)),
      heightInMapUnits: 68,
      picOrderCntType: 0 as const,
      log2MaxPicOrderCntLsb: 6,
      crop: { left: 0, right: 3, top: 1, bottom: 4 },
    };
    expect(readSps(writeSps(sps))).toEqual(sps);
  });

  it('refuses what a Tello never sends', () => {
    expect(() => readSps(bytes('6764001facd9405005bb'))).toThrow(RangeError);
    expect(() => readSps(bytes('674d4028'))).toThrow(RangeError);
    expect(() => readPps(bytes('68'))).toThrow(RangeError);
  });
});
