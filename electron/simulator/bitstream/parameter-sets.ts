import { BitReader, BitWriter } from './bits.ts';
import { escapePayload, unescapePayload } from './nal-units.ts';

/** What an SPS of Baseline, Main or Extended profile says, apart from its VUI (ITU-T H.264, 7.3.2.1.1). */
export type Sps = {
  nalHeader: number;
  profileIdc: number;
  constraintFlags: number;
  levelIdc: number;
  id: number;
  log2MaxFrameNum: number;
  picOrderCntType: 0 | 2;
  /** Only with picture order count type 0. */
  log2MaxPicOrderCntLsb: number | null;
  maxReferenceFrames: number;
  gapsInFrameNumAllowed: boolean;
  widthInMacroblocks: number;
  heightInMapUnits: number;
  frameMacroblocksOnly: boolean;
  macroblockAdaptive: boolean;
  direct8x8Inference: boolean;
  crop: { left: number; right: number; top: number; bottom: number } | null;
};

/** What a PPS with one slice group says (ITU-T H.264, 7.3.2.2). */
export type Pps = {
  nalHeader: number;
  id: number;
  spsId: number;
  cabac: boolean;
  picOrderPresent: boolean;
  referencesL0: number;
  referencesL1: number;
  weightedPrediction: boolean;
  weightedBipredIdc: number;
  initialQp: number;
  initialQs: number;
  chromaQpOffset: number;
  deblockingControl: boolean;
  constrainedIntra: boolean;
  redundantPictureCount: boolean;
};

/** The profiles from High upwards put chroma fields into the SPS that this simulator never makes. */
const PROFILES_WITHOUT_CHROMA_FIELDS = [66, 77, 88];

/** Reads an SPS (a NAL unit without start code). Throws `RangeError` on what this simulator does not make. */
export function readSps(nal: Uint8Array): Sps {
  const bits = new BitReader(unescapePayload(nal));
  const nalHeader = bits.unsigned(8);
  const profileIdc = bits.unsigned(8);
  if (!PROFILES_WITHOUT_CHROMA_FIELDS.includes(profileIdc)) {
    throw new RangeError(`H.264 profile ${profileIdc} is not one a Tello sends`);
  }
  const constraintFlags = bits.unsigned(8);
  const levelIdc = bits.unsigned(8);
  const id = bits.expGolomb();
  const log2MaxFrameNum = bits.expGolomb() + 4;
  const picOrderCntType = bits.expGolomb();
  if (picOrderCntType !== 0 && picOrderCntType !== 2) {
    throw new RangeError(`picture order count type ${picOrderCntType} is not one a Tello sends`);
  }
  const log2MaxPicOrderCntLsb = picOrderCntType === 0 ? bits.expGolomb() + 4 : null;
  const maxReferenceFrames = bits.expGolomb();
  const gapsInFrameNumAllowed = bits.flag();
  const widthInMacroblocks = bits.expGolomb() + 1;
  const heightInMapUnits = bits.expGolomb() + 1;
  const frameMacroblocksOnly = bits.flag();
  const macroblockAdaptive = frameMacroblocksOnly ? false : bits.flag();
  const direct8x8Inference = bits.flag();
  const crop = bits.flag()
    ? {
        left: bits.expGolomb(),
        right: bits.expGolomb(),
        top: bits.expGolomb(),
        bottom: bits.expGolomb(),
      }
    : null;
  return {
    nalHeader,
    profileIdc,
    constraintFlags,
    levelIdc,
    id,
    log2MaxFrameNum,
    picOrderCntType,
    log2MaxPicOrderCntLsb,
    maxReferenceFrames,
    gapsInFrameNumAllowed,
    widthInMacroblocks,
    heightInMapUnits,
    frameMacroblocksOnly,
    macroblockAdaptive,
    direct8x8Inference,
    crop,
  };
}

/** Writes an SPS. The Tello's has no VUI, so its stream carries no timing; other emulators' have one, with `vuiFps`. */
export function writeSps(sps: Sps, vuiFps: number | null = null): Uint8Array {
  const bits = new BitWriter();
  bits.unsigned(sps.nalHeader, 8);
  bits.unsigned(sps.profileIdc, 8);
  bits.unsigned(sps.constraintFlags, 8);
  bits.unsigned(sps.levelIdc, 8);
  bits.expGolomb(sps.id);
  bits.expGolomb(sps.log2MaxFrameNum - 4);
  bits.expGolomb(sps.picOrderCntType);
  if (sps.log2MaxPicOrderCntLsb !== null) bits.expGolomb(sps.log2MaxPicOrderCntLsb - 4);
  bits.expGolomb(sps.maxReferenceFrames);
  bits.flag(sps.gapsInFrameNumAllowed);
  bits.expGolomb(sps.widthInMacroblocks - 1);
  bits.expGolomb(sps.heightInMapUnits - 1);
  bits.flag(sps.frameMacroblocksOnly);
  if (!sps.frameMacroblocksOnly) bits.flag(sps.macroblockAdaptive);
  bits.flag(sps.direct8x8Inference);
  bits.flag(sps.crop !== null);
  if (sps.crop) {
    bits.expGolomb(sps.crop.left);
    bits.expGolomb(sps.crop.right);
    bits.expGolomb(sps.crop.top);
    bits.expGolomb(sps.crop.bottom);
  }
  bits.flag(vuiFps !== null);
  if (vuiFps !== null) writeVui(bits, vuiFps, sps.maxReferenceFrames);
  bits.endPayload();
  return escapePayload(bits.bytes());
}

/** What encoders usually say there (ITU-T H.264, E.1.1): the rate, and that no picture is reordered. */
function writeVui(bits: BitWriter, fps: number, maxReferenceFrames: number): void {
  bits.flag(false); // aspect_ratio_info_present_flag
  bits.flag(false); // overscan_info_present_flag
  bits.flag(false); // video_signal_type_present_flag
  bits.flag(false); // chroma_loc_info_present_flag
  bits.flag(true); // timing_info_present_flag
  bits.unsigned(1, 32); // num_units_in_tick, each a field
  bits.unsigned(2 * fps, 32); // time_scale
  bits.flag(true); // fixed_frame_rate_flag
  bits.flag(false); // nal_hrd_parameters_present_flag
  bits.flag(false); // vcl_hrd_parameters_present_flag
  bits.flag(false); // pic_struct_present_flag
  bits.flag(true); // bitstream_restriction_flag
  bits.flag(true); // motion_vectors_over_pic_boundaries_flag
  bits.expGolomb(0); // max_bytes_per_pic_denom
  bits.expGolomb(0); // max_bits_per_mb_denom
  bits.expGolomb(11); // log2_max_mv_length_horizontal
  bits.expGolomb(11); // log2_max_mv_length_vertical
  bits.expGolomb(0); // max_num_reorder_frames
  bits.expGolomb(maxReferenceFrames); // max_dec_frame_buffering
}

/** Reads a PPS (a NAL unit without start code). Throws `RangeError` on more than one slice group. */
export function readPps(nal: Uint8Array): Pps {
  const bits = new BitReader(unescapePayload(nal));
  const nalHeader = bits.unsigned(8);
  const id = bits.expGolomb();
  const spsId = bits.expGolomb();
  const cabac = bits.flag();
  const picOrderPresent = bits.flag();
  if (bits.expGolomb() !== 0) throw new RangeError('slice groups are nothing a Tello sends');
  return {
    nalHeader,
    id,
    spsId,
    cabac,
    picOrderPresent,
    referencesL0: bits.expGolomb() + 1,
    referencesL1: bits.expGolomb() + 1,
    weightedPrediction: bits.flag(),
    weightedBipredIdc: bits.unsigned(2),
    initialQp: bits.signedExpGolomb() + 26,
    initialQs: bits.signedExpGolomb() + 26,
    chromaQpOffset: bits.signedExpGolomb(),
    deblockingControl: bits.flag(),
    constrainedIntra: bits.flag(),
    redundantPictureCount: bits.flag(),
  };
}

export function writePps(pps: Pps): Uint8Array {
  const bits = new BitWriter();
  bits.unsigned(pps.nalHeader, 8);
  bits.expGolomb(pps.id);
  bits.expGolomb(pps.spsId);
  bits.flag(pps.cabac);
  bits.flag(pps.picOrderPresent);
  bits.expGolomb(0);
  bits.expGolomb(pps.referencesL0 - 1);
  bits.expGolomb(pps.referencesL1 - 1);
  bits.flag(pps.weightedPrediction);
  bits.unsigned(pps.weightedBipredIdc, 2);
  bits.signedExpGolomb(pps.initialQp - 26);
  bits.signedExpGolomb(pps.initialQs - 26);
  bits.signedExpGolomb(pps.chromaQpOffset);
  bits.flag(pps.deblockingControl);
  bits.flag(pps.constrainedIntra);
  bits.flag(pps.redundantPictureCount);
  bits.endPayload();
  return escapePayload(bits.bytes());
}
