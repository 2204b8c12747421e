import type { ConsumerStatus } from '../../shared/status.ts';
import { nowUs } from '../base/clock.ts';
import type { Consumer } from './consumer.ts';
import type { Frame, FrameCache } from './frame-cache.ts';

/** Whoever owes an answer for this long has forgotten it, or cannot give it: it gets the next keyframe all the same. */
const ANSWER_DUE_US = 1_000_000;
/** Where no keyframe comes either, the cached group takes its place. */
const NO_KEYFRAME_US = 2_000_000;
/** Decoding a cached frame takes 2 ms on a fast machine; a burst of them is given this much time each. */
const CATCH_UP_FRAME_US = 10_000;
/** Whoever asks for the cached group again and again gets it this often at most. */
const RESTART_EVERY_US = 500_000;
/** So many times in a row an answer is done without. Then the consumer is left alone until it says something. */
const MAX_WRITE_OFFS = 5;

/**
 * One consumer's place in the stream: what it was given, what it still owes an answer for, and what it
 * missed. A slow one of H.264 goes on where it stopped as soon as it has answered, out of the cache, so
 * it never waits for a keyframe; one of JPEG gets the newest picture. No credit starves: see `#isOverdue`.
 */
export class Subscription {
  readonly id: number;
  readonly #consumer: Consumer;
  readonly #cache: FrameCache;
  #generation = -1;
  #lastSeq = -1;
  /** Must go on from the cache, or begin with a keyframe, before it can take live frames. */
  #behind = true;
  /** Sequence numbers given and not settled, oldest first. At most a cached group and the credit. */
  #unsettled: number[] = [];
  /** A burst out of the cache ends with this one; what belongs to it costs no credit. */
  #burstSeq = -1;
  #burstFrames = 0;
  /** When the newest answer came, or the first frame since then was given. */
  #waitingSinceUs = 0;
  #writeOffs = 0;
  /** JPEG only: the newest picture, kept until there is credit for it. */
  #held: Frame | null = null;
  #restartedAtUs = Number.NEGATIVE_INFINITY;
  #framesGiven = 0;
  #framesDropped = 0;
  #answersMissed = 0;

  constructor(id: number, consumer: Consumer, cache: FrameCache) {
    this.id = id;
    this.#consumer = consumer;
    this.#cache = cache;
  }

  /** Gives the cached group, so that there is a picture without waiting for the next keyframe. */
  start(): void {
    if (this.#consumer.startsAt === 'cached-group') this.#giveCached(this.#cache.group());
  }

  /** Gives the cached group once more, from its keyframe on. */
  restart(): void {
    if (nowUs() - this.#restartedAtUs < RESTART_EVERY_US) return;
    this.#restartedAtUs = nowUs();
    this.#unsettled = [];
    this.#giveCached(this.#cache.group());
  }

  /** Offers the newest frame, which is in the cache already: it is given, or skipped and counted. */
  offer(frame: Frame): void {
    if (frame.generation !== this.#generation) this.#startGeneration(frame.generation);
    if (this.#consumer.credit === null) this.#offerFreely(frame);
    else if (frame.format.codec === 'jpeg') this.#offerJpeg(frame, this.#consumer.credit.jpeg);
    else this.#offerH264(frame, this.#consumer.credit.h264);
  }

  /** Every frame up to `seq` is settled: drawn, written or given up. Returns whether that can be true. */
  settle(generation: number, seq: number): boolean {
    if (generation !== this.#generation || seq > this.#lastSeq) return false;
    this.#waitingSinceUs = nowUs();
    this.#writeOffs = 0;
    while (this.#unsettled[0] !== undefined && this.#unsettled[0] <= seq) this.#unsettled.shift();
    this.#goOn();
    return true;
  }

  /** The stream of this generation is over. */
  end(generation: number): void {
    if (this.#generation !== generation) return;
    this.#startGeneration(-1);
    this.#consumer.end?.(generation);
  }

  status(): ConsumerStatus {
    const { name, kind } = this.#consumer;
    return {
      id: this.id,
      name,
      kind,
      framesGiven: this.#framesGiven,
      framesDropped: this.#framesDropped,
      answersMissed: this.#answersMissed,
      delayMs: this.#consumer.delayMs?.() ?? null,
    };
  }

  #offerFreely(frame: Frame): void {
    if (frame.keyframe) this.#behind = false;
    if (this.#behind) this.#framesDropped++;
    else this.#give(frame, false);
  }

  #offerH264(frame: Frame, credit: number): void {
    const hasRoom = this.#inFlight() < credit;
    if (hasRoom && (!this.#behind || frame.keyframe)) {
      this.#behind = false;
      this.#give(frame, false);
      return;
    }
    if (frame.keyframe && this.#isOverdue(ANSWER_DUE_US)) {
      this.#writeOff();
      this.#behind = false;
      this.#give(frame, false);
      return;
    }
    this.#behind = true;
    this.#framesDropped++;
    if (this.#isOverdue(NO_KEYFRAME_US)) {
      this.#writeOff();
      this.#framesDropped--;
      // From its beginning: a decoder that says nothing may have lost the thread.
      this.#giveCached(this.#cache.group());
    } else if (hasRoom) {
      this.#goOn();
    }
  }

  #offerJpeg(frame: Frame, credit: number): void {
    const hasRoom = this.#inFlight() < credit;
    if (!hasRoom && this.#isOverdue(ANSWER_DUE_US)) this.#writeOff();
    else if (!hasRoom) {
      if (this.#held !== null) this.#framesDropped++;
      this.#held = frame;
      return;
    }
    if (this.#held !== null) this.#framesDropped++;
    this.#held = null;
    this.#give(frame, false);
  }

  /** There may be credit again: the picture held back, or all that was skipped. */
  #goOn(): void {
    const { credit } = this.#consumer;
    if (credit === null) return;
    if (this.#held !== null && this.#inFlight() < credit.jpeg) {
      const frame = this.#held;
      this.#held = null;
      this.#give(frame, false);
    }
    // One that never had a frame begins with a keyframe.
    if (!this.#behind || this.#lastSeq < 0 || this.#unsettled.length > 0) return;
    const group = this.#cache.group();
    const first = group[0];
    if (first === undefined || first.generation !== this.#generation) return;
    // What it decoded already need not be decoded again: it goes on behind the last frame it has.
    const missed = this.#lastSeq < first.seq ? group : group.slice(this.#lastSeq + 1 - first.seq);
    if (missed.length === 0) return;
    if (this.#framesDropped > 0) this.#framesDropped--;
    this.#giveCached(missed);
  }

  /** A burst out of the cache, of which only the newest is worth showing. */
  #giveCached(frames: readonly Frame[]): void {
    const newest = frames.at(-1);
    if (newest === undefined) return;
    if (newest.generation !== this.#generation) this.#startGeneration(newest.generation);
    this.#behind = false;
    this.#burstSeq = newest.seq;
    this.#burstFrames = frames.length;
    for (const frame of frames) this.#give(frame, frame !== newest);
  }

  #give(frame: Frame, catchUp: boolean): void {
    this.#framesGiven++;
    this.#lastSeq = frame.seq;
    if (this.#consumer.credit !== null) {
      if (this.#unsettled.length === 0) this.#waitingSinceUs = nowUs();
      this.#unsettled.push(frame.seq);
    }
    this.#consumer.take(frame, catchUp);
  }

  /** Whether an answer is owed for longer than anything takes that is alive. */
  #isOverdue(dueUs: number): boolean {
    if (this.#unsettled.length === 0 || this.#writeOffs >= MAX_WRITE_OFFS) return false;
    const inBurst = (this.#unsettled[0] ?? Number.POSITIVE_INFINITY) <= this.#burstSeq;
    const burstUs = inBurst ? this.#burstFrames * CATCH_UP_FRAME_US : 0;
    return nowUs() - this.#waitingSinceUs > dueUs + burstUs;
  }

  #writeOff(): void {
    this.#writeOffs++;
    this.#answersMissed += this.#unsettled.length;
    this.#unsettled = [];
  }

  /** Frames under way that cost credit: those of a burst do not. */
  #inFlight(): number {
    let count = 0;
    for (let i = this.#unsettled.length - 1; i >= 0; i--) {
      const seq = this.#unsettled[i];
      if (seq === undefined || seq <= this.#burstSeq) break;
      count++;
    }
    return count;
  }

  #startGeneration(generation: number): void {
    this.#generation = generation;
    this.#behind = true;
    this.#unsettled = [];
    this.#burstSeq = -1;
    this.#burstFrames = 0;
    this.#lastSeq = -1;
    this.#held = null;
    this.#writeOffs = 0;
  }
}
