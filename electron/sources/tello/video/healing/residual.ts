import { CHROMA_AC, CHROMA_DC, Coefficients, LUMA_4X4, LUMA_AC, LUMA_DC } from './coefficients.ts';
import { LARGE_TRANSFORM, type Macroblock } from './macroblock.ts';

/** Coded block pattern of a macroblock outside the slice, as the contexts of 9.3.3.1.1.4 want it: luma coded, chroma not. */
const OUTSIDE_PATTERN = 0x0f;
const PCM_PATTERN = 0x2f;
/** Instead of 0 or 1, whether a block has coefficients: it is outside the slice. */
const OUTSIDE = 2;
/** For the DC blocks of a macroblock: bits 0 to 2 are luma, Cb and Cr. */
const DC_OUTSIDE = 8;
// Context offsets (table 9-34).
const CTX_QP_DELTA = 60;
const CTX_PATTERN_LUMA = 73;
const CTX_PATTERN_CHROMA = 77;
const CTX_LARGE_TRANSFORM = 399;
/** By ctxBlockCat. */
const CTX_CODED = [85, 89, 93, 97, 101, 0];
/** `mb_qp_delta` is from -26 to 25: 53 values (7.4.5). */
const MAX_QP_DELTA_CODE = 52;

/** Reads which blocks of a macroblock are coded, and their coefficients (7.3.5.3). */
export class Residual {
  /** Of the last macroblock; 0 where it has none. */
  qpDelta = 0;
  readonly #macroblock: Macroblock;
  readonly #coefficients: Coefficients;
  // By macroblock.
  readonly #patterns: Uint8Array;
  readonly #codedDc: Uint8Array;
  // By block.
  readonly #codedLuma: Uint8Array;
  readonly #codedCb: Uint8Array;
  readonly #codedCr: Uint8Array;

  constructor(macroblock: Macroblock, heightMbs: number) {
    this.#macroblock = macroblock;
    this.#coefficients = new Coefficients(macroblock);
    const mbs = macroblock.facts.length;
    this.#patterns = new Uint8Array(mbs).fill(OUTSIDE_PATTERN);
    this.#codedDc = new Uint8Array(mbs).fill(DC_OUTSIDE);
    this.#codedLuma = new Uint8Array(macroblock.grid.references.length).fill(OUTSIDE);
    const chromaBlocks = (2 * heightMbs + 1) * macroblock.chromaStride + 1;
    this.#codedCb = new Uint8Array(chromaBlocks).fill(OUTSIDE);
    this.#codedCr = new Uint8Array(chromaBlocks).fill(OUTSIDE);
  }

  /** The greatest absolute coefficient level of the macroblock. */
  get greatestLevel(): number {
    return this.#coefficients.greatestLevel;
  }

  /** `row`: of macroblocks, where the slice begins. */
  beginSlice(row: number): void {
    const { stride, chromaStride, grid } = this.#macroblock;
    this.qpDelta = 0;
    this.#patterns.fill(OUTSIDE_PATTERN, row * stride, (row + 2) * stride);
    this.#codedDc.fill(DC_OUTSIDE, row * stride, (row + 2) * stride);
    this.#codedLuma.fill(OUTSIDE, 4 * row * grid.stride, (4 * row + 5) * grid.stride);
    const from = 2 * row * chromaStride;
    const to = (2 * row + 3) * chromaStride;
    this.#codedCb.fill(OUTSIDE, from, to);
    this.#codedCr.fill(OUTSIDE, from, to);
  }

  enter(): void {
    this.#coefficients.greatestLevel = 0;
  }

  /** The macroblock has no coefficients: skipped, or its pattern is 0. */
  none(): void {
    const { at } = this.#macroblock;
    this.#patterns[at] = 0;
    this.#codedDc[at] = 0;
    this.#clearLuma();
    this.#clearChromaEdges();
    this.qpDelta = 0;
  }

  /** The macroblock is I_PCM: to its neighbours, all of it is coded. */
  samples(): void {
    const { at, blockAt, chromaAt, chromaStride, grid } = this.#macroblock;
    this.#patterns[at] = PCM_PATTERN;
    this.#codedDc[at] = 7;
    fillBlocks(this.#codedLuma, blockAt, grid.stride, 4, 1);
    fillBlocks(this.#codedCb, chromaAt, chromaStride, 2, 1);
    fillBlocks(this.#codedCr, chromaAt, chromaStride, 2, 1);
    this.qpDelta = 0;
  }

  /** `transform_size_8x8_flag`. */
  largeTransform(): boolean {
    const context =
      CTX_LARGE_TRANSFORM +
      ((this.#macroblock.factsA & LARGE_TRANSFORM) !== 0 ? 1 : 0) +
      ((this.#macroblock.factsB & LARGE_TRANSFORM) !== 0 ? 1 : 0);
    return this.#macroblock.cabac.decision(context) === 1;
  }

  /** `coded_block_pattern`: four bits of luma, two of chroma. */
  pattern(): number {
    const { cabac } = this.#macroblock;
    const a = this.#patterns[this.#macroblock.at - 1] ?? 0;
    const b = this.#patterns[this.#macroblock.at - this.#macroblock.stride] ?? 0;
    let pattern = cabac.decision(
      CTX_PATTERN_LUMA + (1 - ((a >> 1) & 1)) + 2 * (1 - ((b >> 2) & 1)),
    );
    pattern |=
      cabac.decision(CTX_PATTERN_LUMA + (1 - (pattern & 1)) + 2 * (1 - ((b >> 3) & 1))) << 1;
    pattern |=
      cabac.decision(CTX_PATTERN_LUMA + (1 - ((a >> 3) & 1)) + 2 * (1 - (pattern & 1))) << 2;
    pattern |=
      cabac.decision(
        CTX_PATTERN_LUMA + (1 - ((pattern >> 2) & 1)) + 2 * (1 - ((pattern >> 1) & 1)),
      ) << 3;
    const chromaContext = CTX_PATTERN_CHROMA + (a > 0x0f ? 1 : 0) + (b > 0x0f ? 2 : 0);
    if (cabac.decision(chromaContext) === 1) {
      const acContext = CTX_PATTERN_CHROMA + 4 + (a > 0x1f ? 1 : 0) + (b > 0x1f ? 2 : 0);
      pattern |= cabac.decision(acContext) === 1 ? 0x20 : 0x10;
    }
    return pattern;
  }

  /** What follows the pattern; `whole`: intra 16x16, `large`: the 8x8 transform. */
  read(pattern: number, whole: boolean, large: boolean): void {
    this.#patterns[this.#macroblock.at] = pattern;
    if (pattern === 0 && !whole) {
      this.none();
      return;
    }
    this.#readQpDelta();
    let dc = 0;
    if (whole && this.#dcBlock(LUMA_DC, 0, 16)) dc = 1;
    if ((pattern & 0x0f) === 0) this.#clearLuma();
    else this.#lumaBlocks(pattern, whole, large);
    if (pattern > 0x0f) {
      if (this.#dcBlock(CHROMA_DC, 1, 4)) dc |= 2;
      if (this.#dcBlock(CHROMA_DC, 2, 4)) dc |= 4;
    }
    this.#codedDc[this.#macroblock.at] = dc;
    if (pattern > 0x1f) {
      this.#chromaBlocks(this.#codedCb);
      this.#chromaBlocks(this.#codedCr);
    } else {
      this.#clearChromaEdges();
    }
  }

  #readQpDelta(): void {
    const { cabac } = this.#macroblock;
    let context = this.qpDelta !== 0 ? 1 : 0;
    let code = 0;
    while (cabac.decision(CTX_QP_DELTA + context) === 1) {
      context = 2 + (context >> 1);
      if (++code > MAX_QP_DELTA_CODE) {
        this.#macroblock.failure = 'qpDelta';
        break;
      }
    }
    this.qpDelta = (code & 1) === 1 ? (code + 1) >> 1 : -(code >> 1);
  }

  /** `plane`: 0 luma, 1 Cb, 2 Cr. */
  #dcBlock(category: number, plane: number, coefficients: number): boolean {
    const a = this.#codedDc[this.#macroblock.at - 1] ?? 0;
    const b = this.#codedDc[this.#macroblock.at - this.#macroblock.stride] ?? 0;
    const codedA = a === DC_OUTSIDE ? this.#macroblock.isIntra : (a >> plane) & 1;
    const codedB = b === DC_OUTSIDE ? this.#macroblock.isIntra : (b >> plane) & 1;
    const context = (CTX_CODED[category] ?? 0) + codedA + 2 * codedB;
    if (this.#macroblock.cabac.decision(context) === 0) return false;
    this.#coefficients.read(category, coefficients);
    return true;
  }

  #lumaBlocks(pattern: number, whole: boolean, large: boolean): void {
    const { stride } = this.#macroblock.grid;
    const coded = this.#codedLuma;
    for (let quarter = 0; quarter < 4; quarter++) {
      const at = this.#macroblock.quarterAt(quarter);
      if (((pattern >> quarter) & 1) === 0) {
        fillBlocks(coded, at, stride, 2, 0);
      } else if (large) {
        this.#coefficients.readLarge();
        fillBlocks(coded, at, stride, 2, 1);
      } else {
        const category = whole ? LUMA_AC : LUMA_4X4;
        const count = whole ? 15 : 16;
        this.#block(coded, at, stride, category, count);
        this.#block(coded, at + 1, stride, category, count);
        this.#block(coded, at + stride, stride, category, count);
        this.#block(coded, at + stride + 1, stride, category, count);
      }
    }
  }

  #chromaBlocks(coded: Uint8Array): void {
    const stride = this.#macroblock.chromaStride;
    const at = this.#macroblock.chromaAt;
    this.#block(coded, at, stride, CHROMA_AC, 15);
    this.#block(coded, at + 1, stride, CHROMA_AC, 15);
    this.#block(coded, at + stride, stride, CHROMA_AC, 15);
    this.#block(coded, at + stride + 1, stride, CHROMA_AC, 15);
  }

  #block(
    coded: Uint8Array,
    at: number,
    stride: number,
    category: number,
    coefficients: number,
  ): void {
    const a = coded[at - 1] ?? 0;
    const b = coded[at - stride] ?? 0;
    const codedA = a === OUTSIDE ? this.#macroblock.isIntra : a;
    const codedB = b === OUTSIDE ? this.#macroblock.isIntra : b;
    const bin = this.#macroblock.cabac.decision((CTX_CODED[category] ?? 0) + codedA + 2 * codedB);
    coded[at] = bin;
    if (bin === 1) this.#coefficients.read(category, coefficients);
  }

  #clearLuma(): void {
    const coded = this.#codedLuma;
    const { stride } = this.#macroblock.grid;
    const at = this.#macroblock.blockAt;
    const bottom = at + 3 * stride;
    coded[bottom] = 0;
    coded[bottom + 1] = 0;
    coded[bottom + 2] = 0;
    for (let i = at + 3; i <= bottom + 3; i += stride) coded[i] = 0;
  }

  #clearChromaEdges(): void {
    const at = this.#macroblock.chromaAt;
    const bottom = at + this.#macroblock.chromaStride;
    this.#codedCb[at + 1] = 0;
    this.#codedCb[bottom] = 0;
    this.#codedCb[bottom + 1] = 0;
    this.#codedCr[at + 1] = 0;
    this.#codedCr[bottom] = 0;
    this.#codedCr[bottom + 1] = 0;
  }
}

function fillBlocks(
  blocks: Uint8Array,
  at: number,
  stride: number,
  size: number,
  value: number,
): void {
  for (let line = 0, from = at; line < size; line++, from += stride) {
    for (let i = from; i < from + size; i++) blocks[i] = value;
  }
}
