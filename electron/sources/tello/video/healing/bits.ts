/** More leading zeros than this make a value beyond 32 bits: no field of H.264 has one. */
const MAX_EXP_GOLOMB_ZEROS = 31;

/**
 * Reads fields of a payload without emulation prevention, and knows where it is, as rewriting needs.
 * Never throws: past the end, or at a value no field can have, `failed` becomes true and reads give 0.
 */
export class PayloadReader {
  failed = false;
  /** Bit offset of the next field. */
  position: number;
  readonly #bytes: Uint8Array;
  readonly #endBit: number;

  constructor(bytes: Uint8Array, startBit = 0, endBit: number = bytes.length * 8) {
    this.#bytes = bytes;
    this.position = startBit;
    this.#endBit = Math.min(endBit, bytes.length * 8);
  }

  bit(): number {
    if (this.failed || this.position >= this.#endBit) {
      this.failed = true;
      return 0;
    }
    const byte = this.#bytes[this.position >> 3] ?? 0;
    const value = (byte >> (7 - (this.position & 7))) & 1;
    this.position++;
    return value;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** u(n), `count` at most 32. */
  unsigned(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return this.failed ? 0 : value;
  }

  /** ue(v), no greater than `max`. */
  expGolomb(max: number): number {
    let zeros = 0;
    while (this.bit() === 0) {
      if (this.failed || ++zeros > MAX_EXP_GOLOMB_ZEROS) return this.#fail();
    }
    const value = 2 ** zeros - 1 + this.unsigned(zeros);
    return value <= max ? value : this.#fail();
  }

  /** se(v), within `-max` and `max`. */
  signedExpGolomb(max: number): number {
    const code = this.expGolomb(2 * max);
    return code % 2 === 1 ? (code + 1) / 2 : 0 - code / 2;
  }

  #fail(): number {
    this.failed = true;
    return 0;
  }
}

/** Writes what `PayloadReader` reads; grows as needed. */
export class PayloadWriter {
  #bytes = new Uint8Array(64);
  #bits = 0;

  /** Bits written so far. */
  get position(): number {
    return this.#bits;
  }

  bit(value: number): void {
    const at = this.#bits >> 3;
    if (at >= this.#bytes.length) {
      const larger = new Uint8Array(this.#bytes.length * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    if ((value & 1) === 1) this.#bytes[at] = (this.#bytes[at] ?? 0) | (0x80 >> (this.#bits & 7));
    this.#bits++;
  }

  flag(value: boolean): void {
    this.bit(value ? 1 : 0);
  }

  unsigned(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.bit(Math.floor(value / 2 ** i) % 2);
  }

  expGolomb(value: number): void {
    const bits = 31 - Math.clz32(value + 1);
    this.unsigned(0, bits);
    this.unsigned(value + 1, bits + 1);
  }

  signedExpGolomb(value: number): void {
    this.expGolomb(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Fills the last byte with ones: the alignment before CABAC slice data (7.3.4). */
  alignWithOnes(): void {
    while ((this.#bits & 7) !== 0) this.bit(1);
  }

  /** A view of what was written, the last byte filled up with zeros. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, (this.#bits + 7) >> 3);
  }
}

/** Overwrites `count` bits of `bytes` from bit offset `at` with `value`. */
export function patchBits(bytes: Uint8Array, at: number, count: number, value: number): void {
  for (let i = 0; i < count; i++) {
    const bit = at + i;
    const mask = 0x80 >> (bit & 7);
    const byte = bytes[bit >> 3] ?? 0;
    const one = Math.floor(value / 2 ** (count - 1 - i)) % 2 === 1;
    bytes[bit >> 3] = one ? byte | mask : byte & ~mask;
  }
}
