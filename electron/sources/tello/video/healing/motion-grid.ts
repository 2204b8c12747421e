/** Instead of a reference index: the block is outside the picture or its slice, or it is intra. */
const UNAVAILABLE = -2;
export const INTRA = -1;

/**
 * References and motion vectors by 4x4 luma blocks, in quarter samples, with one column and one line
 * of unavailable blocks around them, so that neighbours need no test for the picture's edge. Holds the
 * prediction rules of H.264 8.4.1. One slice at a time: `beginSlice` makes all before it unavailable.
 */
export class MotionGrid {
  /** Blocks a line, the column before the picture included; it serves as the one behind the line before, too. */
  readonly stride: number;
  readonly references: Int8Array;
  readonly x: Int16Array;
  readonly y: Int16Array;
  /** Absolute vector differences, clipped: only their sum's place around 3 and 32 matters (9.3.3.1.1.7). */
  readonly differenceX: Uint8Array;
  readonly differenceY: Uint8Array;
  /** What the last `predict…` found. */
  predictedX = 0;
  predictedY = 0;
  readonly #widthMbs: number;

  constructor(widthMbs: number, heightMbs: number) {
    this.#widthMbs = widthMbs;
    this.stride = 4 * widthMbs + 1;
    const blocks = (4 * heightMbs + 1) * this.stride + 1;
    this.references = new Int8Array(blocks).fill(UNAVAILABLE);
    this.x = new Int16Array(blocks);
    this.y = new Int16Array(blocks);
    this.differenceX = new Uint8Array(blocks);
    this.differenceY = new Uint8Array(blocks);
  }

  /** Index of the first block of a macroblock. */
  at(mb: number): number {
    const row = Math.floor(mb / this.#widthMbs);
    return (4 * row + 1) * this.stride + 1 + 4 * (mb - row * this.#widthMbs);
  }

  beginSlice(firstMb: number): void {
    const row = Math.floor(firstMb / this.#widthMbs);
    const from = 4 * row * this.stride;
    const to = (4 * row + 5) * this.stride;
    this.references.fill(UNAVAILABLE, from, to);
    this.x.fill(0, from, to);
    this.y.fill(0, from, to);
    this.differenceX.fill(0, from, to);
    this.differenceY.fill(0, from, to);
  }

  /** One reference for a rectangle of blocks. */
  setReference(at: number, width: number, height: number, reference: number): void {
    for (let line = 0, from = at; line < height; line++, from += this.stride) {
      for (let i = from; i < from + width; i++) this.references[i] = reference;
    }
  }

  setVector(
    at: number,
    width: number,
    height: number,
    x: number,
    y: number,
    differenceX: number,
    differenceY: number,
  ): void {
    for (let line = 0, from = at; line < height; line++, from += this.stride) {
      for (let i = from; i < from + width; i++) {
        this.x[i] = x;
        this.y[i] = y;
        this.differenceX[i] = differenceX;
        this.differenceY[i] = differenceY;
      }
    }
  }

  /** A macroblock of one piece: only its right column and bottom line, which are all that others look at. */
  setMacroblock(
    at: number,
    reference: number,
    x: number,
    y: number,
    differenceX: number,
    differenceY: number,
  ): void {
    const bottom = at + 3 * this.stride;
    for (let i = 0; i < 4; i++) {
      this.#set(bottom + i, reference, x, y, differenceX, differenceY);
    }
    for (let i = at + 3; i < bottom; i += this.stride) {
      this.#set(i, reference, x, y, differenceX, differenceY);
    }
  }

  /** The median prediction of a partition `width` blocks wide; `corner`: whether the block above right was decoded before. */
  predict(at: number, width: number, reference: number, corner: boolean): void {
    const { references, x, y, stride } = this;
    const a = at - 1;
    const b = at - stride;
    let c = b + width;
    if (!corner || references[c] === UNAVAILABLE) c = b - 1;
    const refA = references[a] ?? UNAVAILABLE;
    const refB = references[b] ?? UNAVAILABLE;
    const refC = references[c] ?? UNAVAILABLE;
    if (refB === UNAVAILABLE && refC === UNAVAILABLE && refA !== UNAVAILABLE) {
      this.#take(a);
      return;
    }
    const inA = refA === reference;
    const inB = refB === reference;
    const inC = refC === reference;
    if (inA && !inB && !inC) this.#take(a);
    else if (!inA && inB && !inC) this.#take(b);
    else if (!inA && !inB && inC) this.#take(c);
    else {
      this.predictedX = median(x[a] ?? 0, x[b] ?? 0, x[c] ?? 0);
      this.predictedY = median(y[a] ?? 0, y[b] ?? 0, y[c] ?? 0);
    }
  }

  /** Half a macroblock 16 wide: the upper one goes by what is above it, the lower one by what is left. */
  predictWide(at: number, reference: number, upper: boolean): void {
    const neighbour = upper ? at - this.stride : at - 1;
    if (this.references[neighbour] === reference) this.#take(neighbour);
    else this.predict(at, 4, reference, upper);
  }

  /** Half a macroblock 8 wide: the left one goes by what is left, the right one by what is above right. */
  predictTall(at: number, reference: number, left: boolean): void {
    let neighbour = at - 1;
    if (!left) {
      neighbour = at - this.stride + 2;
      if (this.references[neighbour] === UNAVAILABLE) neighbour = at - this.stride - 1;
    }
    if (this.references[neighbour] === reference) this.#take(neighbour);
    else this.predict(at, 2, reference, true);
  }

  /** The motion of a skipped macroblock (8.4.1.1). */
  predictSkip(at: number): void {
    const a = at - 1;
    const b = at - this.stride;
    if (this.#stands(a) || this.#stands(b)) {
      this.predictedX = 0;
      this.predictedY = 0;
      return;
    }
    this.predict(at, 4, 0, true);
  }

  #stands(at: number): boolean {
    const reference = this.references[at];
    return reference === UNAVAILABLE || (reference === 0 && this.x[at] === 0 && this.y[at] === 0);
  }

  #take(at: number): void {
    this.predictedX = this.x[at] ?? 0;
    this.predictedY = this.y[at] ?? 0;
  }

  #set(i: number, reference: number, x: number, y: number, dX: number, dY: number): void {
    this.references[i] = reference;
    this.x[i] = x;
    this.y[i] = y;
    this.differenceX[i] = dX;
    this.differenceY[i] = dY;
  }
}

function median(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
