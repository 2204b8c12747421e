import type { SourceFrame } from '../../../video/source.ts';
import type { AccessUnitSink, ReceivedPicture } from './access-units.ts';
import { Healer } from './healing/healer.ts';

export type HealedVideoSink = {
  /** A unit that decodes, whatever happened on the way. */
  unit(frame: SourceFrame): void;
  /** `count` pictures that should have come will not. */
  dropped(count: number): void;
};

/** Heals the pictures of one stream: between the link, which loses, and everybody who looks. */
export class HealedVideo implements AccessUnitSink {
  readonly #healer = new Healer();
  readonly #sink: HealedVideoSink;
  #previousAtUs: number | null = null;

  constructor(sink: HealedVideoSink) {
    this.#sink = sink;
  }

  get counts(): Readonly<Healer['counts']> {
    return this.#healer.counts;
  }

  parameterSet(nal: Uint8Array): void {
    this.#healer.takeParameterSet(nal);
  }

  picture(picture: ReceivedPicture): void {
    const units = this.#healer.heal(picture);
    if (units.length === 0) this.#sink.dropped(1);
    const previousAtUs = this.#previousAtUs ?? picture.atUs;
    this.#previousAtUs = picture.atUs;
    for (const { data, keyframe, state } of units) {
      this.#sink.unit({
        format: picture.format,
        keyframe,
        whole: state === 'whole' || state === 'passed',
        madeUp: state === 'filled',
        // It stands for one that should have come between the two: times never stand still in a film.
        capturedAtUs: state === 'filled' ? (previousAtUs + picture.atUs) / 2 : picture.atUs,
        data,
      });
    }
  }

  dropped(count: number): void {
    this.#sink.dropped(count);
  }

  endsPicture(nal: Uint8Array): boolean | null {
    return this.#healer.endsPicture(nal);
  }

  /** The source began anew: what comes next refers to none of the pictures before. */
  reset(): void {
    this.#previousAtUs = null;
    this.#healer.reset();
  }
}
