import { BitReader } from './bit-reader.ts';
import type { SequenceParameters } from './parameter-sets.ts';

/** Slice types 5 to 9 say that the whole picture has that type; the type itself repeats every 5. */
const SLICE_TYPES = 5;
const INTRA = 2;

export type SliceHeader = {
  /** 0 for the first (and with a Tello the only) slice of a picture. */
  firstMacroblock: number;
  intra: boolean;
  pictureParametersId: number;
  frameNum: number;
};

/**
 * Reads the beginning of a slice header (H.264 7.3.3) of the NAL unit whose header byte is at `start`.
 * Null where it cannot be one: then the unit is damaged from its first bytes on.
 */
export function parseSliceHeader(
  bytes: Uint8Array,
  start: number,
  end: number,
  sequence: SequenceParameters,
): SliceHeader | null {
  const reader = new BitReader(bytes, start + 1, end);
  const firstMacroblock = reader.unsigned();
  const sliceType = reader.unsignedUpTo(2 * SLICE_TYPES - 1);
  const pictureParametersId = reader.unsignedUpTo(255);
  if (sequence.separateColourPlanes) reader.bits(2);
  const frameNum = reader.bits(sequence.log2MaxFrameNum);
  if (reader.failed) return null;
  return {
    firstMacroblock,
    intra: sliceType % SLICE_TYPES === INTRA,
    pictureParametersId,
    frameNum,
  };
}
