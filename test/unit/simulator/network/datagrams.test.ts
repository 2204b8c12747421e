import { describe, expect, it } from 'vitest';
import { DATAGRAM_BYTES, toDatagrams } from '../../../../electron/simulator/network/datagrams.ts';

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
});
