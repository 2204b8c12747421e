import type { StreamFormat } from '../../../../shared/frames.ts';
import { findStartCode, NAL, startCodeLength, withoutTrailingZeros } from './annex-b.ts';
import { type Burst, type BurstLoss, DatagramBursts } from './datagram-bursts.ts';
import { FrameOrder, LATE } from './frame-order.ts';
import type { ReceivedSlice, ReceivedUnit } from './healing/units.ts';
import { HeldParameterSets } from './held-parameter-sets.ts';
import { MissingPictures } from './missing-pictures.ts';
import { parseSliceHeader, type SliceHeader } from './slice-header.ts';

/** One picture as it came: its slices, and what is known of what did not come. */
export type ReceivedPicture = ReceivedUnit & { format: StreamFormat; keyframe: boolean };

export type AccessUnitSink = {
  /** A parameter set of the stream, without start code, before the pictures it belongs to. */
  parameterSet(nal: Uint8Array): void;
  /** Called from within `push`, as soon as the picture's last datagram is there. */
  picture(picture: ReceivedPicture): void;
  /** `count` pictures that should have come will not. */
  dropped(count: number): void;
  /** Whether a slice, without start code, ends where its picture ends; null where that cannot be read. */
  endsPicture(nal: Uint8Array): boolean | null;
};

/** What went wrong so far, by kind. All but `duplicates`, `malformed` and `waiting` are counted as dropped pictures too. */
export type AccessUnitCounts = Record<
  BurstLoss | 'damaged' | 'late' | 'missing' | 'duplicates' | 'waiting',
  number
>;

/** So many pictures in a row with the same number of slices, and the next one is expected to have it too. */
const PICTURES_TO_COUNT = 3;

type OpenPicture = {
  slices: ReceivedSlice[];
  header: SliceHeader;
  nalHeader: number;
  atUs: number;
};

/**
 * Turns the drone's video datagrams into pictures. Pure: no socket, no clock, no timer.
 *
 * Nothing comes out before SPS, PPS and an IDR picture are there. A Tello sends one slice a picture, so a
 * picture ends with its slice; of a sender of several, it ends with as many as the one before had. A slice
 * whose own header is damaged, that comes late, or that has no start is not delivered.
 *
 * Costs one copy of each byte, and keeps at most `MAX_NAL_BYTES` a slice and a few datagrams in memory.
 */
export class AccessUnitAssembler {
  readonly counts: AccessUnitCounts = {
    headless: 0,
    oversize: 0,
    malformed: 0,
    damaged: 0,
    late: 0,
    missing: 0,
    duplicates: 0,
    waiting: 0,
  };
  readonly #sink: AccessUnitSink;
  readonly #sets = new HeldParameterSets();
  readonly #order = new FrameOrder();
  readonly #missing = new MissingPictures();
  readonly #bursts: DatagramBursts;
  /** The picture whose slices are coming. */
  #picture: OpenPicture | null = null;
  /** Slices of one picture; null until the stream has shown it. */
  #slicesAPicture: number | null = null;
  /** Where it cannot be read from the slices: how many came of the pictures before, and how often in a row. */
  #counted = { slices: 0, times: 0 };
  /** The header of the picture delivered last: a further slice of it came too late for it. */
  #delivered: SliceHeader | null = null;
  /** Whether a keyframe was delivered that the next pictures can refer to. */
  #synchronised = false;
  /** Whether there ever was one; before, pictures that cannot be decoded are no loss. */
  #everSynchronised = false;
  /** Pictures counted as dropped since the last good one: the gap they leave must not count again. */
  #countedSincePicture = 0;
  /** Whether anything odd came since the last picture. */
  #suspicious = false;

  constructor(sink: AccessUnitSink) {
    this.#sink = sink;
    this.#bursts = new DatagramBursts({
      burst: (burst) => this.#takeBurst(burst),
      lost: (reason) => this.#giveUp(reason),
      duplicate: () => {
        this.counts.duplicates++;
      },
    });
  }

  /** Whether something waits for its end; then `closeIfQuiet` wants to be called after `quietUs`. */
  get open(): boolean {
    return this.#bursts.open || this.#picture !== null;
  }

  /** How much quiet ends a unit; it follows what the link does. */
  get quietUs(): number {
    return this.#bursts.quietUs;
  }

  /** Bytes held for the NAL unit under way. */
  get openBytes(): number {
    return this.#bursts.openBytes;
  }

  /** Takes one datagram over (the caller never writes to it again); pictures come out through the sink. */
  push(datagram: Uint8Array, receivedAtUs: number): void {
    this.#bursts.push(datagram, receivedAtUs);
  }

  /** Ends what is under way if nothing arrived for `quietUs`. */
  closeIfQuiet(nowUs: number): void {
    this.#bursts.closeIfQuiet(nowUs);
    const picture = this.#picture;
    if (picture !== null && !this.#bursts.open && nowUs - picture.atUs >= this.quietUs) {
      this.#deliver();
    }
  }

  /** After a long silence: what comes next refers to pictures that are lost, so wait for a keyframe. */
  waitForKeyframe(): void {
    this.#bursts.reset();
    this.#picture = null;
    this.#synchronised = false;
  }

  #takeBurst({ chunks, sizeBytes, ended, atUs }: Burst): void {
    const first = chunks[0];
    if (first === undefined) return;
    const codeBytes = startCodeLength(first);
    const bytes = Buffer.allocUnsafeSlow(sizeBytes - codeBytes);
    const borders: number[] = [];
    let at = -codeBytes;
    for (const chunk of chunks) {
      if (at > 0) borders.push(at);
      if (at < 0) bytes.set(chunk.subarray(codeBytes), 0);
      else bytes.set(chunk, at);
      at += chunk.length;
    }
    const border = findStartCode(bytes, 0);
    if (border < 0) this.#takeNal({ nal: bytes, borders, ended }, atUs);
    else this.#takeSeveral(bytes, border, borders, ended, atUs);
  }

  /** A sender that packs several NAL units together; a Tello was never seen doing so. */
  #takeSeveral(
    bytes: Buffer,
    firstBorder: number,
    borders: readonly number[],
    ended: boolean,
    atUs: number,
  ): void {
    let at = 0;
    let border = firstBorder;
    while (at < bytes.length) {
      const from = at;
      const end = border < 0 ? bytes.length : border;
      const within = borders.filter((each) => each > from && each < end).map((each) => each - from);
      const isLast = border < 0;
      this.#takeNal(
        { nal: bytes.subarray(from, end), borders: within, ended: ended || !isLast },
        atUs,
      );
      if (isLast) return;
      at = border + 3;
      border = findStartCode(bytes, at);
    }
  }

  #takeNal(received: ReceivedSlice, atUs: number): void {
    const nal = received.nal.subarray(
      0,
      withoutTrailingZeros(received.nal, 0, received.nal.length),
    );
    const header = nal[0] ?? 0;
    // Forbidden bit set, or nothing after the header: not a NAL unit.
    if (nal.length < 2 || header > 0x7f) {
      this.#giveUp('damaged');
      return;
    }
    switch (header & 0x1f) {
      case NAL.sps:
      case NAL.pps:
        this.#takeSet(nal, (header & 0x1f) === NAL.sps);
        break;
      case NAL.idr:
      case NAL.slice:
        this.#takeSlice({ ...received, nal }, header, atUs);
        break;
      default:
      // Delimiters, SEI and the like: no decoder needs them here.
    }
  }

  #takeSet(nal: Uint8Array, isSequence: boolean): void {
    this.#deliver();
    const isGood = isSequence ? this.#sets.takeSequence(nal) : this.#sets.takePicture(nal);
    if (isGood) this.#sink.parameterSet(nal);
    else this.#loseSets();
  }

  #takeSlice(slice: ReceivedSlice, nalHeader: number, atUs: number): void {
    const keyframe = (nalHeader & 0x1f) === NAL.idr;
    const { sequence } = this.#sets;
    if (sequence === null || !this.#sets.complete) {
      this.#wait();
      return;
    }
    const header = parseSliceHeader(slice.nal, 0, slice.nal.length, sequence);
    if (header === null || !this.#plausible(header, keyframe)) {
      if (keyframe || this.#synchronised || this.#picture !== null) this.#giveUp('damaged');
      else this.#wait();
      return;
    }
    const open = this.#picture;
    if (open !== null && !continues(open.header, header)) {
      this.#countSlices(open.slices.length);
      this.#deliver();
    }
    if (!keyframe && !this.#synchronised) {
      this.#wait();
      return;
    }
    if (this.#picture === null && this.#isLeftOver(header)) {
      // The picture went out with too few slices: from now on it is waited for.
      this.#slicesAPicture = null;
      this.#suspicious = true;
      return;
    }
    this.#picture ??= { slices: [], header, nalHeader, atUs };
    this.#picture.slices.push(slice);
    this.#picture.atUs = atUs;
    if (this.#isComplete(slice)) this.#deliver();
  }

  /** The next picture begins: so many slices the one before had. */
  #countSlices(slices: number): void {
    const times = this.#counted.slices === slices ? this.#counted.times + 1 : 1;
    this.#counted = { slices, times };
    if (times >= PICTURES_TO_COUNT) this.#slicesAPicture = slices;
  }

  /** Whether nothing more of the open picture can come. */
  #isComplete(slice: ReceivedSlice): boolean {
    const count = this.#picture?.slices.length ?? 0;
    if (this.#slicesAPicture === null && this.#sink.endsPicture(slice.nal) === true) {
      this.#slicesAPicture = count;
    }
    return this.#slicesAPicture !== null && count >= this.#slicesAPicture;
  }

  /** A slice, but no first one, of the picture that was delivered last. */
  #isLeftOver(header: SliceHeader): boolean {
    return (
      header.firstMacroblock > 0 && this.#delivered !== null && continues(this.#delivered, header)
    );
  }

  /** Hands the open picture on, if there is one. */
  #deliver(): void {
    const open = this.#picture;
    this.#picture = null;
    const { sequence, format } = this.#sets;
    if (open === null || sequence === null || format === null) return;
    const { slices, header, nalHeader, atUs } = open;
    const keyframe = (nalHeader & 0x1f) === NAL.idr;
    let missingBefore = 0;
    if (keyframe) this.#startGroup(sequence.log2MaxFrameNum, atUs);
    else {
      const missing = this.#inOrder(
        header.frameNum,
        nalHeader >> 5 !== 0,
        sequence.log2MaxFrameNum,
        atUs,
      );
      if (missing === LATE) return;
      missingBefore = missing;
    }
    const suspicious = this.#suspicious;
    this.#suspicious = false;
    this.#countedSincePicture = 0;
    this.#delivered = header;
    this.#sink.picture({ slices, missingBefore, suspicious, atUs, format, keyframe });
  }

  #startGroup(log2MaxFrameNum: number, atUs: number): void {
    this.#synchronised = true;
    this.#everSynchronised = true;
    this.#sets.fresh = false;
    this.#order.keyframe(log2MaxFrameNum, atUs);
    this.#missing.before(0, atUs);
  }

  /** How many pictures are missing before this one, which are counted; `LATE` if it comes too late to be of use. */
  #inOrder(frameNum: number, reference: boolean, log2MaxFrameNum: number, atUs: number): number {
    let claimed = 0;
    if (this.#sets.fresh && !this.#order.follows(frameNum)) {
      // Parameter sets announce a keyframe; this is none, so that keyframe is lost.
      this.#sets.fresh = false;
      this.#order.keyframe(log2MaxFrameNum, 0);
      claimed = 1;
    }
    const gap = this.#order.next(frameNum, reference, atUs);
    if (gap === LATE) {
      this.counts.late++;
      // It was counted as missing when its successor came.
      return LATE;
    }
    const missing = this.#missing.before(claimed + gap, atUs);
    const uncounted = Math.max(0, missing - this.#countedSincePicture);
    if (uncounted > 0) {
      this.counts.missing += uncounted;
      this.#sink.dropped(uncounted);
    }
    return missing;
  }

  #plausible(slice: SliceHeader, keyframe: boolean): boolean {
    return (
      slice.pictureParametersId === this.#sets.pictureId &&
      (!keyframe || (slice.intra && slice.frameNum === 0))
    );
  }

  #loseSets(): void {
    this.#synchronised = false;
    this.counts.damaged++;
  }

  /** A picture that cannot be decoded for want of a keyframe. Before the first one that is no loss: the stream began in its middle. */
  #wait(): void {
    this.counts.waiting++;
    if (this.#everSynchronised) this.#sink.dropped(1);
  }

  #giveUp(reason: BurstLoss | 'damaged'): void {
    this.counts[reason]++;
    this.#suspicious = true;
    if (reason === 'malformed' || !this.#everSynchronised) return;
    this.#countedSincePicture++;
    this.#sink.dropped(1);
  }
}

/** Whether a slice is a further one of the picture another slice belongs to. */
function continues(open: SliceHeader, slice: SliceHeader): boolean {
  return slice.firstMacroblock > 0 && slice.frameNum === open.frameNum;
}
