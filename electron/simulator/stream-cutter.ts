import { NAL_TYPE, nalType } from './bitstream/nal-units.ts';
import { lengthenToMultiple, toDatagrams } from './network/datagrams.ts';
import type { Faults } from './network/faults.ts';
import type { VideoPart } from './network/line-record.ts';
import type { Random } from './seeded-random.ts';
import type { VideoSettings } from './video-settings.ts';

/** A stream that begins mid-GOP begins this many pictures after its IDR. */
const MID_GOP_PICTURES = 7;

type Piece = { datagram: Uint8Array; part: VideoPart };

/** Cuts the pictures of one stream into datagrams, and counts them. */
export class StreamCutter {
  readonly #stream: number;
  readonly #random: Random;
  #frame = 0;
  #sinceKeyframe = 0;

  /** Which stream it is; `random` decides which slices are lengthened. */
  constructor(stream: number, random: Random) {
    this.#stream = stream;
    this.#random = random;
  }

  /** The number of the next picture. */
  get frame(): number {
    return this.#frame;
  }

  /** The next picture; nothing of it where a fault keeps it back. */
  cut(nalUnits: readonly Uint8Array[], settings: VideoSettings, faults: Faults): Piece[] {
    const frame = this.#frame++;
    const isKeyframe = nalUnits.some((unit) => nalType(unit) === NAL_TYPE.idr);
    const sinceKeyframe = isKeyframe ? 0 : this.#sinceKeyframe + 1;
    this.#sinceKeyframe = sinceKeyframe;
    const sent = faults.pFramesOnly
      ? nalUnits.filter((unit) => nalType(unit) === NAL_TYPE.slice)
      : nalUnits;
    if (faults.startMidGop && frame < MID_GOP_PICTURES) return [];
    const pieces = sent.flatMap((unit) => this.#cutUnit(unit, settings));
    return pieces.map(({ datagram, ...nal }, part) => ({
      datagram,
      part: { stream: this.#stream, frame, sinceKeyframe, part, parts: pieces.length, ...nal },
    }));
  }

  #cutUnit(unit: Uint8Array, { datagramBytes, exactMultiples }: VideoSettings) {
    const type = nalType(unit);
    const isSlice = type === NAL_TYPE.slice || type === NAL_TYPE.idr;
    const isExact = isSlice && exactMultiples > 0 && this.#random() < exactMultiples;
    const sent = isExact ? lengthenToMultiple(unit, datagramBytes) : unit;
    return toDatagrams(sent, datagramBytes).map((datagram, partOfNal) => ({
      datagram,
      nalType: type,
      partOfNal,
    }));
  }
}
