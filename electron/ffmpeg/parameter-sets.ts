const SLICE_TYPES = [1, 2, 3, 4, 5];
const SPS = 7;
const PPS = 8;
const START_CODE = Buffer.from([0, 0, 1]);

/** The SPS and PPS an access unit begins with (Annex B, 4-byte start codes); empty where it has none. */
export function parameterSetsOf(unit: Uint8Array): Uint8Array {
  const bytes = Buffer.from(unit.buffer, unit.byteOffset, unit.byteLength);
  const sets: Uint8Array[] = [];
  let start = bytes.indexOf(START_CODE);
  while (start >= 0) {
    const body = start + START_CODE.byteLength;
    const type = (bytes[body] ?? 0) & 0x1f;
    if (SLICE_TYPES.includes(type)) break;
    const next = bytes.indexOf(START_CODE, body);
    if (type === SPS || type === PPS) {
      // What precedes a start code are its own fourth byte, or padding.
      let end = next < 0 ? bytes.byteLength : next;
      while (end > body && bytes[end - 1] === 0) end--;
      sets.push(Uint8Array.of(0, 0, 0, 1), bytes.subarray(body, end));
    }
    start = next;
  }
  return new Uint8Array(Buffer.concat(sets));
}
