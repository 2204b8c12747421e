import type { Range } from './missing-motion.ts';
import { payloadOf } from './rbsp.ts';
import { HEAD_BYTES } from './renumbered-nal.ts';
import {
  type HeaderRefusal,
  type ParsedHeader,
  readSliceHeader,
  type SliceHeader,
} from './slice-headers.ts';
import type { EndingState } from './slice-writer.ts';
import type { Picture, Sequence } from './stream-parameters.ts';
import type { ReceivedSlice } from './units.ts';

/** The forbidden bit must be 0, so it makes a type of its own. */
const NAL_TYPE_AND_FORBIDDEN = 0x9f;
const NAL_SLICE = 1;
const NAL_IDR = 5;

/** A slice of a picture whose header could be read. */
export type Part = {
  slice: ReceivedSlice;
  parsed: ParsedHeader;
};

/** A part read in full: macroblocks `[header.firstMb, keptEnd)` can be trusted. */
export type ReadPart = Part & {
  payload: Uint8Array;
  dataAt: number;
  /** The last macroblock of the slice is the last one kept: its data stay as they are. */
  whole: boolean;
  keptEnd: number;
  ending: EndingState;
};

export function headerOf(
  nal: Uint8Array,
  stream: { sequence: Sequence; picture: Picture },
): ParsedHeader | HeaderRefusal {
  const type = (nal[0] ?? 0) & NAL_TYPE_AND_FORBIDDEN;
  if (type !== NAL_SLICE && type !== NAL_IDR) return 'damaged';
  const head = payloadOf(nal.subarray(0, 1 + HEAD_BYTES)).bytes;
  return readSliceHeader(nal[0] ?? 0, head, stream.sequence, stream.picture);
}

/** What is the same in all slices of a picture (7.4.1.2.4). */
export function inSamePicture(a: SliceHeader, b: SliceHeader): boolean {
  return (
    a.idr === b.idr &&
    a.frameNum === b.frameNum &&
    a.idrPictureId === b.idrPictureId &&
    a.pocLsb === b.pocLsb &&
    a.referenceIdc > 0 === b.referenceIdc > 0
  );
}

/** By first macroblock; of two with the same one the longer. */
export function inOrder(parts: readonly Part[]): Part[] {
  const ordered = [...parts].sort(
    (a, b) =>
      a.parsed.header.firstMb - b.parsed.header.firstMb || b.slice.nal.length - a.slice.nal.length,
  );
  return ordered.filter(
    (part, index) => part.parsed.header.firstMb !== ordered[index - 1]?.parsed.header.firstMb,
  );
}

/** A part of which nothing can be used. */
export function withoutData(part: ReadPart): ReadPart {
  return { ...part, whole: false, keptEnd: part.parsed.header.firstMb };
}

export function keptRanges(read: readonly ReadPart[]): Range[] {
  return read.map((part) => ({ from: part.parsed.header.firstMb, to: part.keptEnd }));
}
