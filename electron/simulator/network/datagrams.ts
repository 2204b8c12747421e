import { START_CODE } from '../bitstream/nal-units.ts';

/** Captured: a Tello never puts more into one video datagram. */
export const DATAGRAM_BYTES = 1460;

/**
 * Cuts one NAL unit, with its 4-byte start code, into datagrams of 1460 bytes; a shorter one ends
 * the unit. Where the length is an exact multiple there is no shorter one, as on a real unit.
 */
export function toDatagrams(nal: Uint8Array): Uint8Array[] {
  const bytes = new Uint8Array(START_CODE.length + nal.length);
  bytes.set(START_CODE);
  bytes.set(nal, START_CODE.length);
  const datagrams: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += DATAGRAM_BYTES) {
    datagrams.push(bytes.subarray(at, at + DATAGRAM_BYTES));
  }
  return datagrams;
}
