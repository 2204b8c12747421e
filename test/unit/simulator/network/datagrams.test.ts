import { describe, expect, it } from 'vitest';
import {
  DATAGRAM_BYTES,
  lengthenToMultiple,
  toDatagrams,
} from '../../../../electron/simulator/network/datagrams.ts';

/** A NAL unit that fills `bytes` bytes together with its start code. */
const unitOf = (bytes: number) => new Uint8Array(bytes - 4).fill(0x41);

describe('datagrams', () => {
  it('holds a captured SPS and PPS in 13 and 8 bytes', () => {
    expect(toDatagrams(new Uint8Array(9)).map((each) => each.length)).toEqual([13]);
    expect(toDatagrams(new Uint8Array(4)).map((each) => each.length)).toEqual([8]);
  });

  it.each([
    [DATAGRAM_BYTES - 1, [1459]],
    [DATAGRAM_BYTES, [1460]],
    [DATAGRAM_BYTES + 1, [1460, 1]],
    [3 * DATAGRAM_BYTES, [1460, 1460, 1460]],
    [2 * DATAGRAM_BYTES + 700, [1460, 1460, 700]],
  ])('cuts %i bytes into %j', (bytes, expected) => {
    const datagrams = toDatagrams(unitOf(bytes));
    expect(datagrams.map((each) => each.length)).toEqual(expected);
    expect([...Buffer.concat(datagrams).subarray(0, 5)]).toEqual([0, 0, 0, 1, 0x41]);
    expect(Buffer.concat(datagrams).length).toBe(bytes);
  });

  it('cuts to other sizes', () => {
    expect(toDatagrams(unitOf(2_500), 1_024).map((each) => each.length)).toEqual([1024, 1024, 452]);
  });

  it.each([100, 1_459, 1_460, 1_461, 2_000, 5_001])(
    'lengthens a slice of %i bytes to an exact multiple, at its end',
    (bytes) => {
      const slice = unitOf(bytes);
      const longer = lengthenToMultiple(slice, 1_460);
      expect((longer.length + 4) % 1_460).toBe(0);
      expect(longer.length - slice.length).toBeLessThan(3 * 1_460);
      expect(Buffer.from(longer.subarray(0, slice.length))).toEqual(Buffer.from(slice));
      expect(Buffer.from(longer.subarray(slice.length)).toString('hex')).toMatch(/^(000003)*$/);
    },
  );

  it('leaves a slice alone that three bytes at a time cannot lengthen so', () => {
    const slice = unitOf(1_000);
    expect(lengthenToMultiple(slice, 1_500)).toBe(slice);
  });
});
