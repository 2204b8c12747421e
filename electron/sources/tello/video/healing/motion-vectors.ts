import type { Macroblock } from './macroblock.ts';

// Context offsets (table 9-34).
const CTX_SUB_TYPE = 21;
const CTX_MVD_X = 40;
const CTX_MVD_Y = 47;
const CTX_REFERENCE = 54;
/** `mvd`: prefix length, order of its suffix, and the most that a vector within 16,384 quarter samples needs. */
const MVD_PREFIX = 9;
const MVD_ORDER = 3;
const MAX_MVD_ORDER = 14;
/** Far above the border of 32 that contexts look for, and what fits a byte. */
const MAX_KEPT_DIFFERENCE = 66;
/** Vectors end at -2,048 and 2,047.75 samples (A.3.1), and at ±512 vertically (table A-1, from level 3.1 on). */
const MAX_VECTOR_X = 8_192;
const MAX_VECTOR_Y = 2_048;

/** Reads the references and motion vectors of inter macroblocks (7.3.5.1, 7.3.5.2). */
export class MotionVectors {
  /** The greatest absolute vector difference of the macroblock. */
  greatestDifference = 0;
  /** Its mean vector, in quarter samples. */
  meanX = 0;
  meanY = 0;
  readonly #macroblock: Macroblock;
  #references = 1;
  #sumX = 0;
  #sumY = 0;
  readonly #quarterReferences = new Int8Array(4);
  readonly #subTypes = new Uint8Array(4);

  constructor(macroblock: Macroblock) {
    this.#macroblock = macroblock;
  }

  /** `references`: how many pictures the slice may refer to. */
  beginSlice(references: number): void {
    this.#references = references;
  }

  /**
   * `type`: one piece, two wide ones, two tall ones, four quarters. Returns whether one of the quarters is
   * in pieces itself.
   */
  read(type: number): boolean {
    this.#sumX = 0;
    this.#sumY = 0;
    const { grid } = this.#macroblock;
    const at = this.#macroblock.blockAt;
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
    this.meanX = this.#sumX >> 4;
    this.meanY = this.#sumY >> 4;
    return smallPieces;
  }

  /** Returns whether one of the quarters is in pieces itself. */
  #quarters(): boolean {
    const { cabac, grid } = this.#macroblock;
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
      const at = this.#macroblock.quarterAt(quarter);
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
    const at = this.#macroblock.quarterAt(quarter) + y * this.#macroblock.grid.stride + x;
    // Above right: decoded before, unless it lies in a macroblock or quarter that comes later.
    const column = (quarter & 1) * 2 + x + width;
    const line = (quarter >> 1) * 2 + y;
    let corner = true;
    if (line > 0) {
      const cornerQuarter = ((line - 1) >> 1) * 2 + (column >> 1);
      corner = column < 4 && cornerQuarter <= quarter;
    }
    this.#macroblock.grid.predict(at, width, reference, corner);
    this.#vector(at, width, height, reference);
  }

  #reference(at: number): number {
    if (this.#references === 1) return 0;
    const { references, stride } = this.#macroblock.grid;
    const { cabac } = this.#macroblock;
    let context = (references[at - 1] ?? 0) > 0 ? 1 : 0;
    if ((references[at - stride] ?? 0) > 0) context += 2;
    let reference = 0;
    while (cabac.decision(CTX_REFERENCE + context) === 1) {
      reference++;
      context = (context >> 2) + 4;
      if (reference >= this.#references) {
        this.#macroblock.failure = 'reference';
        return 0;
      }
    }
    return reference;
  }

  /** Reads the vector difference of a piece whose vector is predicted, and keeps both. */
  #vector(at: number, width: number, height: number, reference: number): void {
    const { grid } = this.#macroblock;
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
      this.#macroblock.failure = 'vector';
      return;
    }
    const sizeX = Math.abs(differenceX);
    const sizeY = Math.abs(differenceY);
    if (sizeX > this.greatestDifference) this.greatestDifference = sizeX;
    if (sizeY > this.greatestDifference) this.greatestDifference = sizeY;
    this.#sumX += x * width * height;
    this.#sumY += y * width * height;
    const keptX = Math.min(sizeX, MAX_KEPT_DIFFERENCE);
    const keptY = Math.min(sizeY, MAX_KEPT_DIFFERENCE);
    if (width === 4 && height === 4) grid.setMacroblock(at, reference, x, y, keptX, keptY);
    else grid.setVector(at, width, height, x, y, keptX, keptY);
  }

  #vectorDifference(context: number, around: number): number {
    const { cabac } = this.#macroblock;
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
          this.#macroblock.failure = 'vector';
          return 0;
        }
      }
      while (order-- > 0) size += cabac.bypass() << order;
    }
    return cabac.bypass() === 1 ? -size : size;
  }
}
