import { DamagePlace } from './damage-place.ts';
import { MissingMotion, type Range } from './missing-motion.ts';
import { PictureNumbers } from './picture-numbers.ts';
import { lengthWithStop, offsetInPayload, payloadOf } from './rbsp.ts';
import { referencesAreHeld } from './reference-list.ts';
import { HEAD_BYTES, renumberedNal } from './renumbered-nal.ts';
import {
  type HeaderRefusal,
  type ParsedHeader,
  readSliceHeader,
  SLICE_I,
  type SliceHeader,
} from './slice-headers.ts';
import { type SliceOutcome, SliceParser } from './slice-parser.ts';
import { endedData, type Motion, SliceWriter } from './slice-writer.ts';
import { type Picture, readPicture, readSequence, type Sequence } from './stream-parameters.ts';

/** After a sign of loss every unit is read in full for this long. */
const WATCH_US = 10_000_000;
/** Motion that spans more lost pictures than this is not foretold by the motion before. */
const MAX_STEPS = 3;
/** B slices or fields in short succession that make a stream one of those; each counts less with every unit after it. */
const FOREIGN_SIGNS = 2.5;
const FOREIGN_SIGNS_FADE = 0.9;
/** More slices than this in one picture are a flood; level 4.0 and one slice a line of 720p stay below. */
const MAX_SLICES = 256;
/** The forbidden bit must be 0, so it makes a type of its own. */
const NAL_TYPE_AND_FORBIDDEN = 0x9f;
const NAL_SLICE = 1;
const NAL_IDR = 5;
const NAL_SPS = 7;
const NAL_PPS = 8;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

/** One slice as it came: a NAL unit that begins with its header byte, without start code. */
export type ReceivedSlice = {
  nal: Uint8Array;
  /** Offsets in `nal` where its second, third, … datagram begins, ascending: there something may be missing. */
  borders: readonly number[];
  /** Whether its last datagram was a short one, so that its end is known to be there. */
  ended: boolean;
};

/** The slices of one picture, in the order in which they came. */
export type ReceivedUnit = {
  slices: readonly ReceivedSlice[];
  /** How many pictures before this one never came, as far as is known. */
  missingBefore: number;
  /** Whether anything was lost, late or torn around this unit. */
  suspicious: boolean;
  /** Arrival of the last datagram. */
  atUs: number;
};

export type HealedUnit = {
  /** Annex B with 4-byte start codes; a keyframe begins with its SPS and PPS. */
  data: Uint8Array;
  keyframe: boolean;
  /** `passed`: not read beyond its header. `whole`: read, nothing is missing. `healed`: a part of it is a copy of the picture before, or flat. `filled`: made up in place of a lost one. */
  state: 'passed' | 'whole' | 'healed' | 'filled';
};

/** What happened so far, by kind; each is a number of units unless it says otherwise. */
export type HealingCounts = {
  passed: number;
  whole: number;
  healed: number;
  /** Made up in place of lost ones, beside those that came. */
  filled: number;
  /** Of all that were handed on: those with other numbers than they came with. */
  renumbered: number;
  /** Of the healed ones: keyframes that became a part of their group for want of their rest. */
  demotedKeyframes: number;
  /** Of the healed ones: keyframes with nothing before them, whose rest is flat. */
  flatKeyframes: number;
  /** Of the healed ones: those with no trustworthy macroblock. */
  replaced: number;
  /** Macroblocks of healed units that were made up. */
  madeUpMacroblocks: number;
  /** Not handed on: no parameter sets or keyframe yet. */
  waiting: number;
  /** Not handed on: no slice with a readable header. */
  unreadable: number;
  /** Not handed on: nothing refers to them, and so it is with the picture before, which cannot be told by POC type 2. */
  unorderable: number;
  /** Of the passed ones: those of a stream this cannot heal (CAVLC, B pictures, fields, …). */
  foreign: number;
  /** Parameter sets that contradict themselves; the ones before stay. */
  badParameterSets: number;
};

type Stream = {
  sequence: Sequence;
  picture: Picture;
  prefix: Uint8Array;
  writer: SliceWriter;
  motion: MissingMotion;
  numbers: PictureNumbers;
  /** Whether slices can be read in full; otherwise damage stays, but the numbers are right. */
  readable: boolean;
  /** B slices or fields were seen: their order cannot be numbered anew, so all goes on as it comes. */
  foreign: boolean;
  foreignSigns: number;
};

type Part = {
  slice: ReceivedSlice;
  parsed: ParsedHeader;
};

/** A part read in full: macroblocks `[header.firstMb, keptEnd)` can be trusted. */
type ReadPart = Part & {
  payload: Uint8Array;
  dataAt: number;
  /** The last macroblock of the slice is the last one kept: its data stay as they are. */
  whole: boolean;
  keptEnd: number;
  ending: { taken: number; range: number; offset: number };
};

/**
 * Makes units that always decode out of units that were damaged on the way: one stream's healer, pure.
 *
 * Every picture handed on is numbered anew, so that a decoder never knows of a missing one. Where slices
 * are read in full, one with damage is ended at the last macroblock to be trusted, and the rest of its
 * picture is copied from the picture before, with motion; a lost picture is made up where things move.
 *
 * Reading costs 1.3 to 2 ms a P picture of 960x720 and 4 to 5 ms an IDR, 5 points of one core at 30
 * pictures a second, so not all is read: every IDR, every unit whose last datagram was not short, and
 * everything for `WATCH_US` after a sign of loss. The first damaged unit of a clean period is caught by
 * one of these, unless it is a P picture that lost a datagram in its middle and nothing else happened
 * in the ten seconds before: that one is handed on as it is, and the viewer's decoder has to cope.
 */
export class Healer {
  readonly counts: HealingCounts = {
    passed: 0,
    whole: 0,
    healed: 0,
    filled: 0,
    renumbered: 0,
    demotedKeyframes: 0,
    flatKeyframes: 0,
    replaced: 0,
    madeUpMacroblocks: 0,
    waiting: 0,
    unreadable: 0,
    unorderable: 0,
    foreign: 0,
    badParameterSets: 0,
  };
  #sequenceNal: Uint8Array | null = null;
  #pictureNal: Uint8Array | null = null;
  #sequence: Sequence | null = null;
  #picture: Picture | null = null;
  #stream: Stream | null = null;
  #parser: SliceParser | null = null;
  #damage = new DamagePlace();
  /** Whether a keyframe was handed on that the next units can refer to. */
  #synchronised = false;
  #watchUntilUs = Number.NEGATIVE_INFINITY;

  /** Forgets the pictures before: the source started again, and what comes next refers to none of them. */
  reset(): void {
    this.#begin();
    this.#watchUntilUs = Number.NEGATIVE_INFINITY;
  }

  /**
   * Whether a slice belongs to the same picture as the one before it, both as they came: for whoever puts
   * units together. False where a header cannot be read.
   */
  continues(before: Uint8Array, nal: Uint8Array): boolean {
    if (this.#stream === null) return false;
    const first = headerOf(before, this.#stream);
    const second = headerOf(nal, this.#stream);
    if (typeof first === 'string' || typeof second === 'string') return false;
    return (
      second.header.firstMb > first.header.firstMb && inSamePicture(first.header, second.header)
    );
  }

  /** Something was lost that no unit tells of: a datagram without a beginning, a decoder's complaint. */
  noticeLoss(atUs: number): void {
    this.#watchUntilUs = Math.max(this.#watchUntilUs, atUs + WATCH_US);
  }

  /** Whether units are read in full at this time. */
  watching(nowUs: number): boolean {
    return nowUs < this.#watchUntilUs;
  }

  /** A sequence or picture parameter set as it came, without start code; copied. Others are ignored. */
  takeParameterSet(nal: Uint8Array): void {
    const type = (nal[0] ?? 0) & 0x1f;
    if (type === NAL_SPS) this.#takeSequence(nal);
    else if (type === NAL_PPS) this.#takePicture(nal);
  }

  /** The units to hand on, in this order; often one, sometimes none. Never throws, whatever came. */
  heal(unit: ReceivedUnit): HealedUnit[] {
    if (unit.suspicious || unit.missingBefore > 0) this.noticeLoss(unit.atUs);
    const stream = this.#stream;
    if (stream === null) return this.#nothing('waiting');
    const parts = this.#readHeaders(unit, stream);
    if (stream.foreign) return this.#passUntouched(unit, stream);
    stream.foreignSigns *= FOREIGN_SIGNS_FADE;
    const [first] = parts;
    if (first === undefined) return this.#nothing('unreadable');
    const { header } = first.parsed;
    if (!header.idr && !this.#synchronised) return this.#nothing('waiting');
    const { pocType } = stream.sequence;
    if (pocType === 2 && header.referenceIdc === 0 && !stream.numbers.lastWasReference) {
      return this.#nothing('unorderable');
    }
    if (!stream.readable) this.counts.foreign++;
    const worthReading =
      header.idr || this.watching(unit.atUs) || parts.some((part) => !part.slice.ended);
    const reads =
      stream.readable && (worthReading || !parts.every((part) => isReferable(part, stream)));
    if (!reads) stream.motion.pass();
    const units = reads ? this.#read(unit, parts, stream) : [this.#pass(parts, stream, 'passed')];
    if (header.idr) this.#synchronised = true;
    return units;
  }

  /**
   * Whether a slice that is whole reaches the end of its picture: so a stream of one slice a picture is told
   * from one of several. Null where that cannot be known.
   */
  endsPicture(nal: Uint8Array): boolean | null {
    const stream = this.#stream;
    if (stream === null || !stream.readable || stream.foreign) return null;
    const parsed = headerOf(nal, stream);
    if (typeof parsed === 'string') return null;
    const total = stream.sequence.widthMbs * stream.sequence.heightMbs;
    const slice = { nal, borders: [], ended: true };
    const { whole, keptEnd } = this.#readPart({ slice, parsed }, stream, total);
    return whole ? keptEnd === total : null;
  }

  #nothing(kind: 'waiting' | 'unreadable' | 'unorderable'): HealedUnit[] {
    this.counts[kind]++;
    return [];
  }

  // Parameter sets

  #takeSequence(nal: Uint8Array): void {
    if (this.#sequenceNal !== null && same(nal, this.#sequenceNal)) return;
    const sequence = readSequence(nal);
    if (sequence === null) {
      this.counts.badParameterSets++;
      return;
    }
    this.#sequence = sequence;
    this.#sequenceNal = nal.slice();
    // A picture set belongs to the sequence set it came with.
    this.#picture = null;
    this.#pictureNal = null;
    this.#parser = null;
    this.#damage = new DamagePlace();
    this.#begin();
  }

  #takePicture(nal: Uint8Array): void {
    if (this.#pictureNal !== null && same(nal, this.#pictureNal)) return;
    const picture = readPicture(nal);
    if (picture === null) {
      this.counts.badParameterSets++;
      return;
    }
    this.#picture = picture;
    this.#pictureNal = nal.slice();
    this.#begin();
  }

  #begin(): void {
    this.#synchronised = false;
    this.#stream = null;
    if (this.#sequence === null || this.#sequenceNal === null) return;
    if (this.#picture === null || this.#pictureNal === null) return;
    if (this.#picture.sequenceId !== this.#sequence.id) return;
    const { cabac, sliceGroups } = this.#picture;
    const { framesOnly, plain420 } = this.#sequence;
    this.#stream = {
      sequence: this.#sequence,
      picture: this.#picture,
      prefix: concat([START_CODE, this.#sequenceNal, START_CODE, this.#pictureNal]),
      writer: new SliceWriter(this.#sequence, this.#picture),
      motion: new MissingMotion(this.#sequence),
      numbers: new PictureNumbers(this.#sequence),
      readable: cabac && !sliceGroups && framesOnly && plain420,
      foreign: false,
      foreignSigns: 0,
    };
  }

  // Units

  /** The slices that can be told to belong to one picture. */
  #readHeaders(unit: ReceivedUnit, stream: Stream): Part[] {
    const parts: Part[] = [];
    for (const slice of unit.slices.slice(0, MAX_SLICES)) {
      const parsed = headerOf(slice.nal, stream);
      if (parsed === 'bSlice' || parsed === 'field') this.#suspectForeign(stream);
      if (typeof parsed === 'string' || parsed.header.redundantPicture > 0) continue;
      const first = parts[0]?.parsed.header ?? parsed.header;
      if (inSamePicture(first, parsed.header)) parts.push({ slice, parsed });
    }
    return parts;
  }

  /** One such slice is a damaged header; a stream of that kind has them all the time. */
  #suspectForeign(stream: Stream): void {
    stream.foreignSigns += 1;
    if (stream.foreignSigns > FOREIGN_SIGNS) stream.foreign = true;
  }

  #passUntouched(unit: ReceivedUnit, stream: Stream): HealedUnit[] {
    const nals = unit.slices.map(({ nal }) => nal);
    const keyframe = nals.every((nal) => ((nal[0] ?? 0) & 0x1f) === NAL_IDR);
    if (!keyframe && !this.#synchronised) return this.#nothing('waiting');
    this.#synchronised = true;
    this.counts.foreign++;
    this.counts.passed++;
    const slices = nals.flatMap((nal) => [START_CODE, nal]);
    const data = concat(keyframe ? [stream.prefix, ...slices] : slices);
    return [{ data, keyframe, state: 'passed' }];
  }

  #pass(parts: readonly Part[], stream: Stream, state: 'passed' | 'whole'): HealedUnit {
    const { header } = firstOf(parts).parsed;
    const keyframe = header.idr;
    const number = stream.numbers.next(header.idr, header.referenceIdc > 0, header.pocLsb);
    const nals = parts.map(({ slice, parsed }) =>
      renumberedNal(slice.nal, parsed, number, stream.sequence),
    );
    if (header.frameNum !== number.frameNum) this.counts.renumbered++;
    this.counts[state]++;
    return { data: keyframe ? concat([stream.prefix, ...nals]) : concat(nals), keyframe, state };
  }

  #read(unit: ReceivedUnit, parts: readonly Part[], stream: Stream): HealedUnit[] {
    const total = stream.sequence.widthMbs * stream.sequence.heightMbs;
    const ordered = inOrder(parts);
    const endOf = (index: number) => ordered[index + 1]?.parsed.header.firstMb ?? total;
    let read = ordered.map((part, index) => this.#readPart(part, stream, endOf(index)));
    const missing = this.#synchronised ? Math.min(unit.missingBefore, MAX_STEPS) : 0;
    const filled = missing > 0 ? this.#filled(read, stream, missing, total) : null;
    read = read.map((part) => (isReferable(part, stream) ? part : withoutData(part)));
    const intact =
      ordered[0]?.parsed.header.firstMb === 0 &&
      read.every((part, index) => part.whole && part.keptEnd === endOf(index));
    const steps = filled === null ? 1 + missing : 1;
    const motion = intact ? null : this.#missingMotion(read, stream, steps);
    this.#keepMotion(read, stream);
    if (!intact) this.noticeLoss(unit.atUs);
    const present = intact
      ? this.#pass(ordered, stream, 'whole')
      : this.#healed(read, stream, total, motion);
    return filled === null ? [present] : [filled, present];
  }

  /** A picture in place of those that were lost, so that the one behind finds what it refers to where it looks for it. */
  #filled(
    read: readonly ReadPart[],
    stream: Stream,
    missing: number,
    total: number,
  ): HealedUnit | null {
    const { header } = firstOf(read).parsed;
    if (this.#parser === null || header.type === SLICE_I || header.referenceIdc === 0) return null;
    const motion = stream.motion.between(this.#parser.records, keptRanges(read), missing);
    if (motion === null) return null;
    const number = stream.numbers.nextFilled();
    const data = stream.writer.copied({ ...header, ...number, markings: null }, 0, total, motion);
    this.counts.filled++;
    return { data, keyframe: false, state: 'filled' };
  }

  #missingMotion(read: readonly ReadPart[], stream: Stream, steps: number): Motion | null {
    return this.#parser === null
      ? null
      : stream.motion.guess(this.#parser.records, keptRanges(read), steps);
  }

  #keepMotion(read: readonly ReadPart[], stream: Stream): void {
    const intra = read.every((part) => part.parsed.header.type === SLICE_I);
    if (this.#parser === null || intra) stream.motion.pass();
    else stream.motion.keep(this.#parser.records, keptRanges(read));
  }

  #readPart(part: Part, stream: Stream, limit: number): ReadPart {
    const { header, endsAt } = part.parsed;
    this.#parser ??= new SliceParser(stream.sequence);
    const parser = this.#parser;
    const payload = payloadOf(part.slice.nal);
    const endAt = lengthWithStop(payload.bytes);
    const dataAt = (endsAt + 7) >> 3;
    const intra = header.type === SLICE_I;
    const outcome = parser.parse(payload.bytes, dataAt, endAt, header, stream.picture, limit);
    const whole = outcome.failure === null;
    if (whole) this.#damage.learn(intra, outcome, parser.records);
    const keptEnd = whole ? outcome.endMb : this.#cut(part, payload, outcome, limit, intra);
    const { taken, range, offset } = parser.records;
    const last = keptEnd - 1;
    const ending = { taken: taken[last] ?? 0, range: range[last] ?? 0, offset: offset[last] ?? 0 };
    return { ...part, payload: payload.bytes, dataAt, whole, keptEnd, ending };
  }

  #cut(
    part: Part,
    payload: ReturnType<typeof payloadOf>,
    outcome: SliceOutcome,
    limit: number,
    intra: boolean,
  ): number {
    if (this.#parser === null) return part.parsed.header.firstMb;
    const borders = part.slice.borders.map((border) => offsetInPayload(payload, border));
    const truncated = !part.slice.ended;
    return this.#damage.find(intra, outcome, this.#parser.records, borders, truncated, limit);
  }

  #healed(
    read: readonly ReadPart[],
    stream: Stream,
    total: number,
    motion: Motion | null,
  ): HealedUnit {
    const { header: original } = firstOf(read).parsed;
    const demoted = original.idr && this.#synchronised;
    const keyframe = original.idr && !demoted;
    const number = stream.numbers.next(keyframe, original.referenceIdc > 0, original.pocLsb);
    const template: SliceHeader = { ...original, idr: keyframe, ...number, markings: null };
    const nals: Uint8Array[] = keyframe ? [stream.prefix] : [];
    let at = 0;
    let madeUp = 0;
    const makeUp = (end: number) => {
      if (end <= at) return;
      nals.push(
        keyframe
          ? stream.writer.flat(template, at, end)
          : stream.writer.copied(template, at, end, motion),
      );
      madeUp += end - at;
    };
    for (const part of read) {
      const { header } = part.parsed;
      if (part.keptEnd <= header.firstMb) continue;
      makeUp(header.firstMb);
      const data = part.whole
        ? part.payload.subarray(part.dataAt)
        : endedData(part.payload, part.dataAt, part.ending);
      nals.push(stream.writer.slice({ ...header, idr: keyframe, ...number, markings: null }, data));
      at = part.keptEnd;
    }
    makeUp(total);
    this.counts.healed++;
    this.counts.madeUpMacroblocks += madeUp;
    if (madeUp === total) this.counts.replaced++;
    if (demoted) this.counts.demotedKeyframes++;
    if (keyframe) this.counts.flatKeyframes++;
    if (original.frameNum !== number.frameNum) this.counts.renumbered++;
    return { data: concat(nals), keyframe, state: 'healed' };
  }
}

function headerOf(nal: Uint8Array, stream: Stream): ParsedHeader | HeaderRefusal {
  const type = (nal[0] ?? 0) & NAL_TYPE_AND_FORBIDDEN;
  if (type !== NAL_SLICE && type !== NAL_IDR) return 'damaged';
  const head = payloadOf(nal.subarray(0, 1 + HEAD_BYTES)).bytes;
  return readSliceHeader(nal[0] ?? 0, head, stream.sequence, stream.picture);
}

/** What is the same in all slices of a picture (7.4.1.2.4). */
function inSamePicture(a: SliceHeader, b: SliceHeader): boolean {
  return (
    a.idr === b.idr &&
    a.frameNum === b.frameNum &&
    a.idrPictureId === b.idrPictureId &&
    a.pocLsb === b.pocLsb &&
    a.referenceIdc > 0 === b.referenceIdc > 0
  );
}

/** By first macroblock; of two with the same one the longer. */
function inOrder(parts: readonly Part[]): Part[] {
  const ordered = [...parts].sort(
    (a, b) =>
      a.parsed.header.firstMb - b.parsed.header.firstMb || b.slice.nal.length - a.slice.nal.length,
  );
  return ordered.filter(
    (part, index) => part.parsed.header.firstMb !== ordered[index - 1]?.parsed.header.firstMb,
  );
}

/** Whether a decoder has all that the slice refers to; a stream without loss needs no such doubt. */
function isReferable(
  { parsed: { header } }: Part,
  { numbers, sequence, picture }: Stream,
): boolean {
  const frameNum = numbers.upcoming;
  if (header.type === SLICE_I || header.frameNum === frameNum) return true;
  const maxFrameNum = 2 ** sequence.log2MaxFrameNum;
  const held = numbers.references;
  return referencesAreHeld(header, picture.references, frameNum, maxFrameNum, held);
}

/** A part of which nothing can be used. */
function withoutData(part: ReadPart): ReadPart {
  return { ...part, whole: false, keptEnd: part.parsed.header.firstMb };
}

function keptRanges(read: readonly ReadPart[]): Range[] {
  return read.map((part) => ({ from: part.parsed.header.firstMb, to: part.keptEnd }));
}

function firstOf<T>(parts: readonly T[]): T {
  const [first] = parts;
  if (first === undefined) throw new RangeError('a picture has a slice');
  return first;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && Buffer.compare(a, b) === 0;
}
