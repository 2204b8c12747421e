import { DEFAULT_QUALITY } from '../../shared/share.ts';
import { trueView } from '../../shared/view.ts';
import type { TranscoderClient, TranscoderListener } from '../media/transcoder-client.ts';
import type { PictureShape } from '../media/transcoder-messages.ts';
import type { Frame } from '../video/frame-cache.ts';
import type { FrameHub, Subscribed } from '../video/frame-hub.ts';

/** What may be under way to a transcoder: a third of a second of film. Beyond it the hub skips, and counts. */
const CREDIT = { h264: 10, jpeg: 2 } as const;
/** A transcoder that died is started again after this, so that a picture it cannot bear does not start one a frame. */
const RESTART_AFTER_MS = 1_000;

/** A picture as it is passed on. */
export type SharedPicture = { jpeg: Uint8Array; capturedAtUs: number };

/** Starts a transcoder for one shape. */
export type OpenTranscoder = (
  shape: PictureShape,
  listener: TranscoderListener,
) => TranscoderClient;

type FeedParts = {
  hub: FrameHub;
  openTranscoder: OpenTranscoder;
  shape: PictureShape;
  /** As it is called in the status. */
  name: string;
  onPicture: (picture: SharedPicture) => void;
  report: (what: string, error: unknown) => void;
};

/**
 * The pictures of one shape, made once for all who want that shape. A camera's own JPEG passes untouched
 * where nothing is asked of it.
 */
export class PictureFeed {
  readonly #parts: FeedParts;
  readonly #subscribed: Subscribed;
  readonly #passesJpeg: boolean;
  #transcoder: TranscoderClient | null = null;
  #restart: NodeJS.Timeout | undefined;
  #passedAtUs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  constructor(parts: FeedParts) {
    this.#parts = parts;
    this.#passesJpeg = asksNothing(parts.shape);
    this.#subscribed = parts.hub.subscribe({
      name: parts.name,
      kind: 'share',
      credit: CREDIT,
      startsAt: 'cached-group',
      take: (frame, catchUp) => this.#take(frame, catchUp),
    });
  }

  async dispose(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#restart);
    this.#subscribed.close();
    await this.#transcoder?.dispose();
    this.#transcoder = null;
  }

  #take(frame: Frame, catchUp: boolean): void {
    const { generation, seq, capturedAtUs, data, format } = frame;
    if (format.codec === 'jpeg' && this.#passesJpeg) {
      // The cached picture comes while the hub still subscribes: nobody can be answered, or listens, yet.
      queueMicrotask(() => this.#pass(frame));
      return;
    }
    this.#running()?.frame({
      codec: format.codec,
      generation,
      seq,
      // A picture that is made up, or only leads to the newest, is not shown.
      catchUp: catchUp || frame.madeUp === true,
      capturedAtUs,
      data,
    });
  }

  #pass({ generation, seq, capturedAtUs, data }: Frame): void {
    if (this.#isClosed) return;
    this.#subscribed.settle(generation, seq);
    if (capturedAtUs - this.#passedAtUs < (0.8 * 1e6) / this.#parts.shape.fps) return;
    this.#passedAtUs = capturedAtUs;
    this.#parts.onPicture({ jpeg: data, capturedAtUs });
  }

  #running(): TranscoderClient | null {
    if (this.#transcoder !== null || this.#isClosed || this.#restart !== undefined) {
      return this.#transcoder;
    }
    this.#transcoder = this.#parts.openTranscoder(this.#parts.shape, {
      settled: (generation, seq) => void this.#subscribed.settle(generation, seq),
      picture: (jpeg, capturedAtUs) => this.#parts.onPicture({ jpeg, capturedAtUs }),
      gone: (why) => {
        this.#parts.report('A transcoder went', new Error(why));
        this.#transcoder = null;
        this.#restart = setTimeout(() => {
          this.#restart = undefined;
          // Its decoder knew what came before; the next one begins with a keyframe.
          this.#subscribed.restart();
        }, RESTART_AFTER_MS);
      },
    });
    return this.#transcoder;
  }
}

function asksNothing({ width, view, quality }: PictureShape): boolean {
  const isUnturned = view.mirror === trueView.mirror && view.rotateDegrees === 0;
  return width === null && isUnturned && quality === DEFAULT_QUALITY;
}
