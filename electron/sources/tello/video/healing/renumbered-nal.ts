import { patchBits } from './bits.ts';
import type { PictureNumber } from './picture-numbers.ts';
import { annexBNal, payloadOf } from './rbsp.ts';
import type { ParsedHeader } from './slice-headers.ts';
import type { Sequence } from './stream-parameters.ts';

/** A Tello's slice header has some 5 bytes; with sixteen references, all weighted and reordered, it has 250. */
export const HEAD_BYTES = 256;
const START_CODE = Uint8Array.of(0, 0, 0, 1);

/** The NAL unit with its start code, and these numbers in place of its own; everything else as it came. */
export function renumberedNal(
  nal: Uint8Array,
  parsed: ParsedHeader,
  number: PictureNumber,
  sequence: Sequence,
): Uint8Array {
  const { header, frameNumAt, pocLsbAt } = parsed;
  const samePoc = sequence.pocType !== 0 || header.pocLsb === number.pocLsb;
  if (header.frameNum === number.frameNum && samePoc) return withStartCode(nal);

  const headEnd = joint(nal);
  const head = payloadOf(nal.subarray(0, headEnd)).bytes;
  patchBits(head, frameNumAt, sequence.log2MaxFrameNum, number.frameNum);
  if (sequence.pocType === 0) patchBits(head, pocLsbAt, sequence.log2MaxPocLsb, number.pocLsb);
  const front = annexBNal(nal[0] ?? 0, head);
  const out = new Uint8Array(front.length + nal.length - headEnd);
  out.set(front);
  out.set(nal.subarray(headEnd), front.length);
  return out;
}

/** End of the head: right behind a byte that no emulation prevention is about, so that it starts afresh there. */
function joint(nal: Uint8Array): number {
  let end = Math.min(nal.length, 1 + HEAD_BYTES);
  while (end < nal.length && (nal[end - 1] ?? 0) <= 3) end++;
  return end;
}

function withStartCode(nal: Uint8Array): Uint8Array {
  const out = new Uint8Array(START_CODE.length + nal.length);
  out.set(START_CODE);
  out.set(nal, START_CODE.length);
  return out;
}
