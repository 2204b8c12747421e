import type { RecorderClient } from '../media/recorder-client.ts';
import type { Frame } from '../video/frame-cache.ts';
import type { FrameHub, Subscribed } from '../video/frame-hub.ts';

/**
 * What may be under way to the recorder before the hub holds frames back: a memory card that stalls for
 * ten seconds costs no frame of a drone. A camera's pictures are large and stand alone, so there are fewer.
 */
const CREDIT = { h264: 300, jpeg: 30 } as const;

type FeedParts = {
  hub: FrameHub;
  /** Whether frames from before now are wanted: not where they are stale. */
  fromCache: boolean;
  /** The next frame is the first of a generation. */
  onGeneration: () => void;
};

/** Brings the hub's frames to a recorder, each once and in order, and keeps count of what is missing. */
export class RecordingFeed {
  readonly #parts: FeedParts;
  readonly #subscribed: Subscribed;
  #recorder: RecorderClient;
  #underWay: { generation: number; seq: number }[] = [];
  #generation = -1;
  #lastSeq = -1;
  #needsKeyframe = true;
  #framesWritten = 0;
  #framesDropped = 0;
  #lastFrameAtMs = performance.now();

  constructor(recorder: RecorderClient, parts: FeedParts) {
    this.#recorder = recorder;
    this.#parts = parts;
    this.#subscribed = parts.hub.subscribe({
      name: 'recording',
      kind: 'recording',
      credit: CREDIT,
      startsAt: parts.fromCache ? 'cached-group' : 'next-keyframe',
      take: (frame) => this.#take(frame),
    });
  }

  get framesWritten(): number {
    return this.#framesWritten;
  }

  /** Frames of the source that are missing in the film. */
  get framesDropped(): number {
    return this.#framesDropped;
  }

  get lastFrameAgeMs(): number {
    return performance.now() - this.#lastFrameAtMs;
  }

  /** The recorder is done with so many of the oldest frames under way. */
  settled(written: number, givenUp: number): void {
    const frame = this.#underWay.splice(0, written + givenUp).at(-1);
    if (frame === undefined) return;
    this.#framesWritten += written;
    this.#framesDropped += givenUp;
    // Nothing is under way any more: what never went on its way is settled as well.
    const seq = this.#underWay.length === 0 ? this.#lastSeq : frame.seq;
    this.#subscribed.settle(
      frame.generation,
      frame.generation === this.#generation ? seq : frame.seq,
    );
  }

  /** Goes on with another recorder, from the last keyframe on. */
  moveTo(recorder: RecorderClient): void {
    this.#recorder = recorder;
    this.#underWay = [];
    this.#lastSeq = -1;
    this.#needsKeyframe = true;
    this.#subscribed.restart();
  }

  close(): void {
    this.#subscribed.close();
  }

  #take(frame: Frame): void {
    this.#lastFrameAtMs = performance.now();
    if (frame.generation !== this.#generation) {
      this.#generation = frame.generation;
      this.#lastSeq = -1;
      this.#needsKeyframe = true;
      this.#parts.onGeneration();
    }
    // The hub gives the cached group once more to whoever seems to have lost the thread.
    if (frame.seq <= this.#lastSeq) return;
    const missing = this.#lastSeq < 0 ? 0 : frame.seq - this.#lastSeq - 1;
    this.#lastSeq = frame.seq;
    this.#framesDropped += missing;
    const isH264 = frame.format.codec === 'h264';
    if (missing > 0) this.#needsKeyframe = isH264;
    if ((this.#needsKeyframe && !frame.keyframe) || !this.#send(frame)) {
      this.#framesDropped++;
      this.#needsKeyframe = isH264;
      return;
    }
    this.#needsKeyframe = false;
    this.#underWay.push({ generation: frame.generation, seq: frame.seq });
  }

  #send({ format, keyframe, capturedAtUs, data }: Frame): boolean {
    const { codec, width, height } = format;
    return this.#recorder.frame({ codec, width, height, keyframe, capturedAtUs, data });
  }
}
