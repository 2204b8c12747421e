import { initialStates } from './cabac-tables.ts';
import { IntraModes } from './intra-modes.ts';
import {
  AVAILABLE,
  BY_BLOCKS,
  CHROMA_MODE,
  IS_INTRA,
  LARGE_TRANSFORM,
  Macroblock,
  PCM,
  SKIPPED,
} from './macroblock.ts';
import { INTRA } from './motion-grid.ts';
import { MotionVectors } from './motion-vectors.ts';
import { Residual } from './residual.ts';
import { SLICE_I, type SliceHeader } from './slice-headers.ts';
import type { MacroblockRecords, SliceOutcome } from './slice-outcome.ts';
import type { Picture, Sequence } from './stream-parameters.ts';

const PCM_BYTES = 384;
/** Context offset of `mb_skip_flag` (table 9-34). */
const CTX_SKIP = 11;

/**
 * Reads the slice data (7.3.4) of CABAC frame pictures, I and P, 4:2:0, 8 bits, without making a sample:
 * enough to know whether they are whole and where they stop making sense, at a tenth of the price of
 * decoding them. It is as strict as a decoder: what it calls whole, FFmpeg decodes without complaint.
 *
 * Holds about 120 bytes a 4x4 column of a picture's macroblocks, once; reading allocates nothing else.
 */
export class SliceParser {
  readonly records: MacroblockRecords;
  readonly #widthMbs: number;
  readonly #macroblocks: number;
  readonly #macroblock: Macroblock;
  readonly #intra: IntraModes;
  readonly #motion: MotionVectors;
  readonly #residual: Residual;

  // The slice.
  #bytes: Uint8Array = new Uint8Array(0);
  #isIntraSlice = false;
  #transform8x8 = false;
  #endBits = 0;
  #limitMb = 0;

  constructor({ widthMbs, heightMbs }: Sequence) {
    this.#widthMbs = widthMbs;
    this.#macroblocks = widthMbs * heightMbs;
    this.#macroblock = new Macroblock(widthMbs, heightMbs);
    this.#intra = new IntraModes(this.#macroblock);
    this.#motion = new MotionVectors(this.#macroblock);
    this.#residual = new Residual(this.#macroblock, heightMbs);
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
    this.#transform8x8 = picture.transform8x8;
    const cabacInitIdc = this.#isIntraSlice ? null : header.cabacInitIdc;
    const { cabac } = this.#macroblock;
    cabac.states.set(initialStates(cabacInitIdc, picture.initialQp + header.qpDelta));
    cabac.start(payload, dataAt);
    this.#macroblock.beginSlice(header.firstMb);
    this.#intra.beginSlice(picture.constrainedIntra);
    this.#motion.beginSlice(header.ownReferences ?? picture.references);
    this.#residual.beginSlice(Math.floor(header.firstMb / this.#widthMbs));
    return this.#macroblockLayers(header.firstMb);
  }

  #macroblockLayers(firstMb: number): SliceOutcome {
    const { cabac } = this.#macroblock;
    const { records } = this;
    let mb = firstMb;
    let ended = false;
    while (!ended && this.#macroblock.failure === null) {
      if (mb >= this.#limitMb) {
        this.#macroblock.failure = 'tooLong';
        break;
      }
      this.#enter(mb);
      this.#read();
      const taken = cabac.bitsTaken;
      if (taken > this.#endBits) this.#macroblock.failure = 'overrun';
      if (this.#macroblock.failure !== null) break;
      records.taken[mb] = taken;
      records.range[mb] = cabac.range;
      records.offset[mb] = cabac.offset;
      records.level[mb] = this.#residual.greatestLevel;
      records.difference[mb] = this.#motion.greatestDifference;
      records.qpDelta[mb] = Math.abs(this.#residual.qpDelta);
      ended = cabac.terminate() === 1;
      mb++;
      if (ended && !this.#endsHere(taken)) this.#macroblock.failure = 'endsEarly';
    }
    return { firstMb, endMb: mb, failure: this.#macroblock.failure, failedAt: cabac.bitsTaken };
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

  #enter(mb: number): void {
    this.#macroblock.enter(mb);
    this.#residual.enter();
    this.#motion.greatestDifference = 0;
    this.records.moves[mb] = 0;
    this.records.x[mb] = 0;
    this.records.y[mb] = 0;
  }

  #read(): void {
    if (this.#isIntraSlice) {
      const context =
        3 +
        (otherThanBlocks(this.#macroblock.factsA) ? 1 : 0) +
        (otherThanBlocks(this.#macroblock.factsB) ? 1 : 0);
      if (this.#macroblock.cabac.decision(context) === 0) this.#intraByBlocks();
      else this.#intraWhole(5, 1);
      return;
    }
    const skipContext =
      CTX_SKIP +
      (isCoded(this.#macroblock.factsA) ? 1 : 0) +
      (isCoded(this.#macroblock.factsB) ? 1 : 0);
    if (this.#macroblock.cabac.decision(skipContext) === 1) {
      this.#skipped();
      return;
    }
    if (this.#macroblock.cabac.decision(14) === 1) {
      if (this.#macroblock.cabac.decision(17) === 0) this.#intraByBlocks();
      else this.#intraWhole(17, 0);
      return;
    }
    if (this.#macroblock.cabac.decision(15) === 0)
      this.#inter(this.#macroblock.cabac.decision(16) === 0 ? 0 : 3);
    else this.#inter(this.#macroblock.cabac.decision(17) === 1 ? 1 : 2);
  }

  #skipped(): void {
    const { grid, facts, mb, at, blockAt } = this.#macroblock;
    grid.predictSkip(blockAt);
    const x = grid.predictedX;
    const y = grid.predictedY;
    grid.setMacroblock(blockAt, 0, x, y, 0, 0);
    facts[at] = AVAILABLE | SKIPPED;
    this.#residual.none();
    this.records.moves[mb] = 1;
    this.records.x[mb] = x;
    this.records.y[mb] = y;
  }

  #intraByBlocks(): void {
    this.#macroblock.isIntra = 1;
    this.#macroblock.grid.setMacroblock(this.#macroblock.blockAt, INTRA, 0, 0, 0, 0);
    const large = this.#transform8x8 && this.#residual.largeTransform();
    const facts = AVAILABLE | IS_INTRA | BY_BLOCKS | (large ? LARGE_TRANSFORM : 0);
    const edges = this.#intra.edges();
    if (large) for (let block = 0; block < 16; block += 4) this.#intra.blockMode(block, 2, edges);
    else for (let block = 0; block < 16; block++) this.#intra.blockMode(block, 1, edges);
    const chromaMode = this.#intra.chromaMode(edges);
    if (this.#macroblock.failure !== null) return;
    this.#macroblock.facts[this.#macroblock.at] = facts | (chromaMode === 0 ? 0 : CHROMA_MODE);
    this.#residual.read(this.#residual.pattern(), false, large);
  }

  /** Intra 16x16 or I_PCM; `base` is the context of the second bin of its type, `inISlice` 1 or 0. */
  #intraWhole(base: number, inISlice: 0 | 1): void {
    const { cabac } = this.#macroblock;
    this.#macroblock.isIntra = 1;
    this.#macroblock.grid.setMacroblock(this.#macroblock.blockAt, INTRA, 0, 0, 0, 0);
    if (cabac.terminate() === 1) {
      this.#samples();
      return;
    }
    const luma = cabac.decision(base + 1) === 1 ? 0x0f : 0;
    let chroma = 0;
    if (cabac.decision(base + 2) === 1) chroma = 1 + cabac.decision(base + 2 + inISlice);
    const high = cabac.decision(base + 3 + inISlice);
    const mode = high * 2 + cabac.decision(base + 3 + 2 * inISlice);
    const edges = this.#intra.edges();
    this.#intra.checkWhole(mode, edges);
    const chromaMode = this.#intra.chromaMode(edges);
    if (this.#macroblock.failure !== null) return;
    this.#macroblock.facts[this.#macroblock.at] =
      AVAILABLE | IS_INTRA | (chromaMode === 0 ? 0 : CHROMA_MODE);
    this.#residual.read(luma | (chroma << 4), true, false);
  }

  #samples(): void {
    const { cabac, facts } = this.#macroblock;
    const at = cabac.bitsTaken;
    const from = (at + 7) >> 3;
    const padding = (this.#bytes[at >> 3] ?? 0) & (0xff >> (at & 7));
    if ((from + PCM_BYTES) * 8 > this.#endBits || (from * 8 > at && padding !== 0)) {
      this.#macroblock.failure = 'pcm';
      return;
    }
    cabac.start(this.#bytes, from + PCM_BYTES);
    facts[this.#macroblock.at] = AVAILABLE | IS_INTRA | PCM;
    this.#residual.samples();
  }

  #inter(type: number): void {
    this.#macroblock.isIntra = 0;
    const smallPieces = this.#motion.read(type);
    if (this.#macroblock.failure !== null) return;
    const { facts, mb, at } = this.#macroblock;
    this.records.moves[mb] = 1;
    this.records.x[mb] = this.#motion.meanX;
    this.records.y[mb] = this.#motion.meanY;
    const pattern = this.#residual.pattern();
    const isLarge =
      (pattern & 0x0f) !== 0 &&
      this.#transform8x8 &&
      !smallPieces &&
      this.#residual.largeTransform();
    facts[at] = AVAILABLE | (isLarge ? LARGE_TRANSFORM : 0);
    this.#residual.read(pattern, false, isLarge);
  }
}

/** In an I slice: a neighbour that is there and not intra by blocks (9.3.3.1.1.3). */
function otherThanBlocks(facts: number): boolean {
  return (facts & AVAILABLE) !== 0 && (facts & BY_BLOCKS) === 0;
}

/** A neighbour that is there and not skipped (9.3.3.1.1.1). */
function isCoded(facts: number): boolean {
  return (facts & (AVAILABLE | SKIPPED)) === AVAILABLE;
}
