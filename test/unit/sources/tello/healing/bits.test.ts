import { describe, expect, it } from 'vitest';
import {
  PayloadReader,
  PayloadWriter,
  patchBits,
} from '../../../../../electron/sources/tello/video/healing/bits.ts';
import {
  annexBNal,
  lengthWithStop,
  offsetInPayload,
  payloadOf,
} from '../../../../../electron/sources/tello/video/healing/rbsp.ts';
import { seededRandom } from '../../../../support/seeded-random.ts';

describe('payloads', () => {
  it('come back out of a NAL unit as they went in, which holds no start code', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seededRandom(seed);
      const payload = Uint8Array.from({ length: 1 + Math.floor(random() * 200) }, () =>
        random() < 0.7 ? 0 : Math.floor(random() * 5),
      );
      payload[payload.length - 1] = 0x80;
      const split = Math.floor(random() * payload.length);
      const nal = annexBNal(0x41, payload.subarray(0, split), payload.subarray(split));
      expect(Buffer.from(nal).indexOf(Buffer.from([0, 0, 1]), 4)).toBe(-1);
      expect(Buffer.from(nal).indexOf(Buffer.from([0, 0, 0]), 4)).toBe(-1);
      expect(payloadOf(nal.subarray(4)).bytes).toEqual(payload);
    }
  });

  it('tell where a byte of the NAL unit went', () => {
    const nal = Uint8Array.of(0x41, 0, 0, 3, 1, 7, 0, 0, 3, 0, 9);
    const payload = payloadOf(nal);
    expect([...payload.bytes]).toEqual([0, 0, 1, 7, 0, 0, 0, 9]);
    expect([1, 4, 5, 9, 10].map((at) => offsetInPayload(payload, at))).toEqual([0, 2, 3, 6, 7]);
  });

  it('end at their stop bit, whatever zeros follow', () => {
    expect(lengthWithStop(Uint8Array.of(5, 0x80, 0, 0))).toBe(2);
    expect(lengthWithStop(new Uint8Array(4))).toBe(0);
  });
});

describe('fields', () => {
  it('read what was written', () => {
    const random = seededRandom(1);
    const writer = new PayloadWriter();
    const values = Array.from({ length: 500 }, () => Math.floor(2 ** (random() * 31)));
    for (const value of values) {
      writer.expGolomb(value);
      writer.signedExpGolomb(value % 2 === 0 ? value / 2 : (1 - value) / 2);
      writer.unsigned(value, 32);
    }
    const reader = new PayloadReader(writer.bytes());
    for (const value of values) {
      expect(reader.expGolomb(0xffff_fffe)).toBe(value);
      expect(reader.signedExpGolomb(2 ** 31)).toBe(value % 2 === 0 ? value / 2 : (1 - value) / 2);
      expect(reader.unsigned(32)).toBe(value);
    }
    expect(reader.position).toBe(writer.position);
    expect(reader.failed).toBe(false);
  });

  it('fail past the end and beyond their range, for good', () => {
    const past = new PayloadReader(Uint8Array.of(0, 0, 0));
    expect([past.expGolomb(9), past.bit(), past.failed]).toEqual([0, 0, true]);
    const beyond = new PayloadReader(Uint8Array.of(0b0011_0111));
    expect([beyond.expGolomb(4), beyond.failed]).toEqual([0, true]);
  });

  it('are overwritten in place', () => {
    const bytes = Uint8Array.of(0xff, 0x00, 0xff);
    patchBits(bytes, 6, 4, 0b0110);
    expect([...bytes]).toEqual([0xfd, 0x80, 0xff]);
  });
});
