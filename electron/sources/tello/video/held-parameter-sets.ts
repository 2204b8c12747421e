import type { StreamFormat } from '../../../../shared/frames.ts';
import { START_CODE, START_CODE_BYTES } from './annex-b.ts';
import {
  type PictureParameters,
  parsePictureParameters,
  parseSequenceParameters,
  type SequenceParameters,
} from './parameter-sets.ts';

const NONE = new Uint8Array(0);

/** The stream's parameter sets, held for the keyframes that need them. */
export class HeldParameterSets {
  sequence: SequenceParameters | null = null;
  /** The same object for as long as the stream keeps its parameters. */
  format: StreamFormat | null = null;
  /** Annex B: start code, SPS, start code, PPS; empty while one of them is missing or damaged. */
  prefix: Uint8Array = NONE;
  /** True from the arrival of a set until a keyframe takes it: a keyframe is due. */
  fresh = false;
  #sequenceNal: Uint8Array = NONE;
  #pictureNal: Uint8Array = NONE;
  #picture: PictureParameters | null = null;

  get complete(): boolean {
    return this.prefix.length > 0;
  }

  get pictureId(): number | null {
    return this.#picture?.id ?? null;
  }

  /** A sequence parameter set, without start code; copied. False if it is damaged: then there is none until a good one comes. */
  takeSequence(nal: Uint8Array): boolean {
    this.fresh = true;
    if (same(nal, this.#sequenceNal)) return true;
    const parsed = parseSequenceParameters(nal);
    // A picture set belongs to the sequence set it came with; with another one its keyframe would not decode.
    if (this.sequence !== null) this.#forgetPicture();
    this.sequence = parsed;
    this.#sequenceNal = parsed === null ? NONE : nal.slice();
    this.format =
      parsed === null
        ? null
        : {
            codec: 'h264',
            codecString: parsed.codecString,
            width: parsed.width,
            height: parsed.height,
          };
    this.#join();
    return parsed !== null;
  }

  /** A picture parameter set, without start code; copied. False if it is damaged. */
  takePicture(nal: Uint8Array): boolean {
    this.fresh = true;
    if (same(nal, this.#pictureNal)) return true;
    this.#picture = parsePictureParameters(nal);
    this.#pictureNal = this.#picture === null ? NONE : nal.slice();
    this.#join();
    return this.#picture !== null;
  }

  #forgetPicture(): void {
    this.#picture = null;
    this.#pictureNal = NONE;
  }

  #join(): void {
    const matching = this.#picture !== null && this.#picture.sequenceId === this.sequence?.id;
    this.prefix = matching ? annexB(this.#sequenceNal, this.#pictureNal) : NONE;
  }
}

function annexB(...nals: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(nals.reduce((sum, nal) => sum + START_CODE_BYTES + nal.length, 0));
  let at = 0;
  for (const nal of nals) {
    bytes.set(START_CODE, at);
    bytes.set(nal, at + START_CODE_BYTES);
    at += START_CODE_BYTES + nal.length;
  }
  return bytes;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
