import {
  decodeViewerMessage,
  encodeStationMessage,
  type StreamFormat,
  type ViewerMessage,
} from '../../shared/frames.ts';
import { RecentPercentiles } from '../../shared/recent-percentiles.ts';
import type { ViewerStatus } from '../../shared/status.ts';
import { nowUs } from '../base/clock.ts';
import type { Frame, FrameCache } from './frame-cache.ts';
import type { ViewerPort } from './viewer-port.ts';

/**
 * How many frames may be under way to a viewer that has not said they were drawn; everything beyond
 * is skipped, so the queue in the port cannot grow. H.264: a quarter of a second at 30 fps, because a
 * skip costs everything up to the next keyframe. JPEG: one on the way while one is drawn, because a
 * skip costs one picture and a queue costs delay.
 */
const CREDIT_FRAMES = { h264: 8, jpeg: 2 } as const;
/** A viewer that talks this much per second is broken or hostile: 30 fps need about 35 messages. */
const MAX_MESSAGES_PER_SECOND = 1_000;
/** Delay is shown over the last seconds, not over the whole session. */
const DELAY_WINDOW_MS = 5_000;
/** What a delay can plausibly be; anything else is a broken clock or a hostile viewer. */
const MAX_PLAUSIBLE_DELAY_MS = 60_000;

/**
 * One consumer of the cache. It is given frames as long as it has credit; without, it skips to the
 * next keyframe and its drops are counted. Nobody else notices.
 */
export class Viewer {
  readonly id: number;
  readonly #kind: ViewerStatus['kind'];
  readonly #port: ViewerPort;
  readonly #cache: FrameCache;
  readonly #delays = new RecentPercentiles(DELAY_WINDOW_MS);
  #ready = false;
  #closed = false;
  #needsKeyframe = true;
  #format: StreamFormat | null = null;
  #generation = -1;
  #lastSentSeq = -1;
  /** Sequence numbers sent and not yet acknowledged, oldest first. At most a cached group + credit. */
  #unacknowledged: number[] = [];
  /** The catch-up burst ends with this one; what belongs to it costs no credit. */
  #burstSeq = -1;
  /** JPEG only: the newest frame, kept until there is credit for it. */
  #held: Frame | null = null;
  #framesSent = 0;
  #framesDropped = 0;
  #messagesThisSecond = 0;
  #secondStartedUs = 0;

  constructor(id: number, kind: ViewerStatus['kind'], port: ViewerPort, cache: FrameCache) {
    this.id = id;
    this.#kind = kind;
    this.#port = port;
    this.#cache = cache;
    port.onMessage((bytes) => this.#receive(bytes));
  }

  /** Offers the newest frame; it is sent, or skipped and counted. `message` is encoded once for all viewers. */
  offer(frame: Frame, message: () => ArrayBuffer): void {
    if (this.#closed || !this.#ready) return;
    if (frame.generation !== this.#generation) this.#startGeneration(frame.generation);
    if (frame.format.codec === 'jpeg') this.#offerJpeg(frame, message);
    else this.#offerH264(frame, message);
  }

  #offerH264(frame: Frame, message: () => ArrayBuffer): void {
    if (frame.keyframe) this.#needsKeyframe = false;
    if (this.#inFlight() >= CREDIT_FRAMES.h264) this.#needsKeyframe = true;
    if (this.#needsKeyframe) this.#framesDropped++;
    else this.#send(frame, message());
  }

  #offerJpeg(frame: Frame, message: () => ArrayBuffer): void {
    if (this.#inFlight() < CREDIT_FRAMES.jpeg) {
      this.#send(frame, message());
      return;
    }
    if (this.#held !== null) this.#framesDropped++;
    this.#held = frame;
  }

  /** The stream of this generation is over. */
  end(generation: number): void {
    if (this.#closed || this.#generation !== generation) return;
    this.#port.send(encodeStationMessage({ type: 'end', generation }));
    this.#startGeneration(-1);
  }

  status(): ViewerStatus {
    return {
      id: this.id,
      kind: this.#kind,
      framesSent: this.#framesSent,
      framesDropped: this.#framesDropped,
      delayMs: this.#delays.read(nowUs()),
    };
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#port.close();
  }

  #receive(bytes: ArrayBuffer | Uint8Array): void {
    if (this.#closed || this.#isFlooding()) return;
    const message = decodeViewerMessage(bytes);
    if (message !== null) this.#handle(message);
  }

  #handle(message: ViewerMessage): void {
    switch (message.type) {
      case 'ready':
        if (!this.#ready) {
          this.#ready = true;
          this.#catchUp();
        }
        break;
      case 'drawn':
        this.#acknowledge(message.generation, message.seq, message.delayMs);
        break;
      case 'clockQuery':
        this.#port.send(
          encodeStationMessage({
            type: 'clock',
            askedAtUs: message.askedAtUs,
            stationUs: nowUs(),
          }),
        );
        break;
    }
  }

  /** Sends the cached group at once, so that there is a picture without waiting for the next keyframe. */
  #catchUp(): void {
    const group = this.#cache.group();
    const newest = group.at(-1);
    if (newest === undefined) return;
    this.#startGeneration(newest.generation);
    for (const frame of group) this.#send(frame, frameMessage(frame, frame !== newest));
    this.#burstSeq = newest.seq;
    this.#needsKeyframe = false;
  }

  #announce(frame: Frame): void {
    if (this.#format !== null && isSameFormat(this.#format, frame.format)) return;
    this.#format = frame.format;
    this.#port.send(
      encodeStationMessage({ type: 'format', generation: frame.generation, ...frame.format }),
    );
  }

  #send(frame: Frame, message: ArrayBuffer): void {
    this.#announce(frame);
    this.#port.send(message);
    this.#framesSent++;
    this.#lastSentSeq = frame.seq;
    this.#unacknowledged.push(frame.seq);
  }

  #acknowledge(generation: number, seq: number, delayMs: number): void {
    if (generation !== this.#generation || seq > this.#lastSentSeq) return;
    while (this.#unacknowledged[0] !== undefined && this.#unacknowledged[0] <= seq) {
      this.#unacknowledged.shift();
    }
    if (this.#held !== null && this.#inFlight() < CREDIT_FRAMES.jpeg) {
      const frame = this.#held;
      this.#held = null;
      this.#send(frame, frameMessage(frame, false));
    }
    if (delayMs >= 0 && delayMs < MAX_PLAUSIBLE_DELAY_MS) this.#delays.add(nowUs(), delayMs);
  }

  /** Frames under way that cost credit: those of the catch-up burst do not. */
  #inFlight(): number {
    let count = 0;
    for (let i = this.#unacknowledged.length - 1; i >= 0; i--) {
      const seq = this.#unacknowledged[i];
      if (seq === undefined || seq <= this.#burstSeq) break;
      count++;
    }
    return count;
  }

  #startGeneration(generation: number): void {
    this.#generation = generation;
    this.#needsKeyframe = true;
    this.#unacknowledged = [];
    this.#burstSeq = -1;
    this.#lastSentSeq = -1;
    this.#held = null;
    this.#format = null;
  }

  #isFlooding(): boolean {
    const now = nowUs();
    if (now - this.#secondStartedUs > 1_000_000) {
      this.#secondStartedUs = now;
      this.#messagesThisSecond = 0;
    }
    this.#messagesThisSecond++;
    if (this.#messagesThisSecond <= MAX_MESSAGES_PER_SECOND) return false;
    this.close();
    return true;
  }
}

/** The frame as it travels; `catchUp` marks a cached one that need not be drawn. */
export function frameMessage(frame: Frame, catchUp: boolean): ArrayBuffer {
  return encodeStationMessage({
    type: 'frame',
    generation: frame.generation,
    seq: frame.seq,
    keyframe: frame.keyframe,
    catchUp,
    capturedAtUs: frame.capturedAtUs,
    data: frame.data,
  });
}

function isSameFormat(a: StreamFormat, b: StreamFormat): boolean {
  return (
    a === b || (a.codecString === b.codecString && a.width === b.width && a.height === b.height)
  );
}
