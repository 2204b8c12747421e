/** The longest start code; every NAL unit handed on begins with this one. */
export const START_CODE_BYTES = 4;
export const START_CODE: Uint8Array = Uint8Array.of(0, 0, 0, 1);
const SHORT_START_CODE = Buffer.from([0, 0, 1]);

/** Kinds of NAL unit (H.264 table 7-1) that matter here. */
export const NAL = { slice: 1, idr: 5, sei: 6, sps: 7, pps: 8, delimiter: 9 } as const;

/** Length of the start code the bytes begin with: 4, 3, or 0 when they begin with none. */
export function startCodeLength(bytes: Uint8Array): 0 | 3 | 4 {
  if (bytes[0] !== 0 || bytes[1] !== 0) return 0;
  if (bytes[2] === 1) return 3;
  return bytes[2] === 0 && bytes[3] === 1 ? 4 : 0;
}

/**
 * Offset of the next three-byte start code at or after `from`, -1 if there is none. Inside a NAL unit
 * these bytes cannot occur (emulation prevention), so a hit is always a border.
 */
export function findStartCode(bytes: Buffer, from: number): number {
  return bytes.indexOf(SHORT_START_CODE, from);
}

/** End of the NAL unit in `bytes[start, end)` without the zero bytes that Annex B allows after it. */
export function withoutTrailingZeros(bytes: Uint8Array, start: number, end: number): number {
  let last = end;
  while (last > start && bytes[last - 1] === 0) last--;
  return last;
}
