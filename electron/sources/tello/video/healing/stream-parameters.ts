import { PayloadReader } from './bits.ts';
import { lengthWithStop, payloadOf } from './rbsp.ts';

const SPS = 7;
const PPS = 8;
/** Profiles whose SPS carries chroma format, bit depths and scaling lists (H.264 7.3.2.1.1). */
const PROFILES_WITH_CHROMA_FORMAT = new Set([
  44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244,
]);
const YUV_420 = 1;
/** The largest frame of level 5.1 in macroblocks (table A-1); more is a damaged SPS, and memory grows with it. */
const MAX_MACROBLOCKS = 36_864;
/** No side is longer than this many macroblocks at level 5.1: sqrt(8 · 36,864). */
const MAX_SIDE_MACROBLOCKS = 543;
/** The largest exp-Golomb value where the standard names none smaller: 32 bits. */
const ANY = 0xffff_fffe;

/** What of a sequence parameter set the healing of its slices needs. */
export type Sequence = {
  id: number;
  log2MaxFrameNum: number;
  pocType: 0 | 1 | 2;
  log2MaxPocLsb: number;
  /** POC type 1: no `delta_pic_order_cnt` in slice headers. */
  deltaPocAlwaysZero: boolean;
  maxReferences: number;
  widthMbs: number;
  heightMbs: number;
  framesOnly: boolean;
  separatePlanes: boolean;
  /** 8 bits a sample, two luma samples for one of chroma in both directions, no lossless mode. */
  plain420: boolean;
};

/** What of a picture parameter set the healing of its slices needs. */
export type Picture = {
  id: number;
  sequenceId: number;
  cabac: boolean;
  /** Slice headers carry the POC of the bottom field, or a second POC delta. */
  bottomPocPresent: boolean;
  sliceGroups: boolean;
  references: number;
  weightedP: boolean;
  initialQp: number;
  deblockingControl: boolean;
  constrainedIntra: boolean;
  redundantPictures: boolean;
  transform8x8: boolean;
};

/** Reads a sequence parameter set (7.3.2.1.1), a NAL unit without start code; null for anything damaged. */
export function readSequence(nal: Uint8Array): Sequence | null {
  if (((nal[0] ?? 0) & 0x9f) !== SPS) return null;
  const { bytes } = payloadOf(nal);
  const reader = new PayloadReader(bytes);
  const profile = reader.unsigned(8);
  reader.unsigned(16); // constraint flags, level
  const id = reader.expGolomb(31);
  const chroma = PROFILES_WITH_CHROMA_FORMAT.has(profile) ? readChroma(reader) : PLAIN_CHROMA;
  const log2MaxFrameNum = 4 + reader.expGolomb(12);
  const order = readPictureOrder(reader);
  const maxReferences = reader.expGolomb(16);
  reader.flag(); // gaps in frame_num allowed
  const widthMbs = 1 + reader.expGolomb(MAX_SIDE_MACROBLOCKS - 1);
  const heightUnits = 1 + reader.expGolomb(MAX_SIDE_MACROBLOCKS - 1);
  const framesOnly = reader.flag();
  const heightMbs = framesOnly ? heightUnits : heightUnits * 2;
  if (reader.failed || widthMbs * heightMbs > MAX_MACROBLOCKS) return null;
  return {
    id,
    log2MaxFrameNum,
    ...order,
    maxReferences,
    widthMbs,
    heightMbs,
    framesOnly,
    ...chroma,
  };
}

/** Reads a picture parameter set (7.3.2.2) that belongs to `sequence`; null for anything damaged. */
export function readPicture(nal: Uint8Array): Picture | null {
  if (((nal[0] ?? 0) & 0x9f) !== PPS) return null;
  const { bytes } = payloadOf(nal);
  const end = stopBitAt(bytes);
  const reader = new PayloadReader(bytes, 0, end);
  const id = reader.expGolomb(255);
  const sequenceId = reader.expGolomb(31);
  const cabac = reader.flag();
  const bottomPocPresent = reader.flag();
  const sliceGroups = reader.expGolomb(7) > 0;
  // The map of slice groups is of no use here: a stream with one is passed through.
  const rest = sliceGroups ? NO_GROUP_FIELDS : readPictureRest(reader, end);
  if (reader.failed) return null;
  return { id, sequenceId, cabac, bottomPocPresent, sliceGroups, ...rest };
}

/** Bit offset of the stop bit, the last one of the payload. */
function stopBitAt(bytes: Uint8Array): number {
  const length = lengthWithStop(bytes);
  const last = bytes[length - 1] ?? 0;
  return Math.max(0, (length - 1) * 8 + Math.clz32(last & -last) - 24);
}

type PictureRest = Omit<
  Picture,
  'id' | 'sequenceId' | 'cabac' | 'bottomPocPresent' | 'sliceGroups'
>;

const NO_GROUP_FIELDS: PictureRest = {
  references: 1,
  weightedP: false,
  initialQp: 26,
  deblockingControl: false,
  constrainedIntra: false,
  redundantPictures: false,
  transform8x8: false,
};

function readPictureRest(reader: PayloadReader, end: number): PictureRest {
  const references = 1 + reader.expGolomb(31);
  reader.expGolomb(31); // references of B slices
  const weightedP = reader.flag();
  reader.unsigned(2); // weighted prediction of B slices
  const initialQp = 26 + reader.signedExpGolomb(26);
  reader.signedExpGolomb(26); // SP and SI slices
  reader.signedExpGolomb(12); // chroma QP offset
  const deblockingControl = reader.flag();
  const constrainedIntra = reader.flag();
  const redundantPictures = reader.flag();
  const transform8x8 = !reader.failed && reader.position < end && reader.flag();
  return {
    references,
    weightedP,
    initialQp,
    deblockingControl,
    constrainedIntra,
    redundantPictures,
    transform8x8,
  };
}

type Chroma = Pick<Sequence, 'separatePlanes' | 'plain420'>;
const PLAIN_CHROMA: Chroma = { separatePlanes: false, plain420: true };

function readChroma(reader: PayloadReader): Chroma {
  const format = reader.expGolomb(3);
  const separatePlanes = format === 3 && reader.flag();
  const deeper = reader.expGolomb(6) + reader.expGolomb(6);
  const lossless = reader.flag();
  if (reader.flag()) {
    const lists = format === 3 ? 12 : 8;
    for (let list = 0; list < lists && !reader.failed; list++) {
      if (reader.flag()) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return { separatePlanes, plain420: format === YUV_420 && deeper === 0 && !lossless };
}

function skipScalingList(reader: PayloadReader, entries: number): void {
  let scale = 8;
  for (let i = 0; i < entries && scale !== 0 && !reader.failed; i++) {
    scale = (scale + reader.signedExpGolomb(128) + 256) % 256;
  }
}

function readPictureOrder(
  reader: PayloadReader,
): Pick<Sequence, 'pocType' | 'log2MaxPocLsb' | 'deltaPocAlwaysZero'> {
  const type = reader.expGolomb(2);
  if (type === 0) {
    return { pocType: 0, log2MaxPocLsb: 4 + reader.expGolomb(12), deltaPocAlwaysZero: true };
  }
  if (type === 2) return { pocType: 2, log2MaxPocLsb: 0, deltaPocAlwaysZero: true };
  const deltaPocAlwaysZero = reader.flag();
  reader.signedExpGolomb(ANY / 2);
  reader.signedExpGolomb(ANY / 2);
  const cycle = reader.expGolomb(255);
  for (let i = 0; i < cycle && !reader.failed; i++) reader.signedExpGolomb(ANY / 2);
  return { pocType: 1, log2MaxPocLsb: 0, deltaPocAlwaysZero };
}
