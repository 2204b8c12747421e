import type { TelloTimings } from '../timings.ts';

/** What the video is doing: the contract's phases, with the fault told apart from the wait for it. */
export type VideoState =
  | 'waiting-for-video'
  | 'no-video'
  | 'waiting-for-keyframe'
  | 'no-keyframe'
  | 'streaming'
  | 'silent';

/** Judges the video by when its datagrams and units came. Pure: every time is passed in. */
export class VideoWatch {
  readonly #timings: TelloTimings;
  /** When the drone had agreed to send. */
  #sinceMs = 0;
  #datagramMs: number | null = null;
  #unitMs: number | null = null;
  /** Since when datagrams came without a unit; null while units come. */
  #undecodableSinceMs: number | null = null;

  constructor(timings: TelloTimings) {
    this.#timings = timings;
  }

  /** The wait for the first datagram begins. */
  start(nowMs: number): void {
    this.#sinceMs = nowMs;
  }

  datagram(nowMs: number): void {
    if (this.#datagramMs === null || this.#isSilent(this.#datagramMs, nowMs)) {
      this.#undecodableSinceMs = nowMs;
    }
    this.#datagramMs = nowMs;
  }

  unit(nowMs: number): void {
    this.#unitMs = nowMs;
    this.#undecodableSinceMs = null;
  }

  /** Whether datagrams come in. */
  flows(nowMs: number): boolean {
    return this.#datagramMs !== null && !this.#isSilent(this.#datagramMs, nowMs);
  }

  judge(nowMs: number): VideoState {
    const { noVideoAfterMs, noKeyframeAfterMs } = this.#timings;
    if (this.#datagramMs === null) {
      return nowMs - this.#sinceMs >= noVideoAfterMs ? 'no-video' : 'waiting-for-video';
    }
    if (this.#isSilent(this.#datagramMs, nowMs)) return 'silent';
    const undecodableSinceMs = this.#undecodableSinceMs ?? this.#unitMs ?? nowMs;
    if (nowMs - undecodableSinceMs >= noKeyframeAfterMs) return 'no-keyframe';
    return this.#undecodableSinceMs === null ? 'streaming' : 'waiting-for-keyframe';
  }

  #isSilent(datagramMs: number, nowMs: number): boolean {
    return nowMs - datagramMs >= this.#timings.silentAfterMs;
  }
}
