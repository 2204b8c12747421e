import { AVAILABLE, BY_BLOCKS, CHROMA_MODE, IS_INTRA, type Macroblock } from './macroblock.ts';

// Context offsets (table 9-34).
const CTX_CHROMA_MODE = 64;
const CTX_MODE_PREDICTED = 68;
const CTX_MODE = 69;

/** Column and line, in blocks of 4x4, of a macroblock's blocks in coding order (6.4.3). */
const BLOCK_X = [0, 1, 0, 1, 2, 3, 2, 3, 0, 1, 0, 1, 2, 3, 2, 3];
const BLOCK_Y = [0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3];

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

/** Reads the prediction modes of intra macroblocks, and whether what they look at is there. */
export class IntraModes {
  readonly #macroblock: Macroblock;
  readonly #modes: Int8Array;
  #isConstrained = false;

  constructor(macroblock: Macroblock) {
    this.#macroblock = macroblock;
    this.#modes = new Int8Array(macroblock.grid.references.length);
  }

  /** `isConstrained`: `constrained_intra_pred_flag`, intra looks at intra only. */
  beginSlice(isConstrained: boolean): void {
    this.#isConstrained = isConstrained;
  }

  /** Of intra 16x16. */
  checkWhole(mode: number, edges: number): void {
    if ((WHOLE_MODE_NEEDS[mode] ?? 0) & ~edges) this.#macroblock.failure = 'intraMode';
  }

  /** The prediction mode of a block of `size` by `size` times 4 samples (8.3.1.1, 8.3.2.1). */
  blockMode(block: number, size: number, edges: number): void {
    const x = BLOCK_X[block] ?? 0;
    const y = BLOCK_Y[block] ?? 0;
    const { stride } = this.#macroblock.grid;
    const at = this.#macroblock.blockAt + y * stride + x;
    const a =
      x > 0 ? (this.#modes[at - 1] ?? 0) : this.#modeBeside(this.#macroblock.factsA, at - 1);
    const b =
      y > 0
        ? (this.#modes[at - stride] ?? 0)
        : this.#modeBeside(this.#macroblock.factsB, at - stride);
    const predicted = a < 0 || b < 0 ? MODE_DC : Math.min(a, b);
    let mode = predicted;
    const { cabac } = this.#macroblock;
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
    if ((BLOCK_MODE_NEEDS[mode] ?? 0) & ~usable) this.#macroblock.failure = 'intraMode';
    for (let line = 0, from = at; line < size; line++, from += stride) {
      for (let i = from; i < from + size; i++) this.#modes[i] = mode;
    }
  }

  #modeBeside(facts: number, at: number): number {
    if ((facts & BY_BLOCKS) !== 0) return this.#modes[at] ?? 0;
    return this.#predicts(facts) ? MODE_DC : -1;
  }

  /** `intra_chroma_pred_mode`. */
  chromaMode(edges: number): number {
    const { cabac } = this.#macroblock;
    const context =
      CTX_CHROMA_MODE +
      ((this.#macroblock.factsA & CHROMA_MODE) !== 0 ? 1 : 0) +
      ((this.#macroblock.factsB & CHROMA_MODE) !== 0 ? 1 : 0);
    let mode = cabac.decision(context);
    if (mode === 1) mode += cabac.decision(CTX_CHROMA_MODE + 3);
    if (mode === 2) mode += cabac.decision(CTX_CHROMA_MODE + 3);
    if ((CHROMA_MODE_NEEDS[mode] ?? 0) & ~edges) this.#macroblock.failure = 'intraMode';
    return mode;
  }

  /** Which samples around the macroblock intra prediction may use. */
  edges(): number {
    const corner = this.#macroblock.facts[this.#macroblock.at - this.#macroblock.stride - 1] ?? 0;
    return (
      (this.#predicts(this.#macroblock.factsA) ? LEFT : 0) |
      (this.#predicts(this.#macroblock.factsB) ? TOP : 0) |
      (this.#predicts(corner) ? CORNER : 0)
    );
  }

  #predicts(facts: number): boolean {
    if (this.#isConstrained) return (facts & IS_INTRA) !== 0;
    return (facts & AVAILABLE) !== 0;
  }
}
