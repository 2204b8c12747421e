import { PayloadReader, type PayloadWriter } from './bits.ts';
import type { Picture, Sequence } from './stream-parameters.ts';

/** `slice_type` counts to 4, then again for "all slices of this picture are alike" (H.264 table 7-6). */
const SLICE_TYPES = 5;
export const SLICE_P = 0;
export const SLICE_I = 2;
const IDR = 5;
/** A list has at most 32 entries, so it is not modified more often; the entry after ends it (7.4.3.1). */
const MAX_MODIFICATIONS = 33;
/** Sixteen references and the marking operations that say nothing about one of them. */
const MAX_MARKINGS = 35;
const MAX_REFERENCES = 32;
const ANY = 0xffff_fffe;

/** Luma weight, luma offset, then the same for both chroma planes; null where the default applies. */
type Weight = { luma: readonly number[] | null; chroma: readonly number[] | null };
type Weights = { lumaDenominator: number; chromaDenominator: number; entries: readonly Weight[] };
type Operation = { code: number; values: readonly number[] };

/** A slice header (7.3.3) of an I or P slice of a frame picture, with all that writing it again takes. */
export type SliceHeader = {
  /** Whether later pictures refer to this one: `nal_ref_idc` of the NAL header, 0 to 3. */
  referenceIdc: number;
  idr: boolean;
  firstMb: number;
  type: typeof SLICE_P | typeof SLICE_I;
  pictureId: number;
  frameNum: number;
  idrPictureId: number;
  pocLsb: number;
  /** `delta_pic_order_cnt_bottom`, or the deltas of POC type 1. */
  pocDeltas: readonly number[];
  redundantPicture: number;
  /** Number of references where the slice has its own, null where the PPS tells. */
  ownReferences: number | null;
  /** Commands that reorder the references; null without any. */
  modifications: readonly Operation[] | null;
  weights: Weights | null;
  noOutputOfPrior: boolean;
  longTermReference: boolean;
  /** Adaptive reference marking; null for the sliding window. */
  markings: readonly Operation[] | null;
  cabacInitIdc: number;
  qpDelta: number;
  deblocking: { disabled: number; alpha: number; beta: number } | null;
};

export type ParsedHeader = {
  header: SliceHeader;
  /** Bit offsets in the payload: of `frame_num`, of the POC's low bits, and of what follows the header. */
  frameNumAt: number;
  pocLsbAt: number;
  endsAt: number;
};

/** Why a slice cannot be read: `damaged` contradicts the parameter sets, the others are more than this reads. */
export type HeaderRefusal = 'damaged' | 'bSlice' | 'field';

/** Reads the header at the beginning of a payload that may be cut off somewhere behind it. */
export function readSliceHeader(
  nalHeader: number,
  payload: Uint8Array,
  sequence: Sequence,
  picture: Picture,
): ParsedHeader | HeaderRefusal {
  const referenceIdc = (nalHeader >> 5) & 3;
  const idr = (nalHeader & 0x1f) === IDR;
  const reader = new PayloadReader(payload);
  const firstMb = reader.expGolomb(sequence.widthMbs * sequence.heightMbs - 1);
  const sliceType = reader.expGolomb(2 * SLICE_TYPES - 1) % SLICE_TYPES;
  const pictureId = reader.expGolomb(255);
  if (reader.failed || pictureId !== picture.id || (idr && referenceIdc === 0)) return 'damaged';
  if (sequence.separatePlanes) reader.unsigned(2);
  const frameNumAt = reader.position;
  const frameNum = reader.unsigned(sequence.log2MaxFrameNum);
  if (!sequence.framesOnly && reader.flag()) return 'field';
  if (sliceType !== SLICE_P && sliceType !== SLICE_I) return reader.failed ? 'damaged' : 'bSlice';
  if (idr && (sliceType !== SLICE_I || frameNum !== 0)) return 'damaged';

  const idrPictureId = idr ? reader.expGolomb(65_535) : 0;
  const pocLsbAt = reader.position;
  const pocLsb = sequence.pocType === 0 ? reader.unsigned(sequence.log2MaxPocLsb) : 0;
  const pocDeltas = Array.from({ length: pocDeltaCount(sequence, picture) }, () =>
    reader.signedExpGolomb(ANY / 2),
  );
  const redundantPicture = picture.redundantPictures ? reader.expGolomb(127) : 0;
  const ownReferences =
    sliceType === SLICE_P && reader.flag() ? 1 + reader.expGolomb(MAX_REFERENCES - 1) : null;
  const modifications =
    sliceType === SLICE_P && reader.flag() ? readModifications(reader, sequence) : null;
  const weights =
    sliceType === SLICE_P && picture.weightedP
      ? readWeights(reader, ownReferences ?? picture.references)
      : null;
  const noOutputOfPrior = idr && reader.flag();
  const longTermReference = idr && reader.flag();
  const markings = !idr && referenceIdc > 0 && reader.flag() ? readMarkings(reader) : null;
  const cabacInitIdc = picture.cabac && sliceType === SLICE_P ? reader.expGolomb(2) : 0;
  const qpDelta = reader.signedExpGolomb(52);
  const deblocking = picture.deblockingControl ? readDeblocking(reader) : null;
  const qp = picture.initialQp + qpDelta;
  if (reader.failed || qp < 0 || qp > 51) return 'damaged';
  const header: SliceHeader = {
    referenceIdc,
    idr,
    firstMb,
    type: sliceType,
    pictureId,
    frameNum,
    idrPictureId,
    pocLsb,
    pocDeltas,
    redundantPicture,
    ownReferences,
    modifications,
    weights,
    noOutputOfPrior,
    longTermReference,
    markings,
    cabacInitIdc,
    qpDelta,
    deblocking,
  };
  return { header, frameNumAt, pocLsbAt, endsAt: reader.position };
}

/** Writes the header as `readSliceHeader` reads it, of a frame picture, up to the end of the header. */
export function writeSliceHeader(
  writer: PayloadWriter,
  header: SliceHeader,
  sequence: Sequence,
  picture: Picture,
): void {
  writer.expGolomb(header.firstMb);
  writer.expGolomb(header.type);
  writer.expGolomb(header.pictureId);
  writer.unsigned(header.frameNum, sequence.log2MaxFrameNum);
  if (!sequence.framesOnly) writer.flag(false); // a field
  if (header.idr) writer.expGolomb(header.idrPictureId);
  if (sequence.pocType === 0) writer.unsigned(header.pocLsb, sequence.log2MaxPocLsb);
  for (let i = 0; i < pocDeltaCount(sequence, picture); i++) {
    writer.signedExpGolomb(header.pocDeltas[i] ?? 0);
  }
  if (picture.redundantPictures) writer.expGolomb(header.redundantPicture);
  if (header.type === SLICE_P) {
    writer.flag(header.ownReferences !== null);
    if (header.ownReferences !== null) writer.expGolomb(header.ownReferences - 1);
    writeModifications(writer, header.modifications);
    if (picture.weightedP) writeWeights(writer, header, picture);
  }
  if (header.idr) {
    writer.flag(header.noOutputOfPrior);
    writer.flag(header.longTermReference);
  } else if (header.referenceIdc > 0) {
    writeMarkings(writer, header.markings);
  }
  if (picture.cabac && header.type === SLICE_P) writer.expGolomb(header.cabacInitIdc);
  writer.signedExpGolomb(header.qpDelta);
  if (picture.deblockingControl) writeDeblocking(writer, header.deblocking);
}

function pocDeltaCount(sequence: Sequence, picture: Picture): number {
  if (sequence.pocType === 0) return picture.bottomPocPresent ? 1 : 0;
  if (sequence.pocType === 2 || sequence.deltaPocAlwaysZero) return 0;
  return picture.bottomPocPresent ? 2 : 1;
}

function readModifications(reader: PayloadReader, sequence: Sequence): Operation[] {
  const operations: Operation[] = [];
  for (let i = 0; i < MAX_MODIFICATIONS && !reader.failed; i++) {
    const code = reader.expGolomb(3);
    if (code === 3) return operations;
    // Picture numbers lie below MaxPicNum, long-term ones below the number of references (7.4.3.1).
    const max = code < 2 ? 2 ** sequence.log2MaxFrameNum - 1 : MAX_REFERENCES;
    operations.push({ code, values: [reader.expGolomb(max)] });
  }
  reader.failed = true;
  return operations;
}

function writeModifications(writer: PayloadWriter, operations: readonly Operation[] | null): void {
  writer.flag(operations !== null);
  if (operations === null) return;
  for (const { code, values } of operations) {
    writer.expGolomb(code);
    for (const value of values) writer.expGolomb(value);
  }
  writer.expGolomb(3);
}

function readWeights(reader: PayloadReader, references: number): Weights {
  const lumaDenominator = reader.expGolomb(7);
  const chromaDenominator = reader.expGolomb(7);
  const numbers = (count: number) =>
    reader.flag() ? Array.from({ length: count }, () => reader.signedExpGolomb(128)) : null;
  const entries: Weight[] = [];
  for (let i = 0; i < references; i++) entries.push({ luma: numbers(2), chroma: numbers(4) });
  return { lumaDenominator, chromaDenominator, entries };
}

/** One entry for each reference; the default weight where the header has none. */
function writeWeights(writer: PayloadWriter, header: SliceHeader, picture: Picture): void {
  writer.expGolomb(header.weights?.lumaDenominator ?? 0);
  writer.expGolomb(header.weights?.chromaDenominator ?? 0);
  for (let i = 0; i < (header.ownReferences ?? picture.references); i++) {
    const entry = header.weights?.entries[i];
    for (const numbers of [entry?.luma ?? null, entry?.chroma ?? null]) {
      writer.flag(numbers !== null);
      for (const value of numbers ?? []) writer.signedExpGolomb(value);
    }
  }
}

/** How many numbers follow each memory management control operation (7.3.3.3). */
const MARKING_NUMBERS = [0, 1, 1, 2, 1, 0, 1];

function readMarkings(reader: PayloadReader): Operation[] {
  const operations: Operation[] = [];
  for (let i = 0; i < MAX_MARKINGS && !reader.failed; i++) {
    const code = reader.expGolomb(6);
    if (code === 0) return operations;
    const values = Array.from({ length: MARKING_NUMBERS[code] ?? 0 }, () => reader.expGolomb(ANY));
    operations.push({ code, values });
  }
  reader.failed = true;
  return operations;
}

function writeMarkings(writer: PayloadWriter, operations: readonly Operation[] | null): void {
  writer.flag(operations !== null);
  if (operations === null) return;
  for (const { code, values } of operations) {
    writer.expGolomb(code);
    for (const value of values) writer.expGolomb(value);
  }
  writer.expGolomb(0);
}

function readDeblocking(reader: PayloadReader): SliceHeader['deblocking'] {
  const disabled = reader.expGolomb(2);
  if (disabled === 1) return { disabled, alpha: 0, beta: 0 };
  return { disabled, alpha: reader.signedExpGolomb(6), beta: reader.signedExpGolomb(6) };
}

function writeDeblocking(writer: PayloadWriter, deblocking: SliceHeader['deblocking']): void {
  const { disabled, alpha, beta } = deblocking ?? { disabled: 0, alpha: 0, beta: 0 };
  writer.expGolomb(disabled);
  if (disabled === 1) return;
  writer.signedExpGolomb(alpha);
  writer.signedExpGolomb(beta);
}
