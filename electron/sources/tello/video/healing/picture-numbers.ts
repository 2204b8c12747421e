import type { Sequence } from './stream-parameters.ts';

/** How far POC goes on from picture to picture of a stream without B pictures: two fields. */
const POC_STEP = 2;

export type PictureNumber = { frameNum: number; pocLsb: number };

/**
 * Numbers the pictures that are handed on without a gap, whatever was lost between them. A decoder that
 * sees `frame_num` fall or jump discards pictures (POC types 1 and 2 follow from it), or makes up some.
 */
export class PictureNumbers {
  readonly #maxFrameNum: number;
  readonly #maxPocLsb: number;
  readonly #maxReferences: number;
  #lastReference = 0;
  #lastPocIn = 0;
  #lastPocOut = 0;
  #references = 0;
  #lastWasReference = true;

  constructor(sequence: Sequence) {
    this.#maxFrameNum = 2 ** sequence.log2MaxFrameNum;
    this.#maxPocLsb = 2 ** sequence.log2MaxPocLsb;
    this.#maxReferences = Math.max(1, sequence.maxReferences);
  }

  /** Pictures a decoder holds for reference when the next picture comes. */
  get references(): number {
    return this.#references;
  }

  /** `frame_num` of the next picture, unless it is an IDR. */
  get upcoming(): number {
    return (this.#lastReference + 1) % this.#maxFrameNum;
  }

  /** Whether the picture before was one that others refer to. POC type 2 allows no two in a row that are not (8.2.1.3). */
  get lastWasReference(): boolean {
    return this.#lastWasReference;
  }

  /** The next picture's numbers; call once for each that is handed on. `pocLsb` is what it came with. */
  next(idr: boolean, reference: boolean, pocLsb: number): PictureNumber {
    if (idr) {
      this.#lastReference = 0;
      this.#references = 0;
      this.#lastPocIn = pocLsb;
      this.#lastPocOut = pocLsb;
    } else {
      this.#lastPocOut = this.#modulo(this.#lastPocOut + this.#pocStep(pocLsb));
      this.#lastPocIn = pocLsb;
    }
    const frameNum = idr ? 0 : this.upcoming;
    if (reference) {
      this.#lastReference = frameNum;
      this.#references = Math.min(this.#references + 1, this.#maxReferences);
    }
    this.#lastWasReference = reference;
    return { frameNum, pocLsb: this.#lastPocOut };
  }

  /** A picture that never came: made up between two that did. */
  nextFilled(): PictureNumber {
    return this.next(false, true, this.#modulo(this.#lastPocIn + POC_STEP));
  }

  /** After a lost IDR the POC begins anew; to the decoder it goes on. */
  #pocStep(pocLsb: number): number {
    const step = this.#modulo(pocLsb - this.#lastPocIn);
    return step > 0 && step < this.#maxPocLsb / 2 ? step : POC_STEP;
  }

  #modulo(value: number): number {
    return ((value % this.#maxPocLsb) + this.#maxPocLsb) % this.#maxPocLsb;
  }
}
