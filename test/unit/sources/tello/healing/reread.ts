import {
  lengthWithStop,
  payloadOf,
} from '../../../../../electron/sources/tello/video/healing/rbsp.ts';
import { readSliceHeader } from '../../../../../electron/sources/tello/video/healing/slice-headers.ts';
import { SliceParser } from '../../../../../electron/sources/tello/video/healing/slice-parser.ts';
import {
  type Picture,
  readPicture,
  readSequence,
  type Sequence,
} from '../../../../../electron/sources/tello/video/healing/stream-parameters.ts';
import { nalType, splitNals } from './lossy-link.ts';

/** Reads what the healer gave out as a decoder would, and says what is wrong with it. */
export class Rereader {
  #sequence: Sequence | null = null;
  #picture: Picture | null = null;
  #parser: SliceParser | null = null;
  #parserSize = 0;
  #lastReference = -1;

  /** Null: the unit is one whole picture that follows the one before. */
  complaint(unit: Uint8Array): string | null {
    let next = 0;
    let frameNum = -1;
    let idr = false;
    let reference = false;
    for (const nal of splitNals(unit)) {
      const type = nalType(nal);
      if (type === 7) this.#sequence = readSequence(nal);
      else if (type === 8) this.#picture = readPicture(nal);
      else {
        const sequence = this.#sequence;
        const picture = this.#picture;
        if (sequence === null || picture === null) return 'no parameter sets';
        const size = sequence.widthMbs * sequence.heightMbs;
        if (this.#parser === null || this.#parserSize !== size) {
          this.#parser = new SliceParser(sequence);
          this.#parserSize = size;
        }
        const { bytes } = payloadOf(nal);
        const parsed = readSliceHeader(nal[0] ?? 0, bytes, sequence, picture);
        if (typeof parsed === 'string') return parsed;
        const { header } = parsed;
        if (header.firstMb !== next) return `slice at ${header.firstMb} instead of ${next}`;
        if (frameNum >= 0 && header.frameNum !== frameNum) return 'two numbers in one picture';
        frameNum = header.frameNum;
        idr = header.idr;
        reference = header.referenceIdc > 0;
        const dataAt = (parsed.endsAt + 7) >> 3;
        const outcome = this.#parser.parse(bytes, dataAt, lengthWithStop(bytes), header, picture);
        if (outcome.failure !== null) return `${outcome.failure} at ${outcome.endMb}`;
        next = outcome.endMb;
      }
    }
    const sequence = this.#sequence;
    if (sequence === null) return 'no parameter sets';
    if (next !== sequence.widthMbs * sequence.heightMbs) return `ends at ${next}`;
    const expected = idr ? 0 : (this.#lastReference + 1) % 2 ** sequence.log2MaxFrameNum;
    if (frameNum !== expected) return `frame_num ${frameNum} instead of ${expected}`;
    if (reference) this.#lastReference = frameNum;
    return null;
  }
}
