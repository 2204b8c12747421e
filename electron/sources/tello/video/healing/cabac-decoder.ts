import { NEXT_STATE, RANGE_LPS } from './cabac-tables.ts';
import { CONTEXTS } from './context-tables.ts';

/** `value` holds the standard's nine-bit offset and seven bits read ahead. */
const AHEAD_BITS = 7;
const HALF = 256;

/**
 * CABAC's arithmetic decoding engine (H.264 9.3.1.2 and 9.3.3.2). Reads a byte at a time; behind the end
 * it reads zeros, and the caller compares `bitsTaken` with what there is. Nothing is allocated per bin.
 */
export class CabacDecoder {
  readonly states: Uint8Array = new Uint8Array(CONTEXTS);
  /** codIRange. */
  range = 510;
  #value = 0;
  /** From -8 to -1: how many more shifts until the next byte is needed, negated. */
  #shifts = -8;
  #bytes: Uint8Array = new Uint8Array(0);
  #next = 0;

  /** Begins at a byte of `bytes`; the contexts are set apart. */
  start(bytes: Uint8Array, atByte: number): void {
    this.#bytes = bytes;
    this.#next = atByte;
    this.range = 510;
    this.#value = (this.#byte() << 8) | this.#byte();
    this.#shifts = -8;
  }

  /** Bits the standard's decoder would have read up to here, from the beginning of the bytes. */
  get bitsTaken(): number {
    return this.#next * 8 + this.#shifts + 1;
  }

  /** codIOffset. */
  get offset(): number {
    return this.#value >> AHEAD_BITS;
  }

  /** No branch depends on the bin: the processor could guess only half of them, and that took longer than the rest. */
  decision(context: number): number {
    const state = this.states[context] ?? 0;
    const lps = RANGE_LPS[(state << 2) | ((this.range >> 6) & 3)] ?? 0;
    let range = this.range - lps;
    const scaled = range << AHEAD_BITS;
    // All ones if the less probable bin comes, else all zeros.
    const less = (scaled - 1 - this.#value) >> 31;
    range += (lps - range) & less;
    const shift = Math.clz32(range) - 23;
    this.range = range << shift;
    this.#value = (this.#value - (scaled & less)) << shift;
    this.states[context] = NEXT_STATE[state | (less & 128)] ?? 0;
    this.#shifts += shift;
    if (this.#shifts >= 0) this.#refill();
    return (state ^ less) & 1;
  }

  bypass(): number {
    this.#value <<= 1;
    if (++this.#shifts === 0) this.#refill();
    const scaled = this.range << AHEAD_BITS;
    if (this.#value < scaled) return 0;
    this.#value -= scaled;
    return 1;
  }

  /** The bin before an I_PCM macroblock and at the end of a slice; after a 1 nothing is taken further. */
  terminate(): number {
    this.range -= 2;
    if (this.#value >= this.range << AHEAD_BITS) return 1;
    if (this.range < HALF) {
      this.range <<= 1;
      this.#value <<= 1;
      if (++this.#shifts === 0) this.#refill();
    }
    return 0;
  }

  #refill(): void {
    this.#value |= this.#byte() << this.#shifts;
    this.#shifts -= 8;
  }

  #byte(): number {
    const at = this.#next++;
    return at < this.#bytes.length ? (this.#bytes[at] ?? 0) : 0;
  }
}
