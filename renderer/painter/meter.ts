import { RecentPercentiles } from '../../shared/recent-percentiles.ts';
import type { Unable } from '../../shared/unable.ts';
import type { Meters } from './messages.ts';

/** The delay on screen is that of the last seconds. */
const DELAY_WINDOW_MS = 5_000;
/** Frames a second are counted over this. */
const FPS_WINDOW_US = 1_000_000;
/** 240 fps, and some. */
const MAX_DRAW_TIMES = 300;

/** Counts what the painter does within one generation. */
export class Meter {
  readonly #delays = new RecentPercentiles(DELAY_WINDOW_MS);
  #drawnAtUs: number[] = [];
  #generation = 0;
  #width = 0;
  #height = 0;
  readonly #waitingSinceUs: number;
  #firstPictureMs: number | null = null;
  #framesDrawn = 0;
  #longestGapMs = 0;
  #framesDropped = 0;
  #decodeErrors = 0;
  #unable: Unable | null = null;
  /** On the station's clock where it is known, on this worker's until then. */
  #newest: { capturedAtUs: number; drawnAtUs: number } | null = null;

  /** `waitingSinceUs`: when the viewer began to wait for a picture. */
  constructor(generation: number, waitingSinceUs: number) {
    this.#generation = generation;
    this.#waitingSinceUs = waitingSinceUs;
  }

  drawn(
    at: { nowUs: number; capturedAtUs: number; delayMs: number | null },
    size: { width: number; height: number },
  ): void {
    this.#framesDrawn++;
    this.#unable = null;
    this.#firstPictureMs ??= (at.nowUs - this.#waitingSinceUs) / 1_000;
    this.#width = size.width;
    this.#height = size.height;
    if (this.#newest !== null) {
      const gapMs = (at.nowUs - this.#newest.drawnAtUs) / 1_000;
      this.#longestGapMs = Math.max(this.#longestGapMs, gapMs);
    }
    this.#newest = { capturedAtUs: at.capturedAtUs, drawnAtUs: at.nowUs };
    this.#drawnAtUs.push(at.nowUs);
    if (this.#drawnAtUs.length > MAX_DRAW_TIMES) this.#drawnAtUs.shift();
    if (at.delayMs !== null) this.#delays.add(at.nowUs, at.delayMs);
  }

  dropped(count: number): void {
    this.#framesDropped += count;
  }

  /** This stream cannot be shown; a picture that is shown all the same, or another stream, ends that. */
  unable(reason: Unable): void {
    this.#unable = reason;
  }

  able(): void {
    this.#unable = null;
  }

  decodeError(): void {
    this.#decodeErrors++;
  }

  read(nowUs: number, stationNowUs: number | null): Meters {
    this.#drawnAtUs = this.#drawnAtUs.filter((at) => at > nowUs - FPS_WINDOW_US);
    return {
      generation: this.#generation,
      width: this.#width,
      height: this.#height,
      fps: this.#drawnAtUs.length,
      delayMs: this.#delays.read(nowUs),
      firstPictureMs: this.#firstPictureMs,
      framesDrawn: this.#framesDrawn,
      longestGapMs: this.#longestGapMs,
      framesDropped: this.#framesDropped,
      decodeErrors: this.#decodeErrors,
      pictureAgeMs: this.#pictureAgeMs(nowUs, stationNowUs),
      unable: this.#unable,
    };
  }

  #pictureAgeMs(nowUs: number, stationNowUs: number | null): number | null {
    if (this.#newest === null) return null;
    const ageUs =
      stationNowUs === null
        ? nowUs - this.#newest.drawnAtUs
        : stationNowUs - this.#newest.capturedAtUs;
    return Math.max(0, ageUs / 1_000);
  }
}
