import { NAL_TYPE, nalType, splitNalUnits } from './nal-units.ts';
import { readPps, readSps, writePps, writeSps } from './parameter-sets.ts';
import { type ParameterSets, rewriteSliceHeader } from './slice-header.ts';

/** `frame_num` of a real unit is 8 bits wide (captured SPS); libx264 uses 4. */
const TELLO_LOG2_MAX_FRAME_NUM = 8;

/** Where other emulators differ from a real unit. */
export type StreamShape = {
  /** Picture order count type; a Tello has 2. */
  orderCount: 0 | 2;
  /** Timing and reordering in the SPS; a Tello has none. */
  vui: boolean;
  /** Pictures a second, for the VUI. */
  fps: number;
};

const TELLO_SHAPE: StreamShape = { orderCount: 2, vui: false, fps: 30 };
/** Like `frame_num`, of which it is the double here. */
const LOG2_MAX_ORDER_COUNT = 8;

/**
 * Turns libx264's access units into what a Tello sends: SPS without VUI, PPS without deblocking
 * control, slices that agree with both, nothing else (no SEI, no delimiter). For 960x720 the
 * parameter sets of a Tello's shape come out byte for byte as captured.
 */
export class TelloShape {
  readonly #wanted: StreamShape;
  #from: ParameterSets | null = null;
  #to: ParameterSets | null = null;
  #sinceIdr = 0;

  constructor(wanted: StreamShape = TELLO_SHAPE) {
    this.#wanted = wanted;
  }

  /** One access unit (Annex B) in, its NAL units without start codes out. Throws on a stream libx264 was not asked for. */
  shape(accessUnit: Uint8Array): Uint8Array[] {
    const units = splitNalUnits(accessUnit);
    const sps = units.find((unit) => nalType(unit) === NAL_TYPE.sps);
    const pps = units.find((unit) => nalType(unit) === NAL_TYPE.pps);
    if (sps && pps) this.#adopt({ sps: readSps(sps), pps: readPps(pps) });
    const { from, to } = this.#sets();
    const isKeyframe = units.some((unit) => nalType(unit) === NAL_TYPE.idr);
    this.#sinceIdr = isKeyframe ? 0 : this.#sinceIdr + 1;

    const shaped: Uint8Array[] = [];
    for (const unit of units) {
      const type = nalType(unit);
      if (type === NAL_TYPE.sps)
        shaped.push(writeSps(to.sps, this.#wanted.vui ? this.#wanted.fps : null));
      else if (type === NAL_TYPE.pps) shaped.push(writePps(to.pps));
      else if (type === NAL_TYPE.idr || type === NAL_TYPE.slice) {
        shaped.push(rewriteSliceHeader(unit, from, to, this.#sinceIdr));
      }
    }
    return shaped;
  }

  #adopt(from: ParameterSets): void {
    const { orderCount } = this.#wanted;
    this.#from = from;
    this.#to = {
      sps: {
        ...from.sps,
        log2MaxFrameNum: TELLO_LOG2_MAX_FRAME_NUM,
        picOrderCntType: orderCount,
        log2MaxPicOrderCntLsb: orderCount === 0 ? LOG2_MAX_ORDER_COUNT : null,
      },
      pps: { ...from.pps, deblockingControl: false },
    };
  }

  #sets(): { from: ParameterSets; to: ParameterSets } {
    if (!this.#from || !this.#to) throw new RangeError('the encoder began without parameter sets');
    return { from: this.#from, to: this.#to };
  }
}
