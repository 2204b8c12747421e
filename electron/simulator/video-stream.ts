import { Encoder, type EncoderOptions } from './bitstream/encoder.ts';
import { NAL_TYPE, nalType } from './bitstream/nal-units.ts';
import { type StreamShape, TelloShape } from './bitstream/tello-shape.ts';
import { lengthenToMultiple, toDatagrams } from './network/datagrams.ts';
import type { Faults } from './network/faults.ts';
import type { VideoPart } from './network/line-record.ts';
import { startPacing } from './pacing.ts';
import { type Landscape, paintLandscape } from './picture/landscape.ts';
import { paintPicture } from './picture/picture.ts';
import { type Random, seededRandom } from './seeded-random.ts';

export type VideoSettings = EncoderOptions &
  StreamShape & {
    /** The most a video datagram carries. */
    datagramBytes: number;
    /** Probability that a slice is lengthened to a multiple of `datagramBytes`, so that no short datagram ends it. */
    exactMultiples: number;
  };

type VideoOutput = {
  /** A stream begins, with picture 0. */
  begins(): void;
  /** One datagram of video, in order, before any fault of the line. */
  datagram(datagram: Uint8Array, part: VideoPart): void;
  faults(): Faults;
  /** The encoder gave up; nothing more comes. */
  failed(error: Error): void;
};

/** What the resolution-change fault and `setresolution low` change to: the Tello's 480p. */
export const LOW_RESOLUTION = { width: 640, height: 480 } as const;

/** The camera that looks down. */
export const DOWN_RESOLUTION = { width: 320, height: 240 } as const;

/** A stream that begins mid-GOP begins this many pictures after its IDR. */
const MID_GOP_PICTURES = 7;

/** One encoder with the land it looks at, for one set of settings. */
type Camera = {
  settings: VideoSettings;
  encoder: Encoder;
  shape: TelloShape;
  landscape: Landscape;
};

/**
 * The drone's camera and encoder: while it is on, paints, encodes and hands out datagrams at a
 * steady rate; while it is off, it costs nothing.
 */
export class VideoStream {
  readonly #output: VideoOutput;
  readonly #seed: number;
  readonly #poweredOnAt = performance.now();
  readonly #disposal = new AbortController();
  #settings: VideoSettings;
  #landscape: { width: number; height: number; painted: Promise<Landscape> } | null = null;
  #camera: Camera | null = null;
  #stopPacing: (() => void) | null = null;
  /** Grows with every start, stop and change; an older preparation sees that it is obsolete. */
  #generation = 0;
  #isOn = false;
  #startedAt = 0;
  #stream = 0;
  #frame = 0;
  #sinceKeyframe = 0;
  #random: Random = () => 1;
  #resolutionChanged = false;

  constructor(settings: VideoSettings, seed: number, output: VideoOutput) {
    this.#settings = settings;
    this.#seed = seed;
    this.#output = output;
  }

  /** Paints the land ahead of time, so that the first picture does not wait for it. */
  prepare(): void {
    this.#landscapeFor(this.#settings).catch((error) => this.#fail(error));
  }

  /** Begins to send; a stream that is on goes on. The frame counter begins at 0. */
  start(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#stream++;
    this.#frame = 0;
    this.#random = seededRandom(this.#seed);
    this.#output.begins();
    this.#resolutionChanged = false;
    this.#startedAt = performance.now();
    this.#setUp();
  }

  stop(): void {
    this.#isOn = false;
    this.#generation++;
    this.#release();
  }

  /** Other settings from the next pictures on; a stream that is on goes on with a new IDR. */
  change(settings: VideoSettings): void {
    this.#settings = settings;
    if (this.#isOn) this.#setUp();
  }

  get settings(): VideoSettings {
    return this.#settings;
  }

  dispose(): void {
    this.stop();
    this.#disposal.abort();
  }

  #setUp(): void {
    this.#openCamera(++this.#generation).catch((error) => this.#fail(error));
  }

  /** Gets the next camera ready while the present one goes on, then swaps them. */
  async #openCamera(generation: number): Promise<void> {
    const settings = this.#settings;
    const landscape = await this.#landscapeFor(settings);
    if (generation !== this.#generation) return;
    const encoder = await Encoder.open(settings);
    if (generation !== this.#generation) {
      encoder.dispose();
      return;
    }
    this.#release();
    this.#camera = { settings, encoder, shape: new TelloShape(settings), landscape };
    this.#stopPacing = startPacing(1_000 / settings.fps, () => this.#tick());
  }

  #tick(): void {
    const camera = this.#camera;
    if (!camera) return;
    try {
      this.#send(this.#nextPicture(camera), camera.settings);
    } catch (error) {
      this.stop();
      this.#fail(error);
      return;
    }
    const changeAfterS = this.#output.faults().resolutionChangeAfterS;
    if (changeAfterS === null || this.#resolutionChanged) return;
    if (performance.now() - this.#startedAt < changeAfterS * 1_000) return;
    this.#resolutionChanged = true;
    this.change({ ...this.#settings, ...LOW_RESOLUTION });
  }

  #nextPicture(camera: Camera): Uint8Array[] {
    const { width, height } = camera.settings;
    paintPicture(
      camera.encoder.planes,
      width,
      height,
      camera.landscape,
      performance.now() - this.#poweredOnAt,
      { frame: this.#frame, timeMs: Date.now() },
    );
    return camera.shape.shape(camera.encoder.encode());
  }

  #send(nalUnits: readonly Uint8Array[], settings: VideoSettings): void {
    const faults = this.#output.faults();
    const frame = this.#frame++;
    const isKeyframe = nalUnits.some((unit) => nalType(unit) === NAL_TYPE.idr);
    const sinceKeyframe = isKeyframe ? 0 : this.#sinceKeyframe + 1;
    this.#sinceKeyframe = sinceKeyframe;
    const sent = faults.pFramesOnly
      ? nalUnits.filter((unit) => nalType(unit) === NAL_TYPE.slice)
      : nalUnits;
    if (faults.startMidGop && frame < MID_GOP_PICTURES) return;
    const datagrams = sent.flatMap((unit) => this.#cut(unit, settings));
    for (const [part, { datagram, ...nal }] of datagrams.entries()) {
      const of = { stream: this.#stream, frame, sinceKeyframe, part, parts: datagrams.length };
      this.#output.datagram(datagram, { ...of, ...nal });
    }
  }

  #cut(unit: Uint8Array, { datagramBytes, exactMultiples }: VideoSettings) {
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

  #landscapeFor({ width, height }: VideoSettings): Promise<Landscape> {
    const present = this.#landscape;
    if (present?.width === width && present.height === height) return present.painted;
    const painted = paintLandscape(width, height, this.#seed, this.#disposal.signal);
    this.#landscape = { width, height, painted };
    return painted;
  }

  #release(): void {
    this.#stopPacing?.();
    this.#stopPacing = null;
    this.#camera?.encoder.dispose();
    this.#camera = null;
  }

  #fail(error: unknown): void {
    if (this.#disposal.signal.aborted) return;
    this.#output.failed(error instanceof Error ? error : new Error(String(error)));
  }
}
