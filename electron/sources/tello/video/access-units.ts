import type { StreamFormat } from '../../../../shared/frames.ts';
import {
  findStartCode,
  NAL,
  START_CODE,
  START_CODE_BYTES,
  startCodeLength,
  withoutTrailingZeros,
} from './annex-b.ts';
import { type BurstLoss, DatagramBursts } from './datagram-bursts.ts';
import { FrameOrder, LATE } from './frame-order.ts';
import { HeldParameterSets } from './held-parameter-sets.ts';
import { parseSliceHeader, type SliceHeader } from './slice-header.ts';

/** One picture, Annex B with 4-byte start codes; a keyframe begins with its SPS and PPS. */
export type AccessUnit = {
  format: StreamFormat;
  keyframe: boolean;
  whole: boolean;
  /** Arrival of its last datagram. */
  capturedAtUs: number;
  data: Uint8Array;
};

export type AccessUnitSink = {
  /** Called from within `push`, as soon as the unit's last datagram is there. */
  unit(unit: AccessUnit): void;
  /** `count` units that should have come will not. */
  dropped(count: number): void;
};

/** What went wrong so far, by kind. All but `duplicates`, `malformed` and `waiting` are counted as dropped units too. */
export type AccessUnitCounts = Record<
  BurstLoss | 'damaged' | 'late' | 'missing' | 'duplicates' | 'waiting',
  number
>;

/**
 * Turns the drone's video datagrams into access units. Pure: no socket, no clock, no timer.
 *
 * Nothing comes out before SPS, PPS and an IDR picture are there. Later, units are delivered even when
 * `frame_num` shows that one is missing before them: a smeared moving picture flies better than a frozen
 * one, and the painter recovers from decode errors by itself; the gap is counted. A unit whose own
 * header is damaged, that comes late, or that has no start is not delivered.
 *
 * Costs one copy of each byte, and keeps at most `MAX_NAL_BYTES` and a few datagrams in memory.
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
  readonly #bursts: DatagramBursts;
  /** Whether a keyframe was delivered that the next units can refer to. */
  #synchronised = false;
  /** Whether there ever was one; before, units that cannot be decoded are no loss. */
  #everSynchronised = false;
  /** Units counted as dropped since the last good one: the gap they leave must not count again. */
  #countedSinceUnit = 0;

  constructor(sink: AccessUnitSink) {
    this.#sink = sink;
    this.#bursts = new DatagramBursts({
      burst: (chunks, sizeBytes, lastAtUs) => this.#takeBurst(chunks, sizeBytes, lastAtUs),
      lost: (reason) => this.#giveUp(reason),
      duplicate: () => {
        this.counts.duplicates++;
      },
    });
  }

  /** Whether datagrams wait for the end of their unit; then `closeIfQuiet` wants to be called some time. */
  get open(): boolean {
    return this.#bursts.open;
  }

  /** Bytes held for the unit under way. */
  get openBytes(): number {
    return this.#bursts.openBytes;
  }

  /** Takes one datagram over (the caller never writes to it again); units come out through the sink. */
  push(datagram: Uint8Array, receivedAtUs: number): void {
    this.#bursts.push(datagram, receivedAtUs);
  }

  /** Ends the unit under way if nothing arrived for `quietUs`. */
  closeIfQuiet(nowUs: number, quietUs: number): void {
    this.#bursts.closeIfQuiet(nowUs, quietUs);
  }

  /** After a long silence: what comes next refers to pictures that are lost, so wait for a keyframe. */
  waitForKeyframe(): void {
    this.#bursts.reset();
    this.#synchronised = false;
  }

  #takeBurst(chunks: readonly Uint8Array[], sizeBytes: number, atUs: number): void {
    const first = chunks[0];
    if (first === undefined) return;
    const codeBytes = startCodeLength(first);
    const type = (first[codeBytes] ?? 0) & 0x1f;
    // Room for what goes before the NAL unit, so that its bytes are copied only once.
    const prefixBytes = type === NAL.idr ? this.#sets.prefix.length : 0;
    const nalAt = prefixBytes + START_CODE_BYTES;
    const bytes = Buffer.allocUnsafeSlow(nalAt + sizeBytes - codeBytes);
    let at = nalAt - codeBytes;
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    bytes.set(START_CODE, prefixBytes);

    const border = findStartCode(bytes, nalAt);
    if (border < 0) this.#takeNal(bytes, nalAt, bytes.length, atUs);
    else this.#takeSeveral(bytes, nalAt, border, atUs);
  }

  /** A sender that packs several NAL units together; a Tello was never seen doing so. */
  #takeSeveral(bytes: Buffer, firstAt: number, firstBorder: number, atUs: number): void {
    let at = firstAt;
    let border = firstBorder;
    while (at < bytes.length) {
      const end = border < 0 ? bytes.length : border;
      const prefixBytes = ((bytes[at] ?? 0) & 0x1f) === NAL.idr ? this.#sets.prefix.length : 0;
      const nalAt = prefixBytes + START_CODE_BYTES;
      const copy = Buffer.allocUnsafeSlow(nalAt + end - at);
      copy.set(START_CODE, prefixBytes);
      copy.set(bytes.subarray(at, end), nalAt);
      this.#takeNal(copy, nalAt, copy.length, atUs);
      if (border < 0) return;
      at = border + 3;
      border = findStartCode(bytes, at);
    }
  }

  /** `bytes[nalAt, …)` is a NAL unit; before it lie its start code and, for an IDR, room for the parameter sets. */
  #takeNal(bytes: Uint8Array, nalAt: number, untrimmedEnd: number, atUs: number): void {
    const end = withoutTrailingZeros(bytes, nalAt, untrimmedEnd);
    const header = bytes[nalAt] ?? 0;
    // Forbidden bit set, or nothing after the header: not a NAL unit.
    if (end - nalAt < 2 || header > 0x7f) {
      this.#giveUp('damaged');
      return;
    }
    switch (header & 0x1f) {
      case NAL.sps:
        if (!this.#sets.takeSequence(bytes.subarray(nalAt, end))) this.#loseSets();
        break;
      case NAL.pps:
        if (!this.#sets.takePicture(bytes.subarray(nalAt, end))) this.#loseSets();
        break;
      case NAL.idr:
      case NAL.slice:
        this.#takeSlice(bytes, nalAt, end, atUs);
        break;
      default:
      // Delimiters, SEI and the like: no decoder needs them here.
    }
  }

  #takeSlice(bytes: Uint8Array, nalAt: number, end: number, atUs: number): void {
    const header = bytes[nalAt] ?? 0;
    const keyframe = (header & 0x1f) === NAL.idr;
    const { sequence, format } = this.#sets;
    if (
      sequence === null ||
      format === null ||
      !this.#sets.complete ||
      !(keyframe || this.#synchronised)
    ) {
      this.#wait();
      return;
    }
    const slice = parseSliceHeader(bytes, nalAt, end, sequence);
    if (slice === null || !this.#plausible(slice, keyframe)) {
      this.#giveUp('damaged');
      return;
    }
    if (keyframe) this.#startGroup(sequence.log2MaxFrameNum, atUs);
    else if (!this.#inOrder(slice.frameNum, header >> 5 !== 0, sequence.log2MaxFrameNum, atUs))
      return;

    this.#countedSinceUnit = 0;
    const from = keyframe ? 0 : nalAt - START_CODE_BYTES;
    if (keyframe) bytes.set(this.#sets.prefix, 0);
    const data = new Uint8Array(bytes.buffer, bytes.byteOffset + from, end - from);
    this.#sink.unit({ format, keyframe, whole: true, capturedAtUs: atUs, data });
  }

  #startGroup(log2MaxFrameNum: number, atUs: number): void {
    this.#synchronised = true;
    this.#everSynchronised = true;
    this.#sets.fresh = false;
    this.#order.keyframe(log2MaxFrameNum, atUs);
  }

  /** Counts what is missing before this unit; false if the unit itself comes too late to be of use. */
  #inOrder(frameNum: number, reference: boolean, log2MaxFrameNum: number, atUs: number): boolean {
    let missing = 0;
    if (this.#sets.fresh && !this.#order.follows(frameNum)) {
      // Parameter sets announce a keyframe; this is none, so that keyframe is lost.
      this.#sets.fresh = false;
      this.#order.keyframe(log2MaxFrameNum, 0);
      missing = 1;
    }
    const gap = this.#order.next(frameNum, reference, atUs);
    if (gap === LATE) {
      this.counts.late++;
      // It was counted as missing when its successor came.
      return false;
    }
    missing = Math.max(0, missing + gap - this.#countedSinceUnit);
    if (missing > 0) {
      this.counts.missing += missing;
      this.#sink.dropped(missing);
    }
    return true;
  }

  #plausible(slice: SliceHeader, keyframe: boolean): boolean {
    return (
      slice.firstMacroblock === 0 &&
      slice.pictureParametersId === this.#sets.pictureId &&
      (!keyframe || (slice.intra && slice.frameNum === 0))
    );
  }

  #loseSets(): void {
    this.#synchronised = false;
    this.counts.damaged++;
  }

  /** A unit that cannot be decoded for want of a keyframe. Before the first one that is no loss: the stream began in its middle. */
  #wait(): void {
    this.counts.waiting++;
    if (this.#everSynchronised) this.#sink.dropped(1);
  }

  #giveUp(reason: BurstLoss | 'damaged'): void {
    this.counts[reason]++;
    if (reason === 'malformed' || !this.#everSynchronised) return;
    this.#countedSinceUnit++;
    this.#sink.dropped(1);
  }
}
