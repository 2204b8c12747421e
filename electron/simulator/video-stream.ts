import { Encoder, type EncoderOptions } from './bitstream/encoder.ts';
import { NAL_TYPE, nalType } from './bitstream/nal-units.ts';
import { type StreamShape, TelloShape } from './bitstream/tello-shape.ts';
import { lengthenToMultiple, toDatagrams } from './network/datagrams.ts';
import type { Faults } from './network/faults.ts';
import type { VideoPart } from './network/line-record.ts';
import { startPacing } from './pacing.ts';
import { writeOver } from './picture/overlay.ts';
import { type Pose, tourPose } from './picture/pose.ts';
import type { Obstacle } from './picture/scenery.ts';
import { View } from './picture/view.ts';
import { wallAt } from './picture/wall.ts';
import { paintWorld, type World } from './picture/world.ts';
import { type Random, seededRandom } from './seeded-random.ts';

export type VideoSettings = EncoderOptions &
  StreamShape & {
    /** The most a video datagram carries. */
    datagramBytes: number;
    /** Probability that a slice is lengthened to a multiple of `datagramBytes`, so that no short datagram ends it. */
    exactMultiples: number;
    /** The camera under the drone instead of the one in front. */
    looksDown?: boolean;
  };

/** What the camera looks at, beside the land. */
export type CameraOptions = {
  /** Whether frame number and clock are in the picture. */
  hasCode: boolean;
  /** Whether it goes a round of its own. */
  isOnTour: boolean;
};

type VideoOutput = {
  /** A stream begins, with picture 0. */
  begins(): void;
  /** One datagram of video, in order, before any fault of the line. */
  datagram(datagram: Uint8Array, part: VideoPart): void;
  faults(): Faults;
  /** Where the camera is; asked once a picture. */
  pose(nowMs: number): Pose;
  /** The encoder gave up; nothing more comes. */
  failed(error: Error): void;
};

/** What the resolution-change fault and `setresolution low` change to: the Tello's 480p. */
export const LOW_RESOLUTION = { width: 640, height: 480 } as const;

/** The camera that looks down. */
export const DOWN_RESOLUTION = { width: 320, height: 240 } as const;

/** A stream that begins mid-GOP begins this many pictures after its IDR. */
const MID_GOP_PICTURES = 7;

/** One encoder with its view, for one set of settings. */
type Camera = {
  settings: VideoSettings;
  encoder: Encoder;
  shape: TelloShape;
  view: View;
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
  readonly #options: CameraOptions;
  #world: Promise<World> | null = null;
  #camera: Camera | null = null;
  #stopPacing: (() => void) | null = null;
  /** Grows with every start, stop and change; an older preparation sees that it is obsolete. */
  #generation = 0;
  #isOn = false;
  /** When the first picture left; null before. */
  #startedAt: number | null = null;
  #stream = 0;
  #frame = 0;
  #sinceKeyframe = 0;
  #random: Random = () => 1;
  #resolutionChanged = false;
  #wall: { aheadCm: number; blocks: readonly Obstacle[] } | null = null;

  constructor(settings: VideoSettings, options: CameraOptions, seed: number, output: VideoOutput) {
    this.#settings = settings;
    this.#options = options;
    this.#seed = seed;
    this.#output = output;
  }

  /** Paints the land ahead of time, so that the first picture does not wait for it. */
  prepare(): void {
    this.#paintedWorld().catch((error) => this.#fail(error));
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
    this.#startedAt = null;
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
    const world = await this.#paintedWorld();
    if (generation !== this.#generation) return;
    const encoder = await Encoder.open(settings);
    if (generation !== this.#generation) {
      encoder.dispose();
      return;
    }
    this.#release();
    const view = new View(settings.width, settings.height);
    this.#camera = { settings, encoder, shape: new TelloShape(settings), view };
    this.#stopPacing = startPacing(1_000 / settings.fps, () => this.#tick(world));
  }

  #tick(world: World): void {
    const camera = this.#camera;
    if (!camera) return;
    try {
      this.#send(this.#nextPicture(camera, world), camera.settings);
    } catch (error) {
      this.stop();
      this.#fail(error);
      return;
    }
    const changeAfterS = this.#output.faults().resolutionChangeAfterS;
    if (changeAfterS === null || this.#resolutionChanged) return;
    this.#startedAt ??= performance.now();
    if (performance.now() - this.#startedAt < changeAfterS * 1_000) return;
    this.#resolutionChanged = true;
    this.change({ ...this.#settings, ...LOW_RESOLUTION });
  }

  #nextPicture({ settings, encoder, shape, view }: Camera, world: World): Uint8Array[] {
    const nowMs = performance.now();
    const atMs = nowMs - this.#poweredOnAt;
    const pose = this.#options.isOnTour ? tourPose(atMs) : this.#output.pose(nowMs);
    view.paint(encoder.planes, world, pose, atMs, {
      looksDown: settings.looksDown === true,
      obstacles: this.#obstacles(),
    });
    if (this.#options.hasCode) {
      const code = { frame: this.#frame, timeMs: Date.now() };
      writeOver(encoder.planes, settings.width, settings.height, code);
    }
    return shape.shape(encoder.encode());
  }

  #obstacles(): readonly Obstacle[] {
    const { wallCm } = this.#output.faults();
    if (this.#wall?.aheadCm !== wallCm) {
      this.#wall = wallCm === null ? null : { aheadCm: wallCm, blocks: wallAt(wallCm / 100) };
    }
    return this.#wall?.blocks ?? [];
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

  /** One land for all sizes of picture; it gets finer while it is looked at. */
  #paintedWorld(): Promise<World> {
    const { signal } = this.#disposal;
    this.#world ??= paintWorld(this.#seed, signal).then((world) => {
      world.refine(signal).catch((error) => this.#fail(error));
      return world;
    });
    return this.#world;
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
