import { MAX_FILM_PICTURE_PIXELS } from '../../../../shared/picture-bounds.ts';
import { NAL } from './annex-b.ts';
import { BitReader } from './bit-reader.ts';

/** No level of H.264 allows pictures this long and narrow; a damaged SPS may say so. */
const MAX_PICTURE_PIXELS_PER_SIDE = 8_192;
const MACROBLOCK_PIXELS = 16;
/** Profiles whose SPS carries chroma format, bit depths and scaling lists (H.264 7.3.2.1.1). */
const PROFILES_WITH_CHROMA_FORMAT = new Set([
  44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244,
]);

/** What a sequence parameter set says, as far as it matters here. */
export type SequenceParameters = {
  /** RFC 6381, e.g. `avc1.4D4028`. */
  codecString: string;
  id: number;
  /** Size as shown, after cropping. */
  width: number;
  height: number;
  log2MaxFrameNum: number;
  pictureOrderType: number;
  maxReferenceFrames: number;
  separateColourPlanes: boolean;
  hasVui: boolean;
};

export type PictureParameters = { id: number; sequenceId: number };

/**
 * Reads an H.264 sequence parameter set (7.3.2.1.1), given as a NAL unit without its start code. Null for
 * anything damaged: a field out of its range, too few bits, or bits left over where the set should end.
 */
export function parseSequenceParameters(nal: Uint8Array): SequenceParameters | null {
  const [header, profile, constraints, level] = nal;
  if (header === undefined || (header & 0x9f) !== NAL.sps) return null;
  if (profile === undefined || constraints === undefined || level === undefined) return null;

  const reader = new BitReader(nal, 4);
  const id = reader.unsignedUpTo(31);
  const chroma = readChromaFormat(reader, profile);
  const log2MaxFrameNum = 4 + reader.unsignedUpTo(12);
  const pictureOrderType = skipPictureOrder(reader);
  const maxReferenceFrames = reader.unsignedUpTo(16);
  reader.flag(); // gaps in frame_num allowed
  const size = readSize(reader, chroma);
  const hasVui = reader.flag();
  if (reader.failed || size === null) return null;
  // A VUI is legal but the drone sends none, and nothing here needs it: only without one is the end known.
  if (!hasVui && !reader.atTrailingBits()) return null;

  return {
    codecString: `avc1.${hex(profile)}${hex(constraints)}${hex(level)}`,
    id,
    ...size,
    log2MaxFrameNum,
    pictureOrderType,
    maxReferenceFrames,
    separateColourPlanes: chroma.separatePlanes,
    hasVui,
  };
}

/** Reads the ids of an H.264 picture parameter set (7.3.2.2), a NAL unit without its start code; null if damaged. */
export function parsePictureParameters(nal: Uint8Array): PictureParameters | null {
  const header = nal[0];
  if (header === undefined || (header & 0x9f) !== NAL.pps) return null;
  const reader = new BitReader(nal, 1);
  const id = reader.unsignedUpTo(255);
  const sequenceId = reader.unsignedUpTo(31);
  reader.bits(2); // entropy coding mode, picture order present
  const sliceGroups = reader.unsignedUpTo(7);
  if (sliceGroups > 0) return reader.failed ? null : { id, sequenceId };
  reader.unsignedUpTo(31); // references, list 0
  reader.unsignedUpTo(31); // references, list 1
  reader.bits(3); // weighted prediction
  return reader.failed ? null : { id, sequenceId };
}

type Chroma = { format: number; separatePlanes: boolean };

function readChromaFormat(reader: BitReader, profile: number): Chroma {
  if (!PROFILES_WITH_CHROMA_FORMAT.has(profile)) return { format: 1, separatePlanes: false };
  const format = reader.unsignedUpTo(3);
  const separatePlanes = format === 3 && reader.flag();
  reader.unsignedUpTo(6); // luma bit depth - 8
  reader.unsignedUpTo(6); // chroma bit depth - 8
  reader.flag(); // transform bypass
  if (reader.flag()) {
    const lists = format === 3 ? 12 : 8;
    for (let list = 0; list < lists && !reader.failed; list++) {
      if (reader.flag()) skipScalingList(reader, list < 6 ? 16 : 64);
    }
  }
  return { format, separatePlanes };
}

function skipScalingList(reader: BitReader, entries: number): void {
  let scale = 8;
  for (let i = 0; i < entries && scale !== 0 && !reader.failed; i++) {
    scale = (scale + reader.signed() + 256) % 256;
  }
}

function skipPictureOrder(reader: BitReader): number {
  const type = reader.unsignedUpTo(2);
  if (type === 0) reader.unsignedUpTo(12);
  if (type === 1) {
    reader.flag();
    reader.signed();
    reader.signed();
    const cycle = reader.unsignedUpTo(255);
    for (let i = 0; i < cycle && !reader.failed; i++) reader.signed();
  }
  return type;
}

function readSize(reader: BitReader, chroma: Chroma): { width: number; height: number } | null {
  const columns = reader.unsigned() + 1;
  const rows = reader.unsigned() + 1;
  const framesOnly = reader.flag();
  if (!framesOnly) reader.flag(); // macroblock-adaptive
  reader.flag(); // direct 8x8
  const fields = framesOnly ? 1 : 2;
  let width = columns * MACROBLOCK_PIXELS;
  let height = rows * MACROBLOCK_PIXELS * fields;
  if (width > MAX_PICTURE_PIXELS_PER_SIDE || height > MAX_PICTURE_PIXELS_PER_SIDE) return null;
  if (width * height > MAX_FILM_PICTURE_PIXELS) return null;
  if (reader.flag()) {
    const halved = !chroma.separatePlanes;
    const unitX = halved && (chroma.format === 1 || chroma.format === 2) ? 2 : 1;
    const unitY = (halved && chroma.format === 1 ? 2 : 1) * fields;
    width -= (reader.unsigned() + reader.unsigned()) * unitX;
    height -= (reader.unsigned() + reader.unsigned()) * unitY;
  }
  return width > 0 && height > 0 ? { width, height } : null;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0').toUpperCase();
}
