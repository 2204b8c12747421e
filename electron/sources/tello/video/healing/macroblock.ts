import { CabacDecoder } from './cabac-decoder.ts';
import { MotionGrid } from './motion-grid.ts';
import type { SliceFailure } from './slice-outcome.ts';

/** What is known of a macroblock, one bit each; 0 is one outside the slice. */
export const AVAILABLE = 1;
export const SKIPPED = 2;
export const IS_INTRA = 4;
export const PCM = 8;
/** Intra with a prediction mode for each block of 4x4 or 8x8. */
export const BY_BLOCKS = 16;
/** `intra_chroma_pred_mode` is not 0. */
export const CHROMA_MODE = 32;
export const LARGE_TRANSFORM = 64;

/**
 * The macroblock that is being read, and what all who read a part of it share: the decoder, what is known
 * of those around it, and why it cannot be what the encoder wrote.
 */
export class Macroblock {
  readonly cabac = new CabacDecoder();
  readonly grid: MotionGrid;
  /** By macroblock, with a column and a line of unavailable ones around them. */
  readonly facts: Uint8Array;
  readonly stride: number;
  readonly chromaStride: number;
  failure: SliceFailure | null = null;
  /** Its address, and its places by macroblock, by luma block and by chroma block. */
  mb = 0;
  at = 0;
  blockAt = 0;
  chromaAt = 0;
  /** What is known of the ones to the left and above. */
  factsA = 0;
  factsB = 0;
  isIntra: 0 | 1 = 0;
  readonly #widthMbs: number;

  constructor(widthMbs: number, heightMbs: number) {
    this.#widthMbs = widthMbs;
    this.grid = new MotionGrid(widthMbs, heightMbs);
    this.stride = widthMbs + 1;
    this.chromaStride = 2 * widthMbs + 1;
    this.facts = new Uint8Array((heightMbs + 1) * this.stride + 1);
  }

  /** All that lies before the slice becomes unavailable, as far as its macroblocks look. */
  beginSlice(firstMb: number): void {
    this.failure = null;
    this.grid.beginSlice(firstMb);
    const row = Math.floor(firstMb / this.#widthMbs);
    this.facts.fill(0, row * this.stride, (row + 2) * this.stride);
  }

  enter(mb: number): void {
    const row = Math.floor(mb / this.#widthMbs);
    const column = mb - row * this.#widthMbs;
    this.mb = mb;
    this.at = (row + 1) * this.stride + 1 + column;
    this.blockAt = (4 * row + 1) * this.grid.stride + 1 + 4 * column;
    this.chromaAt = (2 * row + 1) * this.chromaStride + 1 + 2 * column;
    this.factsA = this.facts[this.at - 1] ?? 0;
    this.factsB = this.facts[this.at - this.stride] ?? 0;
  }

  /** Place of the first block of a quarter. */
  quarterAt(quarter: number): number {
    return this.blockAt + (quarter >> 1) * 2 * this.grid.stride + (quarter & 1) * 2;
  }
}
