import type { PayloadWriter } from './bits.ts';
import { NEXT_STATE, RANGE_LPS } from './cabac-tables.ts';

/** CABAC's arithmetic encoding engine (H.264 9.3.4.2 to 9.3.4.5), for slices of a few hundred bytes. */
export class CabacEncoder {
  readonly #states: Uint8Array;
  readonly #writer: PayloadWriter;
  #low = 0;
  #range = 510;
  #outstanding = 0;
  #first = true;

  /** Appends to `writer`, which stands on a byte border. `states` are copied. */
  constructor(writer: PayloadWriter, states: Uint8Array) {
    this.#writer = writer;
    this.#states = states.slice();
  }

  decision(context: number, bin: number): void {
    const state = this.#states[context] ?? 0;
    const lps = RANGE_LPS[(state << 2) | ((this.#range >> 6) & 3)] ?? 0;
    this.#range -= lps;
    if ((state & 1) === bin) {
      this.#states[context] = NEXT_STATE[state] ?? 0;
    } else {
      this.#low += this.#range;
      this.#range = lps;
      this.#states[context] = NEXT_STATE[128 + state] ?? 0;
    }
    this.#renormalise();
  }

  bypass(bin: number): void {
    this.#low <<= 1;
    if (bin === 1) this.#low += this.#range;
    if (this.#low >= 1024) {
      this.#put(1);
      this.#low -= 1024;
    } else if (this.#low < 512) {
      this.#put(0);
    } else {
      this.#low -= 512;
      this.#outstanding++;
    }
  }

  /** A 1 ends the arithmetic code; its last bit is the payload's stop bit (9.3.4.5). */
  terminate(bin: number): void {
    this.#range -= 2;
    if (bin === 0) {
      this.#renormalise();
      return;
    }
    this.#low += this.#range;
    this.#range = 2;
    this.#renormalise();
    this.#put((this.#low >> 9) & 1);
    this.#writer.unsigned(((this.#low >> 7) & 3) | 1, 2);
  }

  #renormalise(): void {
    while (this.#range < 256) {
      if (this.#low < 256) {
        this.#put(0);
      } else if (this.#low >= 512) {
        this.#low -= 512;
        this.#put(1);
      } else {
        this.#low -= 256;
        this.#outstanding++;
      }
      this.#range <<= 1;
      this.#low <<= 1;
    }
  }

  #put(bit: number): void {
    if (this.#first) this.#first = false;
    else this.#writer.bit(bit);
    for (; this.#outstanding > 0; this.#outstanding--) this.#writer.bit(1 - bit);
  }
}
