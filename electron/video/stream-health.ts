import type { StreamFormat } from '../../shared/frames.ts';
import type { VideoStatus } from '../../shared/status.ts';
import type { SourceFrame } from './source.ts';

/** Rates are over this window: long enough to be steady, short enough to follow the eye. */
const RATE_WINDOW_US = 2_000_000;
/** Losses are told over this window: long enough to be read, short enough to be about now. */
const LOSS_WINDOW_US = 5_000_000;
/** 240 fps over the window, and some. */
const MAX_REMEMBERED_FRAMES = 512;

/** Counts what a source delivers within one generation. */
export class StreamHealth {
  #format: StreamFormat | null = null;
  #recent: { atUs: number; bytes: number }[] = [];
  #framesReceived = 0;
  #framesDropped = 0;
  #lastFrameUs: number | null = null;
  #losses: { atUs: number; lost: number; healed: number }[] = [];

  frame(frame: SourceFrame): void {
    // It came from nowhere: the loss it stands for is counted as one.
    if (frame.madeUp) return;
    this.#format = frame.format;
    this.#framesReceived++;
    this.#lastFrameUs = frame.capturedAtUs;
    this.#recent.push({ atUs: frame.capturedAtUs, bytes: frame.data.byteLength });
    if (this.#recent.length > MAX_REMEMBERED_FRAMES) this.#recent.shift();
    if (!frame.whole) this.#lose({ atUs: frame.capturedAtUs, lost: 0, healed: 1 });
  }

  /** `count` frames of the source never became one. */
  dropped(count: number, nowUs: number): void {
    this.#framesDropped += count;
    this.#lose({ atUs: nowUs, lost: count, healed: 0 });
  }

  lastFrameAgeMs(nowUs: number): number | null {
    return this.#lastFrameUs === null ? null : (nowUs - this.#lastFrameUs) / 1_000;
  }

  /** Null before the first frame. */
  status(nowUs: number, datagrams: number | undefined): VideoStatus | null {
    if (this.#format === null) return null;
    this.#recent = this.#recent.filter((frame) => frame.atUs > nowUs - RATE_WINDOW_US);
    const first = this.#recent[0];
    const last = this.#recent.at(-1);
    const spanS = first && last ? (last.atUs - first.atUs) / 1_000_000 : 0;
    const bytes = this.#recent.slice(1).reduce((sum, frame) => sum + frame.bytes, 0);
    const age = this.lastFrameAgeMs(nowUs);
    return {
      codec: this.#format.codecString,
      width: this.#format.width,
      height: this.#format.height,
      fps: spanS > 0 ? Math.round(((this.#recent.length - 1) / spanS) * 10) / 10 : 0,
      bitrateBps: spanS > 0 ? Math.round((bytes * 8) / spanS) : 0,
      framesReceived: this.#framesReceived,
      framesDropped: this.#framesDropped,
      loss: this.#recentLoss(nowUs),
      ...(datagrams === undefined ? {} : { datagrams }),
      lastFrameAgeMs: age === null ? null : Math.max(0, Math.round(age)),
    };
  }

  #lose(loss: { atUs: number; lost: number; healed: number }): void {
    this.#losses.push(loss);
    if (this.#losses.length > MAX_REMEMBERED_FRAMES) this.#losses.shift();
  }

  #recentLoss(nowUs: number): { framesLost: number; framesHealed: number } {
    this.#losses = this.#losses.filter((loss) => loss.atUs > nowUs - LOSS_WINDOW_US);
    return {
      framesLost: this.#losses.reduce((sum, loss) => sum + loss.lost, 0),
      framesHealed: this.#losses.reduce((sum, loss) => sum + loss.healed, 0),
    };
  }
}
