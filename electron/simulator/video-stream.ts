import { Encoder, type EncoderOptions } from './bitstream/encoder.ts';
import { NAL_TYPE, nalType } from './bitstream/nal-units.ts';
import { TelloShape } from './bitstream/tello-shape.ts';
import { toDatagrams } from './network/datagrams.ts';
import type { Faults } from './network/faults.ts';
import { startPacing } from './pacing.ts';
import { type Landscape, paintLandscape } from './picture/landscape.ts';
import { paintPicture } from './picture/picture.ts';

export type VideoSettings = EncoderOptions;

type VideoOutput = {
  /** One datagram of video, in order, before any fault of the line. */
  datagram(datagram: Uint8Array): void;
  faults(): Faults;
  /** The encoder gave up; nothing more comes. */
  failed(error: Error): void;
};

/** What the resolution-change fault and `setresolution low` change to: the Tello's 480p. */
export const LOW_RESOLUTION = { width: 640, height: 480 } as const;

/** A stream that begins mid-GOP begins this many pictures after its IDR. */
const MID_GOP_PICTURES = 7;

/** One encoder with the land it looks at, for one set of settings. */
type Camera = { settings: VideoSettings; encoder: Encoder; landscape: Landscape };

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
  #shape = new TelloShape();
  #stopPacing: (() => void) | null = null;
  /** Grows with every start, stop and change; an older preparation sees that it is obsolete. */
  #generation = 0;
  #isOn = false;
  #startedAt = 0;
  #frame = 0;
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
    this.#frame = 0;
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
    this.#camera = { settings, encoder, landscape };
    this.#stopPacing = startPacing(1_000 / settings.fps, () => this.#tick());
  }

  #tick(): void {
    const camera = this.#camera;
    if (!camera) return;
    try {
      this.#send(this.#nextPicture(camera));
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
    return this.#shape.shape(camera.encoder.encode());
  }

  #send(nalUnits: readonly Uint8Array[]): void {
    const faults = this.#output.faults();
    const frame = this.#frame++;
    if (faults.startMidGop && frame < MID_GOP_PICTURES) return;
    for (const unit of nalUnits) {
      if (faults.pFramesOnly && nalType(unit) !== NAL_TYPE.slice) continue;
      for (const datagram of toDatagrams(unit)) this.#output.datagram(datagram);
    }
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
