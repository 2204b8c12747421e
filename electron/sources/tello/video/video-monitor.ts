import { performance } from 'node:perf_hooks';
import { RetryDelays } from '../../../../shared/retry-delays.ts';
import { pause } from '../../../base/abortable.ts';
import { cancelled, type StationError } from '../../../base/failures.ts';
import type { SourceFrame, SourceListener } from '../../../video/source.ts';
import type { VideoEvidence, VideoRequest } from '../commands/request-video.ts';
import type { TelloTimings } from '../timings.ts';
import { type CommandTrouble, phaseOf } from './video-faults.ts';
import { type VideoState, VideoWatch } from './video-watch.ts';

export type MonitorParts = {
  videoPort: number;
  /** Asks the drone for its video once more. Moves nothing. */
  requestVideo(signal: AbortSignal): Promise<VideoRequest>;
  /** The video fell silent: what comes next must begin with a keyframe. */
  waitForKeyframe(): void;
};

/** Why the drone is asked again: no video comes, or it comes and no command is answered. */
type Reason = 'video' | 'answers';

/**
 * Stands between the links and the session: passes units on, says what is going on while none come or
 * something else is wrong, and asks the drone again when the video or its answers stay away. What is seen
 * of the video decides; what the drone says of it does not.
 */
export class VideoMonitor implements VideoEvidence {
  readonly #timings: TelloTimings;
  readonly #listener: SourceListener;
  readonly #end = new AbortController();
  readonly #watch: VideoWatch;
  readonly #waiters = new Set<() => void>();
  readonly #socketTroubles = new Map<'video' | 'state', StationError>();
  #parts: MonitorParts | null = null;
  #portsAccepted = true;
  #droneAnswers: boolean | null = null;
  #commandTrouble: CommandTrouble | null = null;
  #state: VideoState = 'waiting-for-video';
  /** What the listener heard last; a phase is told once, not five times a second. */
  #told = '';
  #timer: NodeJS.Timeout | undefined;
  #healing: { reason: Reason; abort: AbortController } | null = null;

  constructor(timings: TelloTimings, listener: SourceListener) {
    this.#timings = timings;
    this.#listener = listener;
    this.#watch = new VideoWatch(timings);
  }

  /** Begins to judge the video, as of now. */
  start(parts: MonitorParts, request: VideoRequest): void {
    this.#parts = parts;
    this.#take(request);
    this.#watch.start(performance.now());
    this.#timer = setInterval(() => this.#look(), this.#timings.watchMs);
    this.#look();
  }

  flows(): boolean {
    return this.#watch.flows(performance.now());
  }

  async arrives(waitMs: number, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) throw cancelled();
    const enough = new AbortController();
    const onAbort = () => enough.abort();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#waiters.add(onAbort);
    if (!this.flows()) await pause(waitMs, enough.signal).catch(() => undefined);
    this.#waiters.delete(onAbort);
    signal.removeEventListener('abort', onAbort);
    if (signal.aborted) throw cancelled();
    return this.flows();
  }

  datagram(): void {
    this.#watch.datagram(performance.now());
    for (const wake of this.#waiters) wake();
  }

  unit(unit: SourceFrame): void {
    if (this.#end.signal.aborted) return;
    this.#watch.unit(performance.now());
    this.#listener.frame(unit);
    if (this.#state !== 'streaming') this.#look();
  }

  dropped(count: number): void {
    if (!this.#end.signal.aborted) this.#listener.dropped(count);
  }

  /** What is wrong with the commands, or null when nothing is any more. */
  commands(trouble: CommandTrouble | null): void {
    this.#commandTrouble = trouble;
    if (this.#parts !== null) this.#look();
    else if (trouble?.kind === 'slow') this.#say('opening', trouble.error);
  }

  /** Why nothing can arrive at a socket, or null when it can again. */
  socket(which: 'video' | 'state', trouble: StationError | null): void {
    if (trouble === null) this.#socketTroubles.delete(which);
    else this.#socketTroubles.set(which, trouble);
    this.#look();
  }

  dispose(): void {
    clearInterval(this.#timer);
    this.#end.abort();
    this.#stopHealing();
  }

  #take(request: VideoRequest): void {
    this.#portsAccepted = request.portsAccepted;
    if (!request.answered) this.#commandTrouble ??= { kind: 'unanswered' };
    else if (this.#commandTrouble?.kind === 'unanswered') this.#commandTrouble = null;
  }

  #look(): void {
    if (this.#parts === null || this.#end.signal.aborted) return;
    const former = this.#state;
    this.#state = this.#watch.judge(performance.now());
    if (this.#state === 'silent' && former !== 'silent') this.#parts.waitForKeyframe();
    const reason = this.#reasonToAsk();
    if (reason !== this.#healing?.reason) {
      this.#stopHealing();
      if (reason !== undefined) this.#startHealing(this.#parts, reason);
    }
    this.#tell(this.#parts);
  }

  #reasonToAsk(): Reason | undefined {
    if (this.#state === 'silent' || this.#state === 'no-video') return 'video';
    return this.#commandTrouble?.kind === 'unanswered' ? 'answers' : undefined;
  }

  #tell(parts: MonitorParts): void {
    const { phase, error } = phaseOf(this.#state, {
      videoPort: parts.videoPort,
      portsAccepted: this.#portsAccepted,
      droneAnswers: this.#droneAnswers,
      commandTrouble: this.#commandTrouble,
      videoSocket: this.#socketTroubles.get('video') ?? null,
      stateSocket: this.#socketTroubles.get('state') ?? null,
    });
    this.#say(phase, error);
  }

  #say(phase: Parameters<SourceListener['phase']>[0], error: StationError | null): void {
    const words = `${phase}: ${error?.message ?? ''}`;
    if (words === this.#told || this.#end.signal.aborted) return;
    this.#told = words;
    this.#listener.phase(phase, error);
  }

  #startHealing(parts: MonitorParts, reason: Reason): void {
    const abort = new AbortController();
    this.#healing = { reason, abort };
    void this.#heal(parts, abort.signal);
  }

  #stopHealing(): void {
    this.#healing?.abort.abort();
    this.#healing = null;
    this.#droneAnswers = null;
  }

  /** Asks again and again, with growing delays, until all is well (or nobody wants it). */
  async #heal(parts: MonitorParts, signal: AbortSignal): Promise<void> {
    const delays = new RetryDelays(this.#timings.healDelaysMs);
    while (true) {
      await pause(delays.nextMs(), signal).catch(() => undefined);
      if (signal.aborted) return;
      // Why it failed does not matter here: what the drone does next decides what the user is told.
      const request = await parts.requestVideo(signal).catch(() => null);
      if (signal.aborted) return;
      this.#droneAnswers = request?.answered ?? false;
      if (request !== null) this.#take(request);
      this.#tell(parts);
    }
  }
}
