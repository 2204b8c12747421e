import type { Macroblock } from './macroblock.ts';

// By ctxBlockCat (table 9-42): luma DC, luma AC, luma 4x4, chroma DC, chroma AC, luma 8x8.
export const LUMA_DC = 0;
export const LUMA_AC = 1;
export const LUMA_4X4 = 2;
export const CHROMA_DC = 3;
export const CHROMA_AC = 4;
const LUMA_8X8 = 5;
// Context offsets (table 9-34), by the same.
const CTX_SIGNIFICANT = [105, 120, 134, 149, 152, 402];
const CTX_LAST = [166, 181, 195, 210, 213, 417];
const CTX_LEVEL = [227, 237, 247, 257, 266, 426];

/** Context increments of an 8x8 block's coefficients, frame coding (table 9-43). */
const SIGNIFICANT_8X8 = Uint8Array.from([
  0, 1, 2, 3, 4, 5, 5, 4, 4, 3, 3, 4, 4, 4, 5, 5, 4, 4, 4, 4, 3, 3, 6, 7, 7, 7, 8, 9, 10, 9, 8, 7,
  7, 6, 11, 12, 13, 11, 6, 7, 8, 9, 14, 10, 9, 8, 6, 11, 12, 13, 11, 6, 9, 14, 10, 9, 11, 12, 13,
  11, 14, 10, 12,
]);
const LAST_8X8 = Uint8Array.from([
  0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3,
  3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 7, 7, 7, 7, 8, 8, 8,
]);

/** `coeff_abs_level_minus1`: prefix length, and the most bits its suffix can have in 8-bit video. */
const LEVEL_PREFIX = 14;
const MAX_LEVEL_SUFFIX = 15;

/**
 * Reads the coefficients of one block (residual_block_cabac, 7.3.5.3.3), of which only their number and
 * their levels matter.
 */
export class Coefficients {
  /** The greatest absolute level since somebody set it to 0. */
  greatestLevel = 0;
  readonly #macroblock: Macroblock;

  constructor(macroblock: Macroblock) {
    this.#macroblock = macroblock;
  }

  /** `category` is one of the ctxBlockCat above. */
  read(category: number, coefficients: number): void {
    const { cabac } = this.#macroblock;
    const significant = CTX_SIGNIFICANT[category] ?? 0;
    const last = CTX_LAST[category] ?? 0;
    const final = coefficients - 1;
    let count = 0;
    let i = 0;
    for (; i < final; i++) {
      if (cabac.decision(significant + i) === 0) continue;
      count++;
      if (cabac.decision(last + i) === 1) break;
    }
    if (i === final) count++;
    this.#levels(category, count);
  }

  /** The 64 of an 8x8 luma block. */
  readLarge(): void {
    const { cabac } = this.#macroblock;
    const significant = CTX_SIGNIFICANT[LUMA_8X8] ?? 0;
    const last = CTX_LAST[LUMA_8X8] ?? 0;
    let count = 0;
    let i = 0;
    for (; i < 63; i++) {
      if (cabac.decision(significant + (SIGNIFICANT_8X8[i] ?? 0)) === 0) continue;
      count++;
      if (cabac.decision(last + (LAST_8X8[i] ?? 0)) === 1) break;
    }
    if (i === 63) count++;
    this.#levels(LUMA_8X8, count);
  }

  #levels(category: number, count: number): void {
    const { cabac } = this.#macroblock;
    const base = CTX_LEVEL[category] ?? 0;
    const greatestGroup = category === CHROMA_DC ? 3 : 4;
    let ones = 0;
    let greater = 0;
    for (let left = count; left > 0; left--) {
      const first = greater > 0 ? 0 : ones < 4 ? 1 + ones : 4;
      if (cabac.decision(base + first) === 0) {
        ones++;
      } else {
        const context = base + 5 + (greater < greatestGroup ? greater : greatestGroup);
        let level = 2;
        while (level <= LEVEL_PREFIX && cabac.decision(context) === 1) level++;
        if (level > LEVEL_PREFIX) level += this.#levelSuffix();
        if (level > this.greatestLevel) this.greatestLevel = level;
        greater++;
      }
      cabac.bypass();
    }
  }

  #levelSuffix(): number {
    const { cabac } = this.#macroblock;
    let order = 0;
    let value = 0;
    while (cabac.bypass() === 1) {
      value += 1 << order;
      if (++order > MAX_LEVEL_SUFFIX) {
        this.#macroblock.failure = 'level';
        return 0;
      }
    }
    while (order-- > 0) value += cabac.bypass() << order;
    return value;
  }
}
