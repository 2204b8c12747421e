import { NAL_TYPE, nalType, splitNalUnits } from './nal-units.ts';
import { readPps, readSps, writePps, writeSps } from './parameter-sets.ts';
import { type ParameterSets, rewriteSliceHeader } from './slice-header.ts';

/** `frame_num` of a real unit is 8 bits wide (captured SPS); libx264 uses 4. */
const TELLO_LOG2_MAX_FRAME_NUM = 8;

/**
 * Turns libx264's access units into what a Tello sends: SPS without VUI, PPS without deblocking
 * control, slices that agree with both, nothing else (no SEI, no delimiter). For 960x720 the
 * parameter sets come out byte for byte as captured.
 */
export class TelloShape {
  #from: ParameterSets | null = null;
  #to: ParameterSets | null = null;
  #sinceIdr = 0;

  /** One access unit (Annex B) in, its NAL units without start codes out. Throws on a stream libx264 was not asked for. */
  shape(accessUnit: Uint8Array): Uint8Array[] {
    const units = splitNalUnits(accessUnit);
    const sps = units.find((unit) => nalType(unit) === NAL_TYPE.sps);
    const pps = units.find((unit) => nalType(unit) === NAL_TYPE.pps);
    if (sps && pps) this.#adopt({ sps: readSps(sps), pps: readPps(pps) });
    const { from, to } = this.#sets();

    const shaped: Uint8Array[] = [];
    for (const unit of units) {
      const type = nalType(unit);
      if (type === NAL_TYPE.sps) shaped.push(writeSps(to.sps));
      else if (type === NAL_TYPE.pps) shaped.push(writePps(to.pps));
      else if (type === NAL_TYPE.idr || type === NAL_TYPE.slice) {
        if (type === NAL_TYPE.idr) this.#sinceIdr = 0;
        shaped.push(rewriteSliceHeader(unit, from, to, this.#sinceIdr++));
      }
    }
    return shaped;
  }

  #adopt(from: ParameterSets): void {
    this.#from = from;
    this.#to = {
      sps: { ...from.sps, log2MaxFrameNum: TELLO_LOG2_MAX_FRAME_NUM },
      pps: { ...from.pps, deblockingControl: false },
    };
  }

  #sets(): { from: ParameterSets; to: ParameterSets } {
    if (!this.#from || !this.#to) throw new RangeError('the encoder began without parameter sets');
    return { from: this.#from, to: this.#to };
  }
}
