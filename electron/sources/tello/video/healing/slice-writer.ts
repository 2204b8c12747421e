import { PayloadWriter } from './bits.ts';
import { CabacEncoder } from './cabac-encoder.ts';
import { initialStates } from './cabac-tables.ts';
import { MotionGrid } from './motion-grid.ts';
import { annexBNal } from './rbsp.ts';
import { SLICE_I, SLICE_P, type SliceHeader, writeSliceHeader } from './slice-headers.ts';
import type { Picture, Sequence } from './stream-parameters.ts';

const NAL_SLICE = 1;
const NAL_IDR = 5;

/** Where each macroblock of a missing part comes from in the picture before, in quarter samples, by address. */
export type Motion = { x: Int16Array; y: Int16Array };

/** State of the arithmetic decoder before an `end_of_slice_flag`. */
export type EndingState = { taken: number; range: number; offset: number };

/**
 * Slice data from byte `dataAt` of `payload`, ended at a macroblock that was not the last: the
 * arithmetic code up to there is kept, moved into the interval that means "end" (range - 2 - offset
 * further, with carry), and its last bit becomes the stop bit (9.3.4.5). Nothing is coded again. Where
 * damage made the decoder read an end already, that way is one back, with borrow.
 */
export function endedData(payload: Uint8Array, dataAt: number, ending: EndingState): Uint8Array {
  const { taken, range, offset } = ending;
  const endAt = (taken + 7) >> 3;
  const data = payload.slice(dataAt, endAt);
  const unused = endAt * 8 - taken;
  const last = data.length - 1;
  data[last] = ((data[last] ?? 0) >> unused) << unused;
  let carry = (range - 2 - offset) << unused;
  for (let i = last; i >= 0 && carry !== 0; i--) {
    const sum = (data[i] ?? 0) + (carry & 0xff);
    data[i] = sum & 0xff;
    carry = (carry >> 8) + (sum >> 8);
  }
  data[last] = (data[last] ?? 0) | (1 << unused);
  return data;
}

/** Writes slices of one stream as NAL units with start codes. */
export class SliceWriter {
  readonly #sequence: Sequence;
  readonly #picture: Picture;
  #grid: MotionGrid | null = null;

  constructor(sequence: Sequence, picture: Picture) {
    this.#sequence = sequence;
    this.#picture = picture;
  }

  /** A slice of this header and these CABAC data, which begin on a byte and end with their stop bit. */
  slice(header: SliceHeader, data: Uint8Array): Uint8Array {
    return annexBNal(nalHeader(header), this.#begin(header).bytes(), data);
  }

  /**
   * A P slice of the macroblocks `[firstMb, endMb)` copied from the picture before: each from where
   * `motion` says, or from its own place. `template` is the header of another slice of the picture.
   */
  copied(template: SliceHeader, firstMb: number, endMb: number, motion: Motion | null): Uint8Array {
    const header: SliceHeader = {
      ...template,
      idr: false,
      type: SLICE_P,
      firstMb,
      ownReferences: this.#picture.references === 1 ? null : 1,
      modifications: null,
      weights: null,
      cabacInitIdc: 0,
    };
    const writer = this.#begin(header);
    const encoder = new CabacEncoder(writer, this.#states(header));
    if (motion === null) {
      for (let mb = firstMb; mb < endMb; mb++) {
        encoder.decision(CTX_SKIP, 1);
        encoder.terminate(mb === endMb - 1 ? 1 : 0);
      }
    } else {
      this.#movedMacroblocks(encoder, firstMb, endMb, motion);
    }
    return annexBNal(nalHeader(header), writer.bytes());
  }

  /** An I slice of flat macroblocks, for an IDR picture with nothing before it to copy from. */
  flat(template: SliceHeader, firstMb: number, endMb: number): Uint8Array {
    const header: SliceHeader = { ...template, type: SLICE_I, firstMb };
    const writer = this.#begin(header);
    const encoder = new CabacEncoder(writer, this.#states(header));
    const { widthMbs } = this.#sequence;
    for (let mb = firstMb; mb < endMb; mb++) {
      const left = mb > firstMb && mb % widthMbs !== 0;
      const above = mb - widthMbs >= firstMb;
      flatMacroblock(encoder, left, above);
      encoder.terminate(mb === endMb - 1 ? 1 : 0);
    }
    return annexBNal(nalHeader(header), writer.bytes());
  }

  #begin(header: SliceHeader): PayloadWriter {
    const writer = new PayloadWriter();
    writeSliceHeader(writer, header, this.#sequence, this.#picture);
    writer.alignWithOnes();
    return writer;
  }

  #states(header: SliceHeader): Uint8Array {
    const cabacInitIdc = header.type === SLICE_I ? null : header.cabacInitIdc;
    return initialStates(cabacInitIdc, this.#picture.initialQp + header.qpDelta);
  }

  #movedMacroblocks(encoder: CabacEncoder, firstMb: number, endMb: number, motion: Motion): void {
    const { widthMbs, heightMbs } = this.#sequence;
    this.#grid ??= new MotionGrid(widthMbs, heightMbs);
    const grid = this.#grid;
    grid.beginSlice(firstMb);
    const coded = new Uint8Array(endMb - firstMb);
    for (let mb = firstMb; mb < endMb; mb++) {
      const at = grid.at(mb);
      const x = motion.x[mb] ?? 0;
      const y = motion.y[mb] ?? 0;
      const left = mb % widthMbs === 0 ? 0 : (coded[mb - 1 - firstMb] ?? 0);
      const above = coded[mb - widthMbs - firstMb] ?? 0;
      grid.predictSkip(at);
      if (grid.predictedX === x && grid.predictedY === y) {
        encoder.decision(CTX_SKIP + left + above, 1);
        grid.setMacroblock(at, 0, x, y, 0, 0);
      } else {
        encoder.decision(CTX_SKIP + left + above, 0);
        coded[mb - firstMb] = 1;
        const inSliceLeft = mb > firstMb && mb % widthMbs !== 0;
        movedMacroblock(encoder, grid, at, x, y, inSliceLeft, mb - widthMbs >= firstMb);
      }
      encoder.terminate(mb === endMb - 1 ? 1 : 0);
    }
  }
}

const CTX_SKIP = 11;
const CTX_MVD_X = 40;
const CTX_MVD_Y = 47;
const CTX_PATTERN_LUMA = 73;
const CTX_PATTERN_CHROMA = 77;

/** P_L0_16x16 without residual. In such a slice no macroblock has any, so a neighbour that is there counts as "not coded". */
function movedMacroblock(
  encoder: CabacEncoder,
  grid: MotionGrid,
  at: number,
  x: number,
  y: number,
  left: boolean,
  above: boolean,
): void {
  encoder.decision(14, 0);
  encoder.decision(15, 0);
  encoder.decision(16, 0);
  grid.predict(at, 4, 0, true);
  const differenceX = x - grid.predictedX;
  const differenceY = y - grid.predictedY;
  const a = at - 1;
  const b = at - grid.stride;
  const aroundX = (grid.differenceX[a] ?? 0) + (grid.differenceX[b] ?? 0);
  const aroundY = (grid.differenceY[a] ?? 0) + (grid.differenceY[b] ?? 0);
  encodeDifference(encoder, CTX_MVD_X, aroundX, differenceX);
  encodeDifference(encoder, CTX_MVD_Y, aroundY, differenceY);
  const keptX = Math.min(Math.abs(differenceX), MAX_KEPT_DIFFERENCE);
  const keptY = Math.min(Math.abs(differenceY), MAX_KEPT_DIFFERENCE);
  grid.setMacroblock(at, 0, x, y, keptX, keptY);
  const a1 = left ? 1 : 0;
  const b1 = above ? 2 : 0;
  // Each quarter's context asks the quarters left and above, of which those in this macroblock are empty, too.
  encoder.decision(CTX_PATTERN_LUMA + a1 + b1, 0);
  encoder.decision(CTX_PATTERN_LUMA + 1 + b1, 0);
  encoder.decision(CTX_PATTERN_LUMA + a1 + 2, 0);
  encoder.decision(CTX_PATTERN_LUMA + 3, 0);
  encoder.decision(CTX_PATTERN_CHROMA, 0);
}

/** Above the border of 32 that contexts look for. */
const MAX_KEPT_DIFFERENCE = 66;
const MVD_PREFIX = 9;
const MVD_ORDER = 3;

function encodeDifference(
  encoder: CabacEncoder,
  context: number,
  around: number,
  difference: number,
): void {
  const first = around < 3 ? 0 : around > 32 ? 2 : 1;
  const size = Math.abs(difference);
  encoder.decision(context + first, size > 0 ? 1 : 0);
  if (size === 0) return;
  for (let i = 1; i < MVD_PREFIX; i++) {
    encoder.decision(context + Math.min(2 + i, 6), size > i ? 1 : 0);
    if (size <= i) break;
  }
  if (size >= MVD_PREFIX) {
    let rest = size - MVD_PREFIX;
    let order = MVD_ORDER;
    for (; rest >= 1 << order; order++) {
      encoder.bypass(1);
      rest -= 1 << order;
    }
    encoder.bypass(0);
    while (order-- > 0) encoder.bypass((rest >> order) & 1);
  }
  encoder.bypass(difference < 0 ? 1 : 0);
}

/** I_16x16 with DC prediction and no coefficient: grey at the edge of the slice, else like its neighbours. */
function flatMacroblock(encoder: CabacEncoder, left: boolean, above: boolean): void {
  const around = (left ? 1 : 0) + (above ? 1 : 0);
  encoder.decision(3 + around, 1);
  encoder.terminate(0);
  encoder.decision(6, 0); // no luma coefficients
  encoder.decision(7, 0); // nor chroma
  encoder.decision(9, 1); // prediction mode 2: DC
  encoder.decision(10, 0);
  encoder.decision(64, 0); // chroma: DC
  encoder.decision(60, 0); // same quantiser
  // A block outside the slice counts as coded, one of this slice is not.
  encoder.decision(85 + (left ? 0 : 1) + (above ? 0 : 2), 0);
}

function nalHeader(header: SliceHeader): number {
  return (header.referenceIdc << 5) | (header.idr ? NAL_IDR : NAL_SLICE);
}
