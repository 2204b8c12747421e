import { describe, expect, it } from 'vitest';
import { PayloadWriter } from '../../../../../electron/sources/tello/video/healing/bits.ts';
import { referencesAreHeld } from '../../../../../electron/sources/tello/video/healing/reference-list.ts';
import {
  readSliceHeader,
  SLICE_I,
  SLICE_P,
  type SliceHeader,
  writeSliceHeader,
} from '../../../../../electron/sources/tello/video/healing/slice-headers.ts';
import {
  type Picture,
  readPicture,
  readSequence,
  type Sequence,
} from '../../../../../electron/sources/tello/video/healing/stream-parameters.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';

const TELLO_SPS = Buffer.from('674d402895a03c05b9', 'hex');
const TELLO_PPS = Buffer.from('68ee3880', 'hex');

describe('parameter sets', () => {
  it('of a real Tello are understood', () => {
    expect(readSequence(TELLO_SPS)).toEqual({
      id: 0,
      log2MaxFrameNum: 8,
      pocType: 2,
      log2MaxPocLsb: 0,
      deltaPocAlwaysZero: true,
      maxReferences: 1,
      widthMbs: 60,
      heightMbs: 45,
      framesOnly: true,
      separatePlanes: false,
      plain420: true,
    });
    expect(readPicture(TELLO_PPS)).toMatchObject({
      id: 0,
      sequenceId: 0,
      cabac: true,
      references: 1,
      weightedP: false,
      deblockingControl: false,
      transform8x8: false,
    });
  });

  it('that are cut off or gigantic are refused', () => {
    for (let length = 0; length < 7; length++) {
      expect(readSequence(TELLO_SPS.subarray(0, length))).toBeNull();
    }
    expect(readPicture(TELLO_PPS.subarray(0, 2))).toBeNull();
    const writer = new PayloadWriter();
    for (const byte of [77, 64, 40]) writer.unsigned(byte, 8);
    for (const value of [0, 4, 2, 1]) writer.expGolomb(value);
    writer.flag(false);
    for (const value of [500, 500]) writer.expGolomb(value);
    writer.unsigned(0b1100_1, 5);
    expect(readSequence(Buffer.concat([Uint8Array.of(0x67), writer.bytes()]))).toBeNull();
  });
});

function randomStream(random: () => number): { sequence: Sequence; picture: Picture } {
  const flag = () => random() < 0.5;
  const pocTypes = [0, 1, 2] as const;
  return {
    sequence: {
      id: 0,
      log2MaxFrameNum: 4 + Math.floor(random() * 13),
      pocType: pocTypes[Math.floor(random() * 3)] ?? 2,
      log2MaxPocLsb: 4 + Math.floor(random() * 13),
      deltaPocAlwaysZero: flag(),
      maxReferences: 4,
      widthMbs: 60,
      heightMbs: 45,
      framesOnly: flag(),
      separatePlanes: false,
      plain420: true,
    },
    picture: {
      id: Math.floor(random() * 256),
      sequenceId: 0,
      cabac: flag(),
      bottomPocPresent: flag(),
      sliceGroups: false,
      references: 1 + Math.floor(random() * 4),
      weightedP: flag(),
      initialQp: 26,
      deblockingControl: flag(),
      constrainedIntra: flag(),
      redundantPictures: flag(),
      transform8x8: flag(),
    },
  };
}

function randomHeader(
  random: () => number,
  { sequence, picture }: { sequence: Sequence; picture: Picture },
): SliceHeader {
  const upTo = (max: number) => Math.floor(random() * (max + 1));
  const flag = () => random() < 0.5;
  const idr = random() < 0.3;
  const type = idr || flag() ? SLICE_I : SLICE_P;
  const referenceIdc = idr ? 1 + upTo(2) : upTo(3);
  const inter = type === SLICE_P;
  const ownReferences = inter && flag() ? 1 + upTo(5) : null;
  const deltas = sequence.pocType === 1 && !sequence.deltaPocAlwaysZero ? 1 : 0;
  const bottom = picture.bottomPocPresent && (sequence.pocType === 0 || deltas === 1) ? 1 : 0;
  const numbers = (count: number) =>
    flag() ? Array.from({ length: count }, () => upTo(255) - 128) : null;
  return {
    referenceIdc,
    idr,
    firstMb: upTo(2_699),
    type,
    pictureId: picture.id,
    frameNum: idr ? 0 : upTo(2 ** sequence.log2MaxFrameNum - 1),
    idrPictureId: idr ? upTo(65_535) : 0,
    pocLsb: sequence.pocType === 0 ? upTo(2 ** sequence.log2MaxPocLsb - 1) : 0,
    pocDeltas: Array.from({ length: deltas + bottom }, () => upTo(2_000) - 1_000),
    redundantPicture: picture.redundantPictures ? upTo(127) : 0,
    ownReferences,
    modifications:
      inter && flag()
        ? Array.from({ length: 1 + upTo(3) }, () => ({ code: upTo(2), values: [upTo(15)] }))
        : null,
    weights:
      inter && picture.weightedP
        ? {
            lumaDenominator: upTo(7),
            chromaDenominator: upTo(7),
            entries: Array.from({ length: ownReferences ?? picture.references }, () => ({
              luma: numbers(2),
              chroma: numbers(4),
            })),
          }
        : null,
    noOutputOfPrior: idr && flag(),
    longTermReference: idr && flag(),
    markings:
      !idr && referenceIdc > 0 && flag()
        ? [
            { code: 1, values: [upTo(9)] },
            { code: 3, values: [upTo(9), upTo(3)] },
            { code: 5, values: [] },
          ]
        : null,
    cabacInitIdc: picture.cabac && inter ? upTo(2) : 0,
    qpDelta: upTo(50) - 25,
    deblocking: picture.deblockingControl
      ? flag()
        ? { disabled: 1, alpha: 0, beta: 0 }
        : { disabled: 2 * upTo(1), alpha: upTo(12) - 6, beta: upTo(12) - 6 }
      : null,
  };
}

describe('slice headers', () => {
  it('are read as they were written, of any stream', () => {
    for (let seed = 0; seed < 1_000; seed++) {
      const random = seededRandom(seed);
      const stream = randomStream(random);
      const header = randomHeader(random, stream);
      const writer = new PayloadWriter();
      writeSliceHeader(writer, header, stream.sequence, stream.picture);
      const endsAt = writer.position;
      writer.bit(1);
      const nalHeader = (header.referenceIdc << 5) | (header.idr ? 5 : 1);
      const read = readSliceHeader(nalHeader, writer.bytes(), stream.sequence, stream.picture);
      expect(read).toMatchObject({ header, endsAt });
    }
  });

  it('are never read beyond what is there', () => {
    for (let seed = 0; seed < 2_000; seed++) {
      const random = seededRandom(seed);
      const stream = randomStream(random);
      const noise = Uint8Array.from(
        { length: 1 + Math.floor(random() * 60) },
        () => random() * 256,
      );
      const read = readSliceHeader(noise[0] ?? 0, noise, stream.sequence, stream.picture);
      if (typeof read !== 'string') expect(read.endsAt).toBeLessThanOrEqual(noise.length * 8);
    }
  });
});

describe('reference lists', () => {
  const header = (ownReferences: number, steps: number[] | null): SliceHeader => ({
    ...randomHeader(seededRandom(1), randomStream(seededRandom(1))),
    ownReferences,
    modifications: steps?.map((step) => ({ code: 0, values: [step - 1] })) ?? null,
  });
  it.each([
    { own: 1, steps: null, held: 1, good: true },
    { own: 2, steps: null, held: 1, good: false },
    // libx264 names one picture twice, for two weights.
    { own: 2, steps: [1, 16], held: 1, good: true },
    { own: 1, steps: [2], held: 1, good: false },
    { own: 2, steps: [2], held: 2, good: true },
  ])('with $own of $held, steps $steps: $good', ({ own, steps, held, good }) => {
    expect(referencesAreHeld(header(own, steps), own, 9, 16, held)).toBe(good);
  });
});
