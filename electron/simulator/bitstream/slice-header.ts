import { BitReader, BitWriter } from './bits.ts';
import { escapePayload, NAL_TYPE, nalType, unescapePayload } from './nal-units.ts';
import type { Pps, Sps } from './parameter-sets.ts';

/** A slice header here is about 5 bytes; this much is unpacked to find its end and some data behind it. */
const HEADER_SEARCH_BYTES = 64;
/** `slice_type` counts to 4, then again for "all slices of this picture are alike". */
const SLICE_P = 0;
const SLICE_I = 2;

export type ParameterSets = { sps: Sps; pps: Pps };

/**
 * Rewrites the header of a CABAC slice (I or P, frame pictures) from one pair of parameter sets to
 * another: other width of `frame_num`, other deblocking control. The slice data stays as it is,
 * since CABAC begins on a byte of its own. `frameNum` is the number of reference pictures since the
 * IDR. Throws `RangeError` where the target cannot say what the source says.
 */
export function rewriteSliceHeader(
  nal: Uint8Array,
  from: ParameterSets,
  to: ParameterSets,
  frameNum: number,
): Uint8Array {
  const head = unescapePayload(nal.subarray(1, 1 + HEADER_SEARCH_BYTES));
  const reader = new BitReader(head);
  const writer = new BitWriter();
  copyHeader(reader, writer, nal, from, to, frameNum);
  while (reader.position % 8 !== 0) reader.bit();
  writer.alignWithOnes();

  // Joined right behind a byte that is not zero: there, emulation prevention starts afresh in both.
  const dataAt = reader.position / 8;
  const joinAt = head.findIndex((byte, index) => index >= dataAt && byte !== 0);
  if (joinAt < 0) throw new RangeError('no slice data behind the slice header');
  const header = writer.bytes();
  const changed = new Uint8Array(header.length + joinAt + 1 - dataAt);
  changed.set(header);
  changed.set(head.subarray(dataAt, joinAt + 1), header.length);
  const escaped = escapePayload(changed);
  const rest = nal.subarray(1 + escapedLength(nal.subarray(1), joinAt + 1));

  const result = new Uint8Array(1 + escaped.length + rest.length);
  result[0] = nal[0] ?? 0;
  result.set(escaped, 1);
  result.set(rest, 1 + escaped.length);
  return result;
}

/** Copies `slice_header()` (ITU-T H.264, 7.3.3) field by field, changing what `to` wants otherwise. */
function copyHeader(
  reader: BitReader,
  writer: BitWriter,
  nal: Uint8Array,
  from: ParameterSets,
  to: ParameterSets,
  frameNum: number,
): void {
  const copyFlag = () => {
    const value = reader.flag();
    writer.flag(value);
    return value;
  };
  const copyNumber = () => {
    const value = reader.expGolomb();
    writer.expGolomb(value);
    return value;
  };
  const isIdr = nalType(nal) === NAL_TYPE.idr;
  const isReference = ((nal[0] ?? 0) & 0x60) !== 0;

  copyNumber(); // first_mb_in_slice
  const sliceType = copyNumber() % 5;
  if (sliceType !== SLICE_P && sliceType !== SLICE_I) throw new RangeError('not an I or P slice');
  copyNumber(); // pic_parameter_set_id
  const oldFrameNum = reader.unsigned(from.sps.log2MaxFrameNum);
  if (oldFrameNum !== frameNum % 2 ** from.sps.log2MaxFrameNum) {
    throw new RangeError(`slice says frame_num ${oldFrameNum}, counted ${frameNum}`);
  }
  writer.unsigned(frameNum % 2 ** to.sps.log2MaxFrameNum, to.sps.log2MaxFrameNum);
  if (isIdr) copyNumber(); // idr_pic_id
  if (from.sps.log2MaxPicOrderCntLsb !== null || from.pps.picOrderPresent) {
    throw new RangeError('order counts are nothing libx264 sends without B-frames');
  }
  const log2MaxOrderCount = to.sps.log2MaxPicOrderCntLsb;
  // Twice, for each picture counts as two fields.
  if (log2MaxOrderCount !== null) {
    writer.unsigned((2 * frameNum) % 2 ** log2MaxOrderCount, log2MaxOrderCount);
  }
  if (sliceType === SLICE_P) {
    if (copyFlag()) copyNumber(); // num_ref_idx_active_override_flag
    if (copyFlag()) throw new RangeError('reordered references are nothing a Tello sends');
  }
  if (isReference) copyReferenceMarking(copyFlag, isIdr);
  if (sliceType === SLICE_P) copyNumber(); // cabac_init_idc
  const qpDelta = reader.signedExpGolomb();
  writer.signedExpGolomb(qpDelta);
  copyDeblocking(reader, writer, from, to);
}

function copyReferenceMarking(copyFlag: () => boolean, isIdr: boolean): void {
  if (isIdr) {
    copyFlag(); // no_output_of_prior_pics_flag
    copyFlag(); // long_term_reference_flag
  } else if (copyFlag()) {
    throw new RangeError('adaptive reference marking is nothing a Tello sends');
  }
}

function copyDeblocking(
  reader: BitReader,
  writer: BitWriter,
  from: ParameterSets,
  to: ParameterSets,
): void {
  let disabled = 0;
  let alpha = 0;
  let beta = 0;
  if (from.pps.deblockingControl) {
    disabled = reader.expGolomb();
    if (disabled !== 1) {
      alpha = reader.signedExpGolomb();
      beta = reader.signedExpGolomb();
    }
  }
  if (to.pps.deblockingControl) {
    writer.expGolomb(disabled);
    if (disabled !== 1) {
      writer.signedExpGolomb(alpha);
      writer.signedExpGolomb(beta);
    }
  } else if (disabled !== 0 || alpha !== 0 || beta !== 0) {
    throw new RangeError('without deblocking control, deblocking must be on and plain');
  }
}

/** How many escaped bytes make the first `rawCount` raw ones. */
function escapedLength(escaped: Uint8Array, rawCount: number): number {
  let zeros = 0;
  let raw = 0;
  let at = 0;
  while (raw < rawCount && at < escaped.length) {
    const byte = escaped[at++] ?? 0;
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    raw++;
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return at;
}
