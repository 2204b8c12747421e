/** More leading zeros than this make a value beyond 32 bits: no field of H.264 has one. */
const MAX_EXP_GOLOMB_ZEROS = 31;

/**
 * Reads the bits of one NAL unit, undoing emulation prevention (the 3 in `00 00 03`) as it goes, so that
 * a slice header costs a few bytes and never a copy of its slice. Never throws: past the end, or at a
 * value no field can have, `failed` becomes true and every further read gives 0.
 */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #next: number;
  #zeros = 0;
  #current = 0;
  #bitsLeft = 0;
  #failed = false;

  constructor(bytes: Uint8Array, start = 0, end: number = bytes.length) {
    this.#bytes = bytes;
    this.#next = start;
    this.#end = end;
  }

  get failed(): boolean {
    return this.#failed;
  }

  bit(): number {
    if (this.#bitsLeft === 0 && !this.#load()) return 0;
    this.#bitsLeft--;
    return (this.#current >>> this.#bitsLeft) & 1;
  }

  flag(): boolean {
    return this.bit() === 1;
  }

  /** Unsigned, `count` bits (at most 32), most significant first. */
  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = value * 2 + this.bit();
    return this.#failed ? 0 : value;
  }

  /** Exp-Golomb, unsigned: ue(v). */
  unsigned(): number {
    let zeros = 0;
    while (this.bit() === 0) {
      if (this.#failed) return 0;
      zeros++;
      if (zeros > MAX_EXP_GOLOMB_ZEROS) {
        this.#failed = true;
        return 0;
      }
    }
    return 2 ** zeros - 1 + this.bits(zeros);
  }

  /** Exp-Golomb, unsigned, no greater than `max`; anything greater fails. */
  unsignedUpTo(max: number): number {
    const value = this.unsigned();
    if (value <= max) return value;
    this.#failed = true;
    return 0;
  }

  /** Exp-Golomb, signed: se(v). */
  signed(): number {
    const code = this.unsigned();
    return code % 2 === 1 ? (code + 1) / 2 : -code / 2;
  }

  /** Whether nothing is left but the stop bit and the zeros after it: the NAL unit ends where it should. */
  atTrailingBits(): boolean {
    if (this.bit() !== 1) return false;
    while (this.#bitsLeft > 0) {
      if (this.bit() !== 0) return false;
    }
    return !this.#failed && this.#next >= this.#end;
  }

  #load(): boolean {
    if (this.#zeros >= 2 && this.#next < this.#end && this.#bytes[this.#next] === 3) {
      this.#next++;
      this.#zeros = 0;
    }
    const byte = this.#next < this.#end ? this.#bytes[this.#next] : undefined;
    if (byte === undefined) {
      this.#failed = true;
      return false;
    }
    this.#next++;
    this.#zeros = byte === 0 ? this.#zeros + 1 : 0;
    this.#current = byte;
    this.#bitsLeft = 8;
    return true;
  }
}
