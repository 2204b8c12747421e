import { describe, expect, it } from 'vitest';
import { BitReader, BitWriter } from '../../../../electron/simulator/bitstream/bits.ts';
import {
  escapePayload,
  splitNalUnits,
  unescapePayload,
} from '../../../../electron/simulator/bitstream/nal-units.ts';
import { seededRandom } from '../../../../electron/simulator/seeded-random.ts';

describe('bit strings', () => {
  it('reads back what it writes', () => {
    const writer = new BitWriter();
    const numbers = [0, 1, 2, 7, 8, 255, 65_535, 1_000_000];
    for (const number of numbers) {
      writer.expGolomb(number);
      writer.signedExpGolomb(number);
      writer.signedExpGolomb(-number);
      writer.unsigned(number, 32);
    }
    writer.alignWithOnes();
    const reader = new BitReader(writer.bytes());
    for (const number of numbers) {
      expect(reader.expGolomb()).toBe(number);
      expect(reader.signedExpGolomb()).toBe(number);
      expect(reader.signedExpGolomb()).toBe(0 - number);
      expect(reader.unsigned(32)).toBe(number);
    }
  });

  it('throws at the end and on endless numbers', () => {
    expect(() => new BitReader(new Uint8Array(0)).bit()).toThrow(RangeError);
    expect(() => new BitReader(new Uint8Array(16)).expGolomb()).toThrow(RangeError);
  });
});

describe('NAL units', () => {
  it('survive emulation prevention, whatever is in them', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 300; round++) {
      const raw = Uint8Array.from({ length: 40 }, () => Math.floor(random() * 4));
      const escaped = escapePayload(raw);
      expect(unescapePayload(escaped)).toEqual(raw);
      expect(Buffer.from(escaped).toString('hex')).not.toMatch(/^(..)*00000[0-2]/);
    }
  });

  it('are found behind start codes of three and four bytes', () => {
    const stream = Uint8Array.of(
      0,
      0,
      0,
      1,
      0x67,
      1,
      2,
      0,
      0,
      1,
      0x68,
      3,
      0,
      0,
      0,
      1,
      0x65,
      0,
      0,
      3,
    );
    expect(splitNalUnits(stream).map((unit) => [...unit])).toEqual([
      [0x67, 1, 2],
      [0x68, 3],
      [0x65, 0, 0, 3],
    ]);
    expect(splitNalUnits(Uint8Array.of(1, 2, 3))).toEqual([]);
  });
});
