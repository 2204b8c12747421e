import { performance } from 'node:perf_hooks';
import { pause } from '../../../base/abortable.ts';
import type { SourceListener } from '../../../video/source.ts';
import type { VideoRequest } from '../commands/request-video.ts';
import type { TelloTimings } from '../timings.ts';
import type { AccessUnit } from './access-units.ts';
import { phaseOf } from './video-faults.ts';
import { type VideoState, VideoWatch } from './video-watch.ts';

export type MonitorParts = {
  videoPort: number;
  /** Asks the drone for its video once more. Moves nothing. */
  requestVideo(signal: AbortSignal): Promise<VideoRequest>;
  /** The video fell silent: what comes next must begin with a keyframe. */
  waitForKeyframe(): void;
};

/**
 * Stands between the video link and the session: passes units on, says what is going on while none come,
 * and asks the drone again when the video stays away.
 */
export class VideoMonitor {
  readonly #timings: TelloTimings;
  readonly #listener: SourceListener;
  readonly #end = new AbortController();
  readonly #watch: VideoWatch;
  #parts: MonitorParts | null = null;
  #portsAccepted = true;
  #droneAnswers: boolean | null = null;
  #state: VideoState = 'waiting-for-video';
  /** What the listener heard last; a phase is told once, not five times a second. */
  #told = '';
  #timer: NodeJS.Timeout | undefined;
  #healing: AbortController | null = null;

  constructor(timings: TelloTimings, listener: SourceListener) {
    this.#timings = timings;
    this.#listener = listener;
    this.#watch = new VideoWatch(timings);
  }

  /** Begins to judge the video, as of now. */
  start(parts: MonitorParts, request: VideoRequest): void {
    this.#parts = parts;
    this.#portsAccepted = request.portsAccepted;
    this.#watch.start(performance.now());
    this.#timer = setInterval(() => this.#look(), this.#timings.watchMs);
    this.#look();
  }

  datagram(): void {
    this.#watch.datagram(performance.now());
  }

  unit(unit: AccessUnit): void {
    if (this.#end.signal.aborted) return;
    this.#watch.unit(performance.now());
    this.#listener.frame(unit);
    if (this.#state !== 'streaming') this.#look();
  }

  dropped(count: number): void {
    if (!this.#end.signal.aborted) this.#listener.dropped(count);
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#end.abort();
    this.#healing?.abort();
  }

  #look(): void {
    if (this.#parts === null || this.#end.signal.aborted) return;
    const former = this.#state;
    this.#state = this.#watch.judge(performance.now());
    if (this.#state === 'silent' && former !== 'silent') this.#parts.waitForKeyframe();
    if (this.#state === 'silent' || this.#state === 'no-video') this.#startHealing(this.#parts);
    else this.#stopHealing();
    this.#tell(this.#parts);
  }

  #tell(parts: MonitorParts): void {
    const { phase, error } = phaseOf(this.#state, {
      videoPort: parts.videoPort,
      portsAccepted: this.#portsAccepted,
      droneAnswers: this.#droneAnswers,
    });
    const words = `${phase}: ${error?.message ?? ''}`;
    if (words === this.#told) return;
    this.#told = words;
    this.#listener.phase(phase, error);
  }

  #startHealing(parts: MonitorParts): void {
    if (this.#healing !== null) return;
    this.#healing = new AbortController();
    void this.#heal(parts, this.#healing.signal);
  }

  #stopHealing(): void {
    this.#healing?.abort();
    this.#healing = null;
    this.#droneAnswers = null;
  }

  /** Asks again and again, with growing delays, until the video is back (or nobody wants it). */
  async #heal(parts: MonitorParts, signal: AbortSignal): Promise<void> {
    const delays = this.#timings.healDelaysMs;
    for (let attempt = 0; ; attempt++) {
      await pause(delays[Math.min(attempt, delays.length - 1)] ?? 0, signal).catch(() => undefined);
      if (signal.aborted) return;
      // Why it failed does not matter here: what the drone does next decides what the user is told.
      const request = await parts.requestVideo(signal).catch(() => null);
      if (signal.aborted) return;
      this.#droneAnswers = request !== null;
      if (request !== null) this.#portsAccepted = request.portsAccepted;
      this.#tell(parts);
    }
  }
}
