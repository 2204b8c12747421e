import { Encoder } from './bitstream/encoder.ts';
import { TelloShape } from './bitstream/tello-shape.ts';
import type { Faults } from './network/faults.ts';
import type { VideoPart } from './network/line-record.ts';
import { startPacing } from './pacing.ts';
import { writeOver } from './picture/overlay.ts';
import { type Pose, tourPose } from './picture/pose.ts';
import type { Obstacle } from './picture/scenery.ts';
import { View } from './picture/view.ts';
import { wallAt } from './picture/wall.ts';
import { paintWorld, type World } from './picture/world.ts';
import { seededRandom } from './seeded-random.ts';
import { StreamCutter } from './stream-cutter.ts';
import { LOW_RESOLUTION, type VideoSettings } from './video-settings.ts';

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
  #cutter: StreamCutter | null = null;
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
    this.#cutter = new StreamCutter(++this.#stream, seededRandom(this.#seed));
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
    const [camera, cutter] = [this.#camera, this.#cutter];
    if (!camera || !cutter) return;
    const faults = this.#output.faults();
    try {
      const picture = this.#nextPicture(camera, world, cutter.frame);
      for (const { datagram, part } of cutter.cut(picture, camera.settings, faults)) {
        this.#output.datagram(datagram, part);
      }
    } catch (error) {
      this.stop();
      this.#fail(error);
      return;
    }
    const changeAfterS = faults.resolutionChangeAfterS;
    if (changeAfterS === null || this.#resolutionChanged) return;
    this.#startedAt ??= performance.now();
    if (performance.now() - this.#startedAt < changeAfterS * 1_000) return;
    this.#resolutionChanged = true;
    this.change({ ...this.#settings, ...LOW_RESOLUTION });
  }

  #nextPicture(
    { settings, encoder, shape, view }: Camera,
    world: World,
    frame: number,
  ): Uint8Array[] {
    const nowMs = performance.now();
    const atMs = nowMs - this.#poweredOnAt;
    const pose = this.#options.isOnTour ? tourPose(atMs) : this.#output.pose(nowMs);
    view.paint(encoder.planes, world, pose, atMs, {
      looksDown: settings.looksDown === true,
      obstacles: this.#obstacles(),
    });
    if (this.#options.hasCode) {
      const code = { frame, timeMs: Date.now() };
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
