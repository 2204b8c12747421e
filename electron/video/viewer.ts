import {
  decodeViewerMessage,
  encodeStationMessage,
  type StreamFormat,
  type ViewerMessage,
} from '../../shared/frames.ts';
import { RecentPercentiles } from '../../shared/recent-percentiles.ts';
import type { ViewerKind } from '../../shared/status.ts';
import { nowUs } from '../base/clock.ts';
import type { Consumer } from './consumer.ts';
import type { Frame } from './frame-cache.ts';
import type { FrameHub, Subscribed } from './frame-hub.ts';
import type { ViewerPort } from './viewer-port.ts';

/**
 * Frames under way to a page that has not said they were drawn; everything beyond is skipped, so the
 * queue in the port cannot grow. H.264: a quarter of a second at 30 fps, because going on after a skip
 * costs decoding all that was skipped. JPEG: one on the way while one is drawn, because a skip costs one
 * picture and a queue costs delay.
 */
const CREDIT = { h264: 8, jpeg: 2 } as const;
/** A viewer that talks this much per second is broken or hostile: 30 fps need about 35 messages. */
const MAX_MESSAGES_PER_SECOND = 1_000;
/** A page loads its worker in a fraction of this; a link that stays mute keeps the place of one that does not. */
const READY_WITHIN_MS = 10_000;
/** Delay is shown over the last seconds, not over the whole session. */
const DELAY_WINDOW_MS = 5_000;
/** What a delay can plausibly be; anything else is a broken clock or a hostile viewer. */
const MAX_PLAUSIBLE_DELAY_MS = 60_000;

/** Turns a frame into its message; one that everybody gets is encoded once. */
export type EncodeFrame = (frame: Frame, catchUp: boolean) => ArrayBuffer;

/** A page at the other end of a frame link: the hub's frames as messages, its answers as credit. */
export class Viewer {
  readonly #kind: ViewerKind;
  readonly #port: ViewerPort;
  readonly #hub: FrameHub;
  readonly #encode: EncodeFrame;
  readonly #delays = new RecentPercentiles(DELAY_WINDOW_MS);
  readonly #readyTimer: NodeJS.Timeout;
  #subscribed: Subscribed | null = null;
  #closed = false;
  #format: StreamFormat | null = null;
  #messagesThisSecond = 0;
  #secondStartedUs = 0;

  constructor(kind: ViewerKind, port: ViewerPort, hub: FrameHub, encode: EncodeFrame) {
    this.#kind = kind;
    this.#port = port;
    this.#hub = hub;
    this.#encode = encode;
    this.#readyTimer = setTimeout(() => this.close(), READY_WITHIN_MS);
    port.onMessage((bytes) => this.#receive(bytes));
  }

  close(): void {
    if (this.#closed) return;
    this.left();
    this.#port.close();
  }

  /** The other end is gone. */
  left(): void {
    this.#closed = true;
    clearTimeout(this.#readyTimer);
    this.#subscribed?.close();
  }

  #receive(bytes: ArrayBuffer | Uint8Array): void {
    if (this.#closed || this.#isFlooding()) return;
    const message = decodeViewerMessage(bytes);
    if (message !== null) this.#handle(message);
  }

  #handle(message: ViewerMessage): void {
    switch (message.type) {
      case 'ready':
        clearTimeout(this.#readyTimer);
        this.#subscribed ??= this.#hub.subscribe(this.#consumer());
        break;
      case 'drawn':
        this.#settle(message.generation, message.seq, message.delayMs);
        break;
      case 'restart':
        this.#subscribed?.restart();
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

  #consumer(): Consumer {
    return {
      name: this.#kind,
      kind: 'viewer',
      credit: CREDIT,
      startsAt: 'cached-group',
      take: (frame, catchUp) => {
        this.#announce(frame);
        this.#port.send(this.#encode(frame, catchUp));
      },
      end: (generation) => {
        this.#format = null;
        this.#port.send(encodeStationMessage({ type: 'end', generation }));
      },
      delayMs: () => this.#delays.read(nowUs()),
    };
  }

  #announce(frame: Frame): void {
    if (this.#format !== null && isSameFormat(this.#format, frame.format)) return;
    this.#format = frame.format;
    this.#port.send(
      encodeStationMessage({ type: 'format', generation: frame.generation, ...frame.format }),
    );
  }

  #settle(generation: number, seq: number, delayMs: number): void {
    if (this.#subscribed?.settle(generation, seq) !== true) return;
    if (delayMs >= 0 && delayMs < MAX_PLAUSIBLE_DELAY_MS) this.#delays.add(nowUs(), delayMs);
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

function isSameFormat(a: StreamFormat, b: StreamFormat): boolean {
  return (
    a === b || (a.codecString === b.codecString && a.width === b.width && a.height === b.height)
  );
}
