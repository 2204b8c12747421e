const EMULATION = Buffer.from([0, 0, 3]);

/** What a NAL unit carries behind its header byte, without emulation prevention (H.264 7.3.1). */
export type Payload = {
  bytes: Uint8Array;
  /** Offsets in the NAL unit of the bytes that were taken out, ascending. */
  removedAt: readonly number[];
};

/** The payload of a NAL unit (given without start code), a copy. */
export function payloadOf(nal: Uint8Array): Payload {
  const source = Buffer.from(nal.buffer, nal.byteOffset, nal.length);
  const bytes = new Uint8Array(Math.max(0, nal.length - 1));
  const removedAt: number[] = [];
  let from = 1;
  let to = 0;
  for (;;) {
    const hit = source.indexOf(EMULATION, from);
    const end = hit < 0 ? nal.length : hit + 2;
    if (end > from) {
      bytes.set(nal.subarray(from, end), to);
      to += end - from;
    }
    if (hit < 0) return { bytes: bytes.subarray(0, to), removedAt };
    removedAt.push(end);
    from = end + 1;
  }
}

/** Where the byte at `nalOffset` of the NAL unit lies in its payload. */
export function offsetInPayload(payload: Payload, nalOffset: number): number {
  let removed = 0;
  for (const at of payload.removedAt) {
    if (at >= nalOffset) break;
    removed++;
  }
  return Math.max(0, nalOffset - 1 - removed);
}

/** Length without the zeros that may stand behind the stop bit's byte (cabac_zero_words, 7.4.2.10). */
export function lengthWithStop(bytes: Uint8Array): number {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  return length;
}

/** A NAL unit with a 4-byte start code before it: header byte, then the parts of the payload with emulation prevention put in. */
export function annexBNal(header: number, ...parts: readonly Uint8Array[]): Uint8Array {
  let size = 0;
  for (const part of parts) size += part.length;
  // At worst every other byte of zeros gets a companion.
  const out = new Uint8Array(5 + size + (size >> 1) + 1);
  out[3] = 1;
  out[4] = header;
  let at = 5;
  let zeros = 0;
  for (const part of parts) {
    for (let i = 0; i < part.length; i++) {
      const byte = part[i] ?? 0;
      if (zeros === 2 && byte <= 3) {
        out[at++] = 3;
        zeros = 0;
      }
      out[at++] = byte;
      zeros = byte === 0 ? zeros + 1 : 0;
    }
  }
  return out.subarray(0, at);
}
