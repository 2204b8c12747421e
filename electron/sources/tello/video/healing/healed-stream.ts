import { DamagePlace } from './damage-place.ts';
import { MissingMotion } from './missing-motion.ts';
import type { Part } from './parts.ts';
import { PictureNumbers } from './picture-numbers.ts';
import { referencesAreHeld } from './reference-list.ts';
import { SLICE_I } from './slice-headers.ts';
import { SliceParser } from './slice-parser.ts';
import { SliceWriter } from './slice-writer.ts';
import { type Picture, readPicture, readSequence, type Sequence } from './stream-parameters.ts';

/** B slices or fields in short succession that make a stream one of those; each counts less with every unit after it. */
const FOREIGN_SIGNS = 2.5;
const FOREIGN_SIGNS_FADE = 0.9;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

/** All that is known of a stream between two changes of its parameter sets. */
export class HealedStream {
  readonly sequence: Sequence;
  readonly picture: Picture;
  /** The parameter sets as they came, with start codes. */
  readonly prefix: Uint8Array;
  readonly macroblocks: number;
  readonly writer: SliceWriter;
  readonly parser: SliceParser;
  readonly damage = new DamagePlace();
  readonly motion: MissingMotion;
  readonly numbers: PictureNumbers;
  /** Whether slices can be read in full; otherwise damage stays, but the numbers are right. */
  readonly readable: boolean;
  /** Whether a keyframe was handed on that the next units can refer to. */
  synchronised = false;
  /** Whether the stream itself says which references stay, so that it is not known here. */
  adaptiveMarking = false;
  #foreignSigns = 0;

  constructor(sequence: Sequence, picture: Picture, prefix: Uint8Array) {
    this.sequence = sequence;
    this.picture = picture;
    this.prefix = prefix;
    this.macroblocks = sequence.widthMbs * sequence.heightMbs;
    this.writer = new SliceWriter(sequence, picture);
    this.parser = new SliceParser(sequence);
    this.motion = new MissingMotion(sequence);
    this.numbers = new PictureNumbers(sequence);
    this.readable =
      picture.cabac && !picture.sliceGroups && sequence.framesOnly && sequence.plain420;
  }

  /** B slices or fields were seen: their order cannot be numbered anew, so all goes on as it comes. */
  get foreign(): boolean {
    return this.#foreignSigns > FOREIGN_SIGNS;
  }

  /** One such slice is a damaged header; a stream of that kind has them all the time. */
  suspectForeign(): void {
    this.#foreignSigns++;
  }

  fadeSuspicion(): void {
    if (!this.foreign) this.#foreignSigns *= FOREIGN_SIGNS_FADE;
  }

  /** Whether missing macroblocks can be copied: there is a picture before, and the stream keeps one. */
  get canCopy(): boolean {
    return this.synchronised && this.sequence.maxReferences > 0;
  }

  /**
   * Whether a decoder has all that the slice refers to. Where nothing was lost, only a damaged header
   * reorders what is not there; that a list is longer than it can be filled is legal.
   */
  refersToHeld({ parsed: { header } }: Part): boolean {
    const frameNum = this.numbers.upcoming;
    const renumbered = header.frameNum !== frameNum;
    if (header.type === SLICE_I || (!renumbered && this.adaptiveMarking)) return true;
    const active = renumbered ? (header.ownReferences ?? this.picture.references) : 0;
    const maxFrameNum = 2 ** this.sequence.log2MaxFrameNum;
    return referencesAreHeld(header, active, frameNum, maxFrameNum, this.numbers.references);
  }
}

/** The parameter sets as they come, and the stream they make. */
export class ParameterSets {
  #sequenceNal: Uint8Array | null = null;
  #pictureNal: Uint8Array | null = null;
  #sequence: Sequence | null = null;
  #picture: Picture | null = null;

  /** Copies the set. `same`: it was here before. `bad`: it contradicts itself, and the one before stays. */
  takeSequence(nal: Uint8Array): 'new' | 'same' | 'bad' {
    if (this.#sequenceNal !== null && same(nal, this.#sequenceNal)) return 'same';
    const sequence = readSequence(nal);
    if (sequence === null) return 'bad';
    this.#sequence = sequence;
    this.#sequenceNal = nal.slice();
    // A picture set belongs to the sequence set it came with.
    this.#picture = null;
    this.#pictureNal = null;
    return 'new';
  }

  takePicture(nal: Uint8Array): 'new' | 'same' | 'bad' {
    if (this.#pictureNal !== null && same(nal, this.#pictureNal)) return 'same';
    const picture = readPicture(nal);
    if (picture === null) return 'bad';
    this.#picture = picture;
    this.#pictureNal = nal.slice();
    return 'new';
  }

  /** A stream at its beginning; null while a set is missing. */
  stream(): HealedStream | null {
    if (this.#sequence === null || this.#sequenceNal === null) return null;
    if (this.#picture === null || this.#pictureNal === null) return null;
    if (this.#picture.sequenceId !== this.#sequence.id) return null;
    const prefix = Buffer.concat([START_CODE, this.#sequenceNal, START_CODE, this.#pictureNal]);
    return new HealedStream(this.#sequence, this.#picture, prefix);
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
