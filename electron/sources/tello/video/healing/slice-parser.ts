import { CabacDecoder } from './cabac-decoder.ts';
import { initialStates } from './cabac-tables.ts';
import { INTRA, MotionGrid } from './motion-grid.ts';
import { SLICE_I, type SliceHeader } from './slice-headers.ts';
import type { Picture, Sequence } from './stream-parameters.ts';

/** What is known of a macroblock, one bit each; 0 is one outside the slice. */
const AVAILABLE = 1;
const SKIPPED = 2;
const IS_INTRA = 4;
const PCM = 8;
/** Intra with a prediction mode for each block of 4x4 or 8x8. */
const BY_BLOCKS = 16;
/** `intra_chroma_pred_mode` is not 0. */
const CHROMA_MODE = 32;
const LARGE_TRANSFORM = 64;

/** Coded block pattern of a macroblock outside the slice, as the contexts of 9.3.3.1.1.4 want it: luma coded, chroma not. */
const OUTSIDE_PATTERN = 0x0f;
const PCM_PATTERN = 0x2f;
const PCM_BYTES = 384;
/** Instead of 0 or 1, whether a block has coefficients: it is outside the slice. */
const OUTSIDE = 2;
/** For the DC blocks of a macroblock: bits 0 to 2 are luma, Cb and Cr. */
const DC_OUTSIDE = 8;

// Context offsets (table 9-34).
const CTX_SKIP = 11;
const CTX_SUB_TYPE = 21;
const CTX_MVD_X = 40;
const CTX_MVD_Y = 47;
const CTX_REFERENCE = 54;
const CTX_QP_DELTA = 60;
const CTX_CHROMA_MODE = 64;
const CTX_MODE_PREDICTED = 68;
const CTX_MODE = 69;
const CTX_PATTERN_LUMA = 73;
const CTX_PATTERN_CHROMA = 77;
const CTX_LARGE_TRANSFORM = 399;
// By ctxBlockCat (table 9-42): luma DC, luma AC, luma 4x4, chroma DC, chroma AC, luma 8x8.
const CTX_CODED = [85, 89, 93, 97, 101, 0];
const CTX_SIGNIFICANT = [105, 120, 134, 149, 152, 402];
const CTX_LAST = [166, 181, 195, 210, 213, 417];
const CTX_LEVEL = [227, 237, 247, 257, 266, 426];
const LUMA_DC = 0;
const LUMA_AC = 1;
const LUMA_4X4 = 2;
const CHROMA_DC = 3;
const CHROMA_AC = 4;
const LUMA_8X8 = 5;

/** Context increments of an 8x8 block's coefficients, frame coding (table 9-43). */
const SIGNIFICANT_8X8 = Uint8Array.of(
  0,
  1,
  2,
  3,
  4,
  5,
  5,
  4,
  4,
  3,
  3,
  4,
  4,
  4,
  5,
  5,
  4,
  4,
  4,
  4,
  3,
  3,
  6,
  7,
  7,
  7,
  8,
  9,
  10,
  9,
  8,
  7,
  7,
  6,
  11,
  12,
  13,
  11,
  6,
  7,
  8,
  9,
  14,
  10,
  9,
  8,
  6,
  11,
  12,
  13,
  11,
  6,
  9,
  14,
  10,
  9,
  11,
  12,
  13,
  11,
  14,
  10,
  12,
);
const LAST_8X8 = Uint8Array.of(
  0,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  1,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  2,
  3,
  3,
  3,
  3,
  3,
  3,
  3,
  3,
  4,
  4,
  4,
  4,
  4,
  4,
  4,
  4,
  5,
  5,
  5,
  5,
  6,
  6,
  6,
  6,
  7,
  7,
  7,
  7,
  8,
  8,
  8,
);

/** `coeff_abs_level_minus1`: prefix length, and the most bits its suffix can have in 8-bit video. */
const LEVEL_PREFIX = 14;
const MAX_LEVEL_SUFFIX = 15;
/** `mvd`: prefix length, order of its suffix, and the most that a vector within 16,384 quarter samples needs. */
const MVD_PREFIX = 9;
const MVD_ORDER = 3;
const MAX_MVD_ORDER = 14;
/** Far above the border of 32 that contexts look for, and what fits a byte. */
const MAX_KEPT_DIFFERENCE = 66;
/** Vectors end at -2,048 and 2,047.75 samples (A.3.1), and at ±512 vertically (table A-1, from level 3.1 on). */
const MAX_VECTOR_X = 8_192;
const MAX_VECTOR_Y = 2_048;
/** `mb_qp_delta` is from -26 to 25: 53 values (7.4.5). */
const MAX_QP_DELTA_CODE = 52;

/** Column and line, in blocks of 4x4, of a macroblock's blocks in coding order (6.4.3). */
const BLOCK_X = [0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3];
const BLOCK_Y = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3];

/** Why slice data cannot be what the encoder wrote. */
export type SliceFailure =
  /** The data ended first. */
  | 'overrun'
  /** It says that it ends where there is more data. */
  | 'endsEarly'
  /** More macroblocks than there is room for. */
  | 'tooLong'
  | 'qpDelta'
  | 'intraMode'
  | 'reference'
  | 'vector'
  | 'level'
  | 'pcm';

/** What is needed of each macroblock to end the slice behind it, and to judge whether it is plausible. By address. */
export type MacroblockRecords = {
  /** Before `end_of_slice_flag`: bits taken of the payload, codIRange, codIOffset. */
  taken: Int32Array;
  range: Uint16Array;
  offset: Uint16Array;
  /** The greatest absolute coefficient level and vector difference, and the absolute QP delta. */
  level: Uint16Array;
  difference: Uint16Array;
  qpDelta: Uint8Array;
  /** 0 where it is intra, else 1 and the mean vector of its quarters, in quarter samples. */
  moves: Uint8Array;
  x: Int16Array;
  y: Int16Array;
};

export type SliceOutcome = {
  firstMb: number;
  /** Behind the last macroblock that could be read. */
  endMb: number;
  /** Null: whole. It ends with its `end_of_slice_flag`, in the last byte of the data. */
  failure: SliceFailure | null;
  /** Bits taken of the payload where it failed. */
  failedAt: number;
};

/**
 * Reads the slice data (7.3.4) of CABAC frame pictures, I and P, 4:2:0, 8 bits, without making a sample:
 * enough to know whether they are whole and where they stop making sense, at a tenth of the price of
 * decoding them. It is as strict as a decoder: what it calls whole, FFmpeg decodes without complaint.
 *
 * Holds about 120 bytes a 4x4 column of a picture's macroblocks, once; reading allocates nothing else.
 */
export class SliceParser {
  readonly records: MacroblockRecords;
  readonly #cabac = new CabacDecoder();
  readonly #grid: MotionGrid;
  readonly #widthMbs: number;
  readonly #macroblocks: number;

  // By macroblock, with a column and a line of unavailable ones around them.
  readonly #mbStride: number;
  readonly #facts: Uint8Array;
  readonly #patterns: Uint8Array;
  readonly #codedDc: Uint8Array;
  // By block: luma like the grid, chroma two by two a macroblock.
  readonly #codedLuma: Uint8Array;
  readonly #chromaStride: number;
  readonly #codedCb: Uint8Array;
  readonly #codedCr: Uint8Array;
  readonly #modes: Int8Array;

  // The slice.
  #bytes: Uint8Array = new Uint8Array(0);
  #isIntraSlice = false;
  #references = 1;
  #constrainedIntra = false;
  #transform8x8 = false;
  #endBits = 0;
  #limitMb = 0;
  #failure: SliceFailure | null = null;

  // The macroblock.
  #mb = 0;
  #mbAt = 0;
  #blockAt = 0;
  #chromaAt = 0;
  #factsA = 0;
  #factsB = 0;
  #currentIntra = 0;
  #lastQpDelta = 0;
  #greatestLevel = 0;
  #greatestDifference = 0;
  #sumX = 0;
  #sumY = 0;
  readonly #quarterReferences = new Int8Array(4);
  readonly #subTypes = new Uint8Array(4);

  constructor(sequence: Sequence) {
    const { widthMbs, heightMbs } = sequence;
    this.#widthMbs = widthMbs;
    this.#macroblocks = widthMbs * heightMbs;
    this.#grid = new MotionGrid(widthMbs, heightMbs);
    this.#mbStride = widthMbs + 1;
    const mbs = (heightMbs + 1) * this.#mbStride + 1;
    this.#facts = new Uint8Array(mbs);
    this.#patterns = new Uint8Array(mbs).fill(OUTSIDE_PATTERN);
    this.#codedDc = new Uint8Array(mbs).fill(DC_OUTSIDE);
    const blocks = this.#grid.references.length;
    this.#codedLuma = new Uint8Array(blocks).fill(OUTSIDE);
    this.#modes = new Int8Array(blocks);
    this.#chromaStride = 2 * widthMbs + 1;
    const chromaBlocks = (2 * heightMbs + 1) * this.#chromaStride + 1;
    this.#codedCb = new Uint8Array(chromaBlocks).fill(OUTSIDE);
    this.#codedCr = new Uint8Array(chromaBlocks).fill(OUTSIDE);
    const count = this.#macroblocks;
    this.records = {
      taken: new Int32Array(count),
      range: new Uint16Array(count),
      offset: new Uint16Array(count),
      level: new Uint16Array(count),
      difference: new Uint16Array(count),
      qpDelta: new Uint8Array(count),
      moves: new Uint8Array(count),
      x: new Int16Array(count),
      y: new Int16Array(count),
    };
  }

  /**
   * Reads the slice whose data begin at byte `dataAt` of `payload` and go up to `endAt`, trailing zeros
   * left out; `limitMb` is the first macroblock that belongs to another slice. `records` then tell about the macroblocks from `firstMb` up to `endMb`.
   */
  parse(
    payload: Uint8Array,
    dataAt: number,
    endAt: number,
    header: SliceHeader,
    picture: Picture,
    limitMb: number = this.#macroblocks,
  ): SliceOutcome {
    this.#bytes = payload;
    this.#limitMb = Math.min(limitMb, this.#macroblocks);
    this.#endBits = endAt * 8;
    this.#isIntraSlice = header.type === SLICE_I;
    this.#references = header.ownReferences ?? picture.references;
    this.#constrainedIntra = picture.constrainedIntra;
    this.#transform8x8 = picture.transform8x8;
    this.#failure = null;
    this.#lastQpDelta = 0;
    const cabacInitIdc = this.#isIntraSlice ? null : header.cabacInitIdc;
    this.#cabac.states.set(initialStates(cabacInitIdc, picture.initialQp + header.qpDelta));
    this.#cabac.start(payload, dataAt);
    this.#beginSlice(header.firstMb);
    return this.#macroblockLayers(header.firstMb);
  }

  #macroblockLayers(firstMb: number): SliceOutcome {
    const cabac = this.#cabac;
    const { records } = this;
    let mb = firstMb;
    let ended = false;
    while (!ended && this.#failure === null) {
      if (mb >= this.#limitMb) {
        this.#failure = 'tooLong';
        break;
      }
      this.#enter(mb);
      this.#macroblock();
      const taken = cabac.bitsTaken;
      if (taken > this.#endBits) this.#failure = 'overrun';
      if (this.#failure !== null) break;
      records.taken[mb] = taken;
      records.range[mb] = cabac.range;
      records.offset[mb] = cabac.offset;
      records.level[mb] = this.#greatestLevel;
      records.difference[mb] = this.#greatestDifference;
      records.qpDelta[mb] = Math.abs(this.#lastQpDelta);
      ended = cabac.terminate() === 1;
      mb++;
      if (ended && !this.#endsHere(taken)) this.#failure = 'endsEarly';
    }
    return { firstMb, endMb: mb, failure: this.#failure, failedAt: cabac.bitsTaken };
  }

  /**
   * Whether the last bit taken is the stop bit: a 1 in the last byte. libx264 sometimes sets the byte's
   * lowest bit as well, so what is behind the stop bit is not looked at.
   */
  #endsHere(taken: number): boolean {
    const last = (taken - 1) >> 3;
    const isOne = (((this.#bytes[last] ?? 0) >> (7 - ((taken - 1) & 7))) & 1) === 1;
    return isOne && last === (this.#endBits >> 3) - 1;
  }

  /** All that lies before the slice becomes unavailable, as far as its macroblocks look. */
  #beginSlice(firstMb: number): void {
    this.#grid.beginSlice(firstMb);
    const row = Math.floor(firstMb / this.#widthMbs);
    const from = row * this.#mbStride;
    const to = (row + 2) * this.#mbStride;
    this.#facts.fill(0, from, to);
    this.#patterns.fill(OUTSIDE_PATTERN, from, to);
    this.#codedDc.fill(DC_OUTSIDE, from, to);
    const { stride } = this.#grid;
    this.#codedLuma.fill(OUTSIDE, 4 * row * stride, (4 * row + 5) * stride);
    const chromaFrom = 2 * row * this.#chromaStride;
    const chromaTo = (2 * row + 3) * this.#chromaStride;
    this.#codedCb.fill(OUTSIDE, chromaFrom, chromaTo);
    this.#codedCr.fill(OUTSIDE, chromaFrom, chromaTo);
  }

  #enter(mb: number): void {
    const row = Math.floor(mb / this.#widthMbs);
    const column = mb - row * this.#widthMbs;
    this.#mb = mb;
    this.#mbAt = (row + 1) * this.#mbStride + 1 + column;
    this.#blockAt = (4 * row + 1) * this.#grid.stride + 1 + 4 * column;
    this.#chromaAt = (2 * row + 1) * this.#chromaStride + 1 + 2 * column;
    this.#factsA = this.#facts[this.#mbAt - 1] ?? 0;
    this.#factsB = this.#facts[this.#mbAt - this.#mbStride] ?? 0;
    this.#greatestLevel = 0;
    this.#greatestDifference = 0;
    this.records.moves[mb] = 0;
    this.records.x[mb] = 0;
    this.records.y[mb] = 0;
  }

  #macroblock(): void {
    if (this.#isIntraSlice) {
      const context =
        3 + (otherThanBlocks(this.#factsA) ? 1 : 0) + (otherThanBlocks(this.#factsB) ? 1 : 0);
      if (this.#cabac.decision(context) === 0) this.#intraByBlocks();
      else this.#intraWhole(5, 1);
      return;
    }
    const skipContext =
      CTX_SKIP + (isCoded(this.#factsA) ? 1 : 0) + (isCoded(this.#factsB) ? 1 : 0);
    if (this.#cabac.decision(skipContext) === 1) {
      this.#skipped();
      return;
    }
    if (this.#cabac.decision(14) === 1) {
      if (this.#cabac.decision(17) === 0) this.#intraByBlocks();
      else this.#intraWhole(17, 0);
      return;
    }
    if (this.#cabac.decision(15) === 0) this.#inter(this.#cabac.decision(16) === 0 ? 0 : 3);
    else this.#inter(this.#cabac.decision(17) === 1 ? 1 : 2);
  }

  #skipped(): void {
    const grid = this.#grid;
    grid.predictSkip(this.#blockAt);
    const x = grid.predictedX;
    const y = grid.predictedY;
    grid.setMacroblock(this.#blockAt, 0, x, y, 0, 0);
    this.#facts[this.#mbAt] = AVAILABLE | SKIPPED;
    this.#patterns[this.#mbAt] = 0;
    this.#codedDc[this.#mbAt] = 0;
    this.#clearLuma();
    this.#clearChromaEdges();
    this.#lastQpDelta = 0;
    this.records.moves[this.#mb] = 1;
    this.records.x[this.#mb] = x;
    this.records.y[this.#mb] = y;
  }

  // Intra

  #intraByBlocks(): void {
    this.#currentIntra = 1;
    this.#grid.setMacroblock(this.#blockAt, INTRA, 0, 0, 0, 0);
    const large = this.#transform8x8 && this.#largeTransform();
    const facts = AVAILABLE | IS_INTRA | BY_BLOCKS | (large ? LARGE_TRANSFORM : 0);
    const edges = this.#intraEdges();
    if (large) for (let block = 0; block < 16; block += 4) this.#blockMode(block, 2, edges);
    else for (let block = 0; block < 16; block++) this.#blockMode(block, 1, edges);
    const chromaMode = this.#chromaMode(edges);
    if (this.#failure !== null) return;
    this.#facts[this.#mbAt] = facts | (chromaMode === 0 ? 0 : CHROMA_MODE);
    this.#residual(this.#pattern(), false, large);
  }

  /** Intra 16x16 or I_PCM; `base` is the context of the second bin of its type, `inISlice` 1 or 0. */
  #intraWhole(base: number, inISlice: 0 | 1): void {
    const cabac = this.#cabac;
    this.#currentIntra = 1;
    this.#grid.setMacroblock(this.#blockAt, INTRA, 0, 0, 0, 0);
    if (cabac.terminate() === 1) {
      this.#samples();
      return;
    }
    const luma = cabac.decision(base + 1) === 1 ? 0x0f : 0;
    let chroma = 0;
    if (cabac.decision(base + 2) === 1) chroma = 1 + cabac.decision(base + 2 + inISlice);
    const high = cabac.decision(base + 3 + inISlice);
    const mode = high * 2 + cabac.decision(base + 3 + 2 * inISlice);
    const edges = this.#intraEdges();
    if ((WHOLE_MODE_NEEDS[mode] ?? 0) & ~edges) this.#failure = 'intraMode';
    const chromaMode = this.#chromaMode(edges);
    if (this.#failure !== null) return;
    this.#facts[this.#mbAt] = AVAILABLE | IS_INTRA | (chromaMode === 0 ? 0 : CHROMA_MODE);
    this.#residual(luma | (chroma << 4), true, false);
  }

  #samples(): void {
    const cabac = this.#cabac;
    const at = cabac.bitsTaken;
    const from = (at + 7) >> 3;
    const padding = (this.#bytes[at >> 3] ?? 0) & (0xff >> (at & 7));
    if ((from + PCM_BYTES) * 8 > this.#endBits || (from * 8 > at && padding !== 0)) {
      this.#failure = 'pcm';
      return;
    }
    cabac.start(this.#bytes, from + PCM_BYTES);
    this.#facts[this.#mbAt] = AVAILABLE | IS_INTRA | PCM;
    this.#patterns[this.#mbAt] = PCM_PATTERN;
    this.#codedDc[this.#mbAt] = 7;
    fillBlocks(this.#codedLuma, this.#blockAt, this.#grid.stride, 4, 1);
    fillBlocks(this.#codedCb, this.#chromaAt, this.#chromaStride, 2, 1);
    fillBlocks(this.#codedCr, this.#chromaAt, this.#chromaStride, 2, 1);
    this.#lastQpDelta = 0;
  }

  /** Which samples around the macroblock intra prediction may use. */
  #intraEdges(): number {
    const corner = this.#facts[this.#mbAt - this.#mbStride - 1] ?? 0;
    return (
      (this.#predicts(this.#factsA) ? LEFT : 0) |
      (this.#predicts(this.#factsB) ? TOP : 0) |
      (this.#predicts(corner) ? CORNER : 0)
    );
  }

  #predicts(facts: number): boolean {
    if (this.#constrainedIntra) return (facts & IS_INTRA) !== 0;
    return (facts & AVAILABLE) !== 0;
  }

  /** The prediction mode of a block of `size` by `size` times 4 samples (8.3.1.1, 8.3.2.1). */
  #blockMode(block: number, size: number, edges: number): void {
    const x = BLOCK_X[block] ?? 0;
    const y = BLOCK_Y[block] ?? 0;
    const { stride } = this.#grid;
    const at = this.#blockAt + y * stride + x;
    const a = x > 0 ? (this.#modes[at - 1] ?? 0) : this.#modeBeside(this.#factsA, at - 1);
    const b = y > 0 ? (this.#modes[at - stride] ?? 0) : this.#modeBeside(this.#factsB, at - stride);
    const predicted = a < 0 || b < 0 ? MODE_DC : Math.min(a, b);
    let mode = predicted;
    const cabac = this.#cabac;
    if (cabac.decision(CTX_MODE_PREDICTED) === 0) {
      const low = cabac.decision(CTX_MODE);
      const middle = cabac.decision(CTX_MODE);
      const rest = low | (middle << 1) | (cabac.decision(CTX_MODE) << 2);
      mode = rest < predicted ? rest : rest + 1;
    }
    const left = x > 0 || (edges & LEFT) !== 0 ? LEFT : 0;
    const top = y > 0 || (edges & TOP) !== 0 ? TOP : 0;
    const corner = x > 0 ? top : y > 0 ? left : edges & CORNER;
    const usable = left | top | (corner !== 0 ? CORNER : 0);
    if ((BLOCK_MODE_NEEDS[mode] ?? 0) & ~usable) this.#failure = 'intraMode';
    for (let line = 0, from = at; line < size; line++, from += stride) {
      for (let i = from; i < from + size; i++) this.#modes[i] = mode;
    }
  }

  #modeBeside(facts: number, at: number): number {
    if ((facts & BY_BLOCKS) !== 0) return this.#modes[at] ?? 0;
    return this.#predicts(facts) ? MODE_DC : -1;
  }

  #chromaMode(edges: number): number {
    const cabac = this.#cabac;
    const context =
      CTX_CHROMA_MODE +
      ((this.#factsA & CHROMA_MODE) !== 0 ? 1 : 0) +
      ((this.#factsB & CHROMA_MODE) !== 0 ? 1 : 0);
    let mode = cabac.decision(context);
    if (mode === 1) mode += cabac.decision(CTX_CHROMA_MODE + 3);
    if (mode === 2) mode += cabac.decision(CTX_CHROMA_MODE + 3);
    if ((CHROMA_MODE_NEEDS[mode] ?? 0) & ~edges) this.#failure = 'intraMode';
    return mode;
  }

  // Inter

  /** `type`: one piece, two wide ones, two tall ones, four quarters. */
  #inter(type: number): void {
    this.#currentIntra = 0;
    this.#sumX = 0;
    this.#sumY = 0;
    const grid = this.#grid;
    const at = this.#blockAt;
    let smallPieces = false;
    if (type === 0) {
      const reference = this.#reference(at);
      // Needed on all blocks at once only by macroblocks in pieces; here the edges do.
      grid.predict(at, 4, reference, true);
      this.#vector(at, 4, 4, reference);
    } else if (type === 1) {
      const lower = at + 2 * grid.stride;
      const first = this.#reference(at);
      grid.setReference(at, 4, 2, first);
      const second = this.#reference(lower);
      grid.setReference(lower, 4, 2, second);
      grid.predictWide(at, first, true);
      this.#vector(at, 4, 2, first);
      grid.predictWide(lower, second, false);
      this.#vector(lower, 4, 2, second);
    } else if (type === 2) {
      const first = this.#reference(at);
      grid.setReference(at, 2, 4, first);
      const second = this.#reference(at + 2);
      grid.setReference(at + 2, 2, 4, second);
      grid.predictTall(at, first, true);
      this.#vector(at, 2, 4, first);
      grid.predictTall(at + 2, second, false);
      this.#vector(at + 2, 2, 4, second);
    } else {
      smallPieces = this.#quarters();
    }
    if (this.#failure !== null) return;
    this.records.moves[this.#mb] = 1;
    this.records.x[this.#mb] = this.#sumX >> 4;
    this.records.y[this.#mb] = this.#sumY >> 4;
    const pattern = this.#pattern();
    const large =
      (pattern & 0x0f) !== 0 && this.#transform8x8 && !smallPieces && this.#largeTransform();
    this.#facts[this.#mbAt] = AVAILABLE | (large ? LARGE_TRANSFORM : 0);
    this.#residual(pattern, false, large);
  }

  /** Returns whether one of the quarters is in pieces itself. */
  #quarters(): boolean {
    const cabac = this.#cabac;
    const grid = this.#grid;
    let smallPieces = false;
    for (let quarter = 0; quarter < 4; quarter++) {
      let type = 0;
      if (cabac.decision(CTX_SUB_TYPE) === 0) {
        if (cabac.decision(CTX_SUB_TYPE + 1) === 0) type = 1;
        else type = cabac.decision(CTX_SUB_TYPE + 2) === 1 ? 2 : 3;
        smallPieces = true;
      }
      this.#subTypes[quarter] = type;
    }
    for (let quarter = 0; quarter < 4; quarter++) {
      const at = this.#quarterAt(quarter);
      const reference = this.#reference(at);
      this.#quarterReferences[quarter] = reference;
      grid.setReference(at, 2, 2, reference);
    }
    for (let quarter = 0; quarter < 4; quarter++) {
      const type = this.#subTypes[quarter] ?? 0;
      const width = type === 0 || type === 1 ? 2 : 1;
      const height = type === 0 || type === 2 ? 2 : 1;
      const reference = this.#quarterReferences[quarter] ?? 0;
      for (let y = 0; y < 2; y += height) {
        for (let x = 0; x < 2; x += width) {
          this.#pieceOfQuarter(quarter, x, y, width, height, reference);
        }
      }
    }
    return smallPieces;
  }

  #pieceOfQuarter(
    quarter: number,
    x: number,
    y: number,
    width: number,
    height: number,
    reference: number,
  ): void {
    const at = this.#quarterAt(quarter) + y * this.#grid.stride + x;
    // Above right: decoded before, unless it lies in a macroblock or quarter that comes later.
    const column = (quarter & 1) * 2 + x + width;
    const line = (quarter >> 1) * 2 + y;
    let corner = true;
    if (line > 0) {
      const cornerQuarter = ((line - 1) >> 1) * 2 + (column >> 1);
      corner = column < 4 && cornerQuarter <= quarter;
    }
    this.#grid.predict(at, width, reference, corner);
    this.#vector(at, width, height, reference);
  }

  #quarterAt(quarter: number): number {
    return this.#blockAt + (quarter >> 1) * 2 * this.#grid.stride + (quarter & 1) * 2;
  }

  #reference(at: number): number {
    if (this.#references === 1) return 0;
    const { references, stride } = this.#grid;
    const cabac = this.#cabac;
    let context = (references[at - 1] ?? 0) > 0 ? 1 : 0;
    if ((references[at - stride] ?? 0) > 0) context += 2;
    let reference = 0;
    while (cabac.decision(CTX_REFERENCE + context) === 1) {
      reference++;
      context = (context >> 2) + 4;
      if (reference >= this.#references) {
        this.#failure = 'reference';
        return 0;
      }
    }
    return reference;
  }

  /** Reads the vector difference of a piece whose vector is predicted, and keeps both. */
  #vector(at: number, width: number, height: number, reference: number): void {
    const grid = this.#grid;
    const a = at - 1;
    const b = at - grid.stride;
    const differenceX = this.#vectorDifference(
      CTX_MVD_X,
      (grid.differenceX[a] ?? 0) + (grid.differenceX[b] ?? 0),
    );
    const differenceY = this.#vectorDifference(
      CTX_MVD_Y,
      (grid.differenceY[a] ?? 0) + (grid.differenceY[b] ?? 0),
    );
    const x = grid.predictedX + differenceX;
    const y = grid.predictedY + differenceY;
    if (x < -MAX_VECTOR_X || x >= MAX_VECTOR_X || y < -MAX_VECTOR_Y || y >= MAX_VECTOR_Y) {
      this.#failure = 'vector';
      return;
    }
    const sizeX = Math.abs(differenceX);
    const sizeY = Math.abs(differenceY);
    if (sizeX > this.#greatestDifference) this.#greatestDifference = sizeX;
    if (sizeY > this.#greatestDifference) this.#greatestDifference = sizeY;
    this.#sumX += x * width * height;
    this.#sumY += y * width * height;
    const keptX = Math.min(sizeX, MAX_KEPT_DIFFERENCE);
    const keptY = Math.min(sizeY, MAX_KEPT_DIFFERENCE);
    if (width === 4 && height === 4) grid.setMacroblock(at, reference, x, y, keptX, keptY);
    else grid.setVector(at, width, height, x, y, keptX, keptY);
  }

  #vectorDifference(context: number, around: number): number {
    const cabac = this.#cabac;
    const first = around < 3 ? 0 : around > 32 ? 2 : 1;
    if (cabac.decision(context + first) === 0) return 0;
    let size = 1;
    let next = context + 3;
    while (size < MVD_PREFIX && cabac.decision(next) === 1) {
      size++;
      if (next < context + 6) next++;
    }
    if (size === MVD_PREFIX) {
      let order = MVD_ORDER;
      while (cabac.bypass() === 1) {
        size += 1 << order;
        if (++order > MAX_MVD_ORDER) {
          this.#failure = 'vector';
          return 0;
        }
      }
      while (order-- > 0) size += cabac.bypass() << order;
    }
    return cabac.bypass() === 1 ? -size : size;
  }

  // Residual

  #largeTransform(): boolean {
    const context =
      CTX_LARGE_TRANSFORM +
      ((this.#factsA & LARGE_TRANSFORM) !== 0 ? 1 : 0) +
      ((this.#factsB & LARGE_TRANSFORM) !== 0 ? 1 : 0);
    return this.#cabac.decision(context) === 1;
  }

  #pattern(): number {
    const cabac = this.#cabac;
    const a = this.#patterns[this.#mbAt - 1] ?? 0;
    const b = this.#patterns[this.#mbAt - this.#mbStride] ?? 0;
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

  #residual(pattern: number, whole: boolean, large: boolean): void {
    this.#patterns[this.#mbAt] = pattern;
    if (pattern === 0 && !whole) {
      this.#codedDc[this.#mbAt] = 0;
      this.#clearLuma();
      this.#clearChromaEdges();
      this.#lastQpDelta = 0;
      return;
    }
    this.#qpDelta();
    let dc = 0;
    if (whole && this.#dcBlock(LUMA_DC, 0, 16)) dc = 1;
    if ((pattern & 0x0f) === 0) this.#clearLuma();
    else this.#lumaBlocks(pattern, whole, large);
    if (pattern > 0x0f) {
      if (this.#dcBlock(CHROMA_DC, 1, 4)) dc |= 2;
      if (this.#dcBlock(CHROMA_DC, 2, 4)) dc |= 4;
    }
    this.#codedDc[this.#mbAt] = dc;
    if (pattern > 0x1f) {
      this.#chromaBlocks(this.#codedCb);
      this.#chromaBlocks(this.#codedCr);
    } else {
      this.#clearChromaEdges();
    }
  }

  #qpDelta(): void {
    const cabac = this.#cabac;
    let context = this.#lastQpDelta !== 0 ? 1 : 0;
    let code = 0;
    while (cabac.decision(CTX_QP_DELTA + context) === 1) {
      context = 2 + (context >> 1);
      if (++code > MAX_QP_DELTA_CODE) {
        this.#failure = 'qpDelta';
        break;
      }
    }
    this.#lastQpDelta = (code & 1) === 1 ? (code + 1) >> 1 : -(code >> 1);
  }

  /** `plane`: 0 luma, 1 Cb, 2 Cr. */
  #dcBlock(category: number, plane: number, coefficients: number): boolean {
    const a = this.#codedDc[this.#mbAt - 1] ?? 0;
    const b = this.#codedDc[this.#mbAt - this.#mbStride] ?? 0;
    const codedA = a === DC_OUTSIDE ? this.#currentIntra : (a >> plane) & 1;
    const codedB = b === DC_OUTSIDE ? this.#currentIntra : (b >> plane) & 1;
    const context = (CTX_CODED[category] ?? 0) + codedA + 2 * codedB;
    if (this.#cabac.decision(context) === 0) return false;
    this.#coefficients(category, coefficients);
    return true;
  }

  #lumaBlocks(pattern: number, whole: boolean, large: boolean): void {
    const { stride } = this.#grid;
    const coded = this.#codedLuma;
    for (let quarter = 0; quarter < 4; quarter++) {
      const at = this.#quarterAt(quarter);
      if (((pattern >> quarter) & 1) === 0) {
        fillBlocks(coded, at, stride, 2, 0);
      } else if (large) {
        this.#largeCoefficients();
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
    const stride = this.#chromaStride;
    const at = this.#chromaAt;
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
    const codedA = a === OUTSIDE ? this.#currentIntra : a;
    const codedB = b === OUTSIDE ? this.#currentIntra : b;
    const bin = this.#cabac.decision((CTX_CODED[category] ?? 0) + codedA + 2 * codedB);
    coded[at] = bin;
    if (bin === 1) this.#coefficients(category, coefficients);
  }

  /** residual_block_cabac (7.3.5.3.3), of which only the number of coefficients and their levels matter. */
  #coefficients(category: number, coefficients: number): void {
    const cabac = this.#cabac;
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

  #largeCoefficients(): void {
    const cabac = this.#cabac;
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
    const cabac = this.#cabac;
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
        if (level > this.#greatestLevel) this.#greatestLevel = level;
        greater++;
      }
      cabac.bypass();
    }
  }

  #levelSuffix(): number {
    const cabac = this.#cabac;
    let order = 0;
    let value = 0;
    while (cabac.bypass() === 1) {
      value += 1 << order;
      if (++order > MAX_LEVEL_SUFFIX) {
        this.#failure = 'level';
        return 0;
      }
    }
    while (order-- > 0) value += cabac.bypass() << order;
    return value;
  }

  #clearLuma(): void {
    const coded = this.#codedLuma;
    const { stride } = this.#grid;
    const at = this.#blockAt;
    const bottom = at + 3 * stride;
    coded[bottom] = 0;
    coded[bottom + 1] = 0;
    coded[bottom + 2] = 0;
    for (let i = at + 3; i <= bottom + 3; i += stride) coded[i] = 0;
  }

  #clearChromaEdges(): void {
    const at = this.#chromaAt;
    const bottom = at + this.#chromaStride;
    this.#codedCb[at + 1] = 0;
    this.#codedCb[bottom] = 0;
    this.#codedCb[bottom + 1] = 0;
    this.#codedCr[at + 1] = 0;
    this.#codedCr[bottom] = 0;
    this.#codedCr[bottom + 1] = 0;
  }
}

// Which samples a prediction mode needs.
const LEFT = 1;
const TOP = 2;
const CORNER = 4;
const MODE_DC = 2;
/** Modes of blocks (tables 8-2, 8-3): vertical, horizontal, DC, down left, down right, vertical right, horizontal down, vertical left, horizontal up. */
const BLOCK_MODE_NEEDS = [TOP, LEFT, 0, TOP, 7, 7, 7, TOP, LEFT];
/** Modes of 16x16 (table 8-4): vertical, horizontal, DC, plane. */
const WHOLE_MODE_NEEDS = [TOP, LEFT, 0, 7];
/** Modes of chroma (table 8-5): DC, horizontal, vertical, plane. */
const CHROMA_MODE_NEEDS = [0, LEFT, TOP, 7];

/** In an I slice: a neighbour that is there and not intra by blocks (9.3.3.1.1.3). */
function otherThanBlocks(facts: number): boolean {
  return (facts & AVAILABLE) !== 0 && (facts & BY_BLOCKS) === 0;
}

/** A neighbour that is there and not skipped (9.3.3.1.1.1). */
function isCoded(facts: number): boolean {
  return (facts & (AVAILABLE | SKIPPED)) === AVAILABLE;
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
