/** Bit strings as H.264 writes them: most significant bit first, with Exp-Golomb numbers (ITU-T H.264, 9.1). */

const MAX_EXP_GOLOMB_ZEROS = 31;

/** Reads bits from a raw byte sequence payload (emulation prevention already removed). Throws `RangeError` past the end. */
export class BitReader {
  readonly #bytes: Uint8Array;
  #bit: number;

  constructor(bytes: Uint8Array, startBit = 0) {
    this.#bytes = bytes;
    this.#bit = startBit;
  }

  /** Position of the next bit to be read. */
  get position(): number {
    return this.#bit;
  }

  bit(): 0 | 1 {
    const byte = this.#bytes[this.#bit >> 3];
    if (byte === undefined) throw new RangeError('the bit string ends too early');
    const value = (byte >> (7 - (this.#bit & 7))) & 1;
    this.#bit++;
    return value === 1 ? 1 : 0;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** u(n): an unsigned number of `count` bits, at most 32. */
  unsigned(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return value;
  }

  /** ue(v): an unsigned Exp-Golomb number. */
  expGolomb(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      if (++zeros > MAX_EXP_GOLOMB_ZEROS) throw new RangeError('an Exp-Golomb number is too long');
    }
    return 2 ** zeros - 1 + this.unsigned(zeros);
  }

  /** se(v): a signed Exp-Golomb number. */
  signedExpGolomb(): number {
    const code = this.expGolomb();
    return code % 2 === 1 ? (code + 1) / 2 : 0 - code / 2;
  }
}

/** Writes what `BitReader` reads. */
export class BitWriter {
  readonly #bytes: number[] = [];
  #current = 0;
  #used = 0;

  bit(value: number): void {
    this.#current = (this.#current << 1) | (value & 1);
    if (++this.#used === 8) {
      this.#bytes.push(this.#current);
      this.#current = 0;
      this.#used = 0;
    }
  }

  flag(value: boolean): void {
    this.bit(value ? 1 : 0);
  }

  unsigned(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.bit(Math.floor(value / 2 ** i) % 2);
  }

  expGolomb(value: number): void {
    const bits = Math.floor(Math.log2(value + 1));
    this.unsigned(0, bits);
    this.unsigned(value + 1, bits + 1);
  }

  signedExpGolomb(value: number): void {
    this.expGolomb(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** Fills the last byte with ones: the alignment before CABAC slice data. */
  alignWithOnes(): void {
    while (this.#used !== 0) this.bit(1);
  }

  /** The stop bit and zeros that end a parameter set. */
  endPayload(): void {
    this.bit(1);
    while (this.#used !== 0) this.bit(0);
  }

  /** What was written; the last byte must be full. */
  bytes(): Uint8Array {
    if (this.#used !== 0) throw new RangeError('the bit string does not end on a byte');
    return Uint8Array.from(this.#bytes);
  }
}
