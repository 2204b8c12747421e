import { START_CODE } from '../bitstream/nal-units.ts';

/** Captured: a Tello never puts more into one video datagram. */
export const DATAGRAM_BYTES = 1460;

/** A zero word of CABAC as it stands in a NAL unit (ITU-T H.264, 9.3.4.6): a decoder skips any number of them. */
const CABAC_ZERO_WORD = [0, 0, 3];

/**
 * Cuts one NAL unit, with its 4-byte start code, into datagrams; a shorter one ends the unit. Where
 * the length is an exact multiple there is no shorter one, as on a real unit.
 */
export function toDatagrams(nal: Uint8Array, datagramBytes = DATAGRAM_BYTES): Uint8Array[] {
  const bytes = new Uint8Array(START_CODE.length + nal.length);
  bytes.set(START_CODE);
  bytes.set(nal, START_CODE.length);
  const datagrams: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += datagramBytes) {
    datagrams.push(bytes.subarray(at, at + datagramBytes));
  }
  return datagrams;
}

/**
 * Lengthens a slice until it fills its last datagram, without changing its picture. Comes back as it
 * is where zero words, three bytes each, cannot do that.
 */
export function lengthenToMultiple(slice: Uint8Array, datagramBytes: number): Uint8Array {
  const length = START_CODE.length + slice.length;
  const word = CABAC_ZERO_WORD.length;
  let missing = (datagramBytes - (length % datagramBytes)) % datagramBytes;
  for (let turn = 1; turn < word && missing % word !== 0; turn++) missing += datagramBytes;
  if (missing % word !== 0) return slice;
  const longer = new Uint8Array(slice.length + missing);
  longer.set(slice);
  for (let at = slice.length; at < longer.length; at += word) longer.set(CABAC_ZERO_WORD, at);
  return longer;
}
