export const START_CODE = Uint8Array.of(0, 0, 0, 1);

export const NAL_TYPE = { slice: 1, idr: 5, sps: 7, pps: 8 } as const;

export function nalType(nal: Uint8Array): number {
  return (nal[0] ?? 0) & 0x1f;
}

/** Splits an Annex B byte stream (3- or 4-byte start codes) into NAL units without start codes; views, not copies. */
export function splitNalUnits(stream: Uint8Array): Uint8Array[] {
  const units: Uint8Array[] = [];
  let begin = -1;
  let at = 0;
  while (at + 2 < stream.length) {
    const third = stream[at + 2] ?? 0;
    // A start code ends in 1; whatever else stands at its third byte rules out some positions at once.
    if (third > 1) at += 3;
    else if (stream[at] === 0 && stream[at + 1] === 0 && third === 1) {
      if (begin >= 0) units.push(withoutTrailingZeros(stream.subarray(begin, at)));
      begin = at + 3;
      at = begin;
    } else at++;
  }
  if (begin >= 0) units.push(withoutTrailingZeros(stream.subarray(begin)));
  return units.filter((unit) => unit.length > 0);
}

/** Zeros before a start code belong to the stream (the fourth byte of the code, padding), not to the unit. */
function withoutTrailingZeros(unit: Uint8Array): Uint8Array {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end--;
  return unit.subarray(0, end);
}

/** Removes emulation prevention: `00 00 03` stands for `00 00`. */
export function unescapePayload(escaped: Uint8Array): Uint8Array {
  const raw = new Uint8Array(escaped.length);
  let length = 0;
  let zeros = 0;
  for (const byte of escaped) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    raw[length++] = byte;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return raw.subarray(0, length);
}

/** Adds emulation prevention, so that no start code can appear inside a NAL unit. */
export function escapePayload(raw: Uint8Array): Uint8Array {
  const escaped: number[] = [];
  let zeros = 0;
  for (const byte of raw) {
    if (zeros >= 2 && byte <= 3) {
      escaped.push(3);
      zeros = 0;
    }
    escaped.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(escaped);
}
