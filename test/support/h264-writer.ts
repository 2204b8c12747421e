/** Hand-made H.264 with true headers and random bodies: enough for everything short of a decoder. */

/** Captured from a Tello EDU: 960x720, `avc1.4D4028`. */
export const TELLO_SPS = Uint8Array.from(Buffer.from('674d402895a03c05b9', 'hex'));
export const TELLO_PPS = Uint8Array.from(Buffer.from('68ee3880', 'hex'));
/** log2 of the first value `frame_num` does not take, as in `TELLO_SPS`. */
const LOG2_MAX_FRAME_NUM = 8;
const START_CODE = Uint8Array.of(0, 0, 0, 1);
const DATAGRAM_BYTES = 1_460;

export class BitWriter {
  readonly #bits: number[] = [];

  bits(value: number, count: number): this {
    for (let i = count - 1; i >= 0; i--) this.#bits.push(Math.floor(value / 2 ** i) % 2);
    return this;
  }

  unsigned(value: number): this {
    const length = Math.floor(Math.log2(value + 1));
    return this.bits(0, length).bits(value + 1, length + 1);
  }

  signed(value: number): this {
    return this.unsigned(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Whole bytes, filled up with `padding` bits. */
  bytes(padding: 0 | 1): Uint8Array {
    const bits = [...this.#bits];
    while (bits.length % 8 !== 0) bits.push(padding);
    return Uint8Array.from({ length: bits.length / 8 }, (_, i) =>
      bits.slice(i * 8, i * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
    );
  }

  /** The stop bit and its zeros, as a NAL unit ends. */
  trailing(): Uint8Array {
    return this.bits(1, 1).bytes(0);
  }
}

export function concat(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** An SPS like the drone's for another size (both multiples of 16, or cropped to be even). */
export function writeSps(width: number, height: number): Uint8Array {
  const columns = Math.ceil(width / 16);
  const rows = Math.ceil(height / 16);
  const cropRight = (columns * 16 - width) / 2;
  const cropBottom = (rows * 16 - height) / 2;
  const writer = new BitWriter()
    .unsigned(0)
    .unsigned(LOG2_MAX_FRAME_NUM - 4)
    .unsigned(2);
  writer
    .unsigned(1)
    .bits(0, 1)
    .unsigned(columns - 1)
    .unsigned(rows - 1)
    .bits(1, 1)
    .bits(1, 1);
  if (cropRight + cropBottom > 0) {
    writer.bits(1, 1).unsigned(0).unsigned(cropRight).unsigned(0).unsigned(cropBottom);
  } else writer.bits(0, 1);
  writer.bits(0, 1);
  return protect(concat(Uint8Array.of(0x67, 0x4d, 0x40, 0x28), writer.trailing()));
}

/** A slice NAL unit of exactly `sizeBytes`, without start code. */
export function writeSlice(
  kind: 'idr' | 'p',
  frameNum: number,
  sizeBytes: number,
  random: () => number,
  firstMacroblock = 0,
): Uint8Array {
  const writer = new BitWriter()
    .unsigned(firstMacroblock)
    .unsigned(kind === 'idr' ? 7 : 5)
    .unsigned(0);
  writer.bits(frameNum % 2 ** LOG2_MAX_FRAME_NUM, LOG2_MAX_FRAME_NUM).bits(7, 3);
  const nal = new Uint8Array(sizeBytes);
  // Never zero, so that no start code and no emulation prevention can arise by chance.
  for (let i = 0; i < sizeBytes; i++) nal[i] = 1 + Math.floor(random() * 255);
  nal.set(concat(Uint8Array.of(kind === 'idr' ? 0x65 : 0x41), writer.bytes(1)));
  return nal;
}

/** The drone's way: a start code, then at most 1,460 bytes a datagram; the last one is what is left. */
export function toDatagrams(nal: Uint8Array, startCode: Uint8Array = START_CODE): Uint8Array[] {
  const bytes = concat(startCode, nal);
  const datagrams: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += DATAGRAM_BYTES) {
    datagrams.push(bytes.slice(at, at + DATAGRAM_BYTES));
  }
  return datagrams;
}

export type GroupOptions = {
  sps?: Uint8Array;
  frames?: number;
  idrBytes?: number;
  pBytes?: (index: number) => number;
};

/** One group of pictures, a list of datagrams for each NAL unit: SPS, PPS, IDR, P, P, … */
export function writeGroup(random: () => number, options: GroupOptions = {}): Uint8Array[][] {
  const { sps = TELLO_SPS, frames = 30, idrBytes = 20_000 } = options;
  const pBytes = options.pBytes ?? (() => 1_000 + Math.floor(random() * 9_000));
  const nals = [sps, TELLO_PPS, writeSlice('idr', 0, idrBytes, random)];
  for (let i = 1; i < frames; i++) nals.push(writeSlice('p', i, pBytes(i), random));
  return nals.map((nal) => toDatagrams(nal));
}

/** Puts the emulation prevention bytes in. */
export function protect(payload: Uint8Array): Uint8Array {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(out);
}
