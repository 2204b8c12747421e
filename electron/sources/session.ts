import type { Failure } from '../../shared/result.ts';
import { RetryDelays } from '../../shared/retry-delays.ts';
import type { SourceSpec } from '../../shared/source.ts';
import {
  type Phase,
  type ReaderStatus,
  type SessionState,
  STALE_AFTER_MS,
  type Status,
} from '../../shared/status.ts';
import { pause } from '../base/abortable.ts';
import { nowUs } from '../base/clock.ts';
import { cancelled, isStationError, StationError } from '../base/failures.ts';
import type { DroneControls } from '../video/drone-controls.ts';
import type { FrameHub } from '../video/frame-hub.ts';
import type {
  OpenSource,
  OpenSourceFunction,
  SourceFacts,
  SourceFrame,
  SourceListener,
} from '../video/source.ts';
import { StreamHealth } from '../video/stream-health.ts';
import { provisionalName } from './source-name.ts';
import { SOURCE_HEALTHY_AFTER_MS, SOURCE_RETRY_DELAYS_MS } from './source-retries.ts';

/** How often staleness is looked at: well below the two seconds it is about. */
const HEALTH_CHECK_MS = 250;

export type SessionParts = {
  open: OpenSourceFunction;
  hub: FrameHub;
  /** Called with the source whenever one is open, and with null when it is no longer. */
  onSource?: (source: OpenSource | null) => void;
  /** Called after every change of state, phase or error. */
  onChange: () => void;
  /** A failure nobody is waiting for. */
  report: (what: string, error: unknown) => void;
};

/**
 * The one source and its life: idle → connecting → live ⇄ reconnecting → failed. Every connect,
 * switch and disconnect begins a new generation; whatever belongs to an older one finds its signal
 * fired, cleans up and says nothing. A new source is opened only when the former one is gone, so
 * there is never a second reader.
 */
export class SourceSession {
  readonly #parts: SessionParts;
  #generation = 0;
  #seq = 0;
  #abort = new AbortController();
  /** Settles when the newest run, and with it every older one, has released everything. */
  #running: Promise<void> = Promise.resolve();
  #state: SessionState = 'idle';
  #phase: Phase | null = null;
  #sinceUs = nowUs();
  #error: Failure | null = null;
  #spec: SourceSpec | null = null;
  #source: OpenSource | null = null;
  #sourceName: string | null = null;
  #health = new StreamHealth();
  #restarts = 0;
  /** What the reader said of itself last, for the time in which there is none. */
  #lastReader: ReaderStatus | null = null;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Starts to open a source, ending whatever went on before. Returns at once, with the new generation. */
  connect(spec: SourceSpec): number {
    const signal = this.#startGeneration();
    this.#spec = spec;
    this.#sourceName = provisionalName(spec);
    this.#enter('connecting', 'opening', null);
    const former = this.#running;
    const generation = this.#generation;
    this.#running = former
      .then(() => this.#run(generation, spec, signal))
      .catch((error: unknown) => this.#crashed(generation, error));
    return generation;
  }

  /** Ends the source; resolves when nothing of it is left. */
  async disconnect(): Promise<void> {
    this.#startGeneration();
    this.#spec = null;
    this.#enter('idle', null, null);
    await this.#running;
  }

  get isLive(): boolean {
    return this.#state === 'live';
  }

  /** What whoever keeps a picture wants to know of its source. */
  facts(): SourceFacts {
    return {
      name: this.#sourceName ?? 'camera',
      spec: this.#spec,
      connected: this.#state !== 'idle',
      frameAgeMs: this.#health.lastFrameAgeMs(nowUs()),
      tip: this.#error?.tip,
    };
  }

  /** The pilot's hands on the source that is open now; null where there is none, or it does not fly. */
  controls(): DroneControls | null {
    return this.#source?.controls ?? null;
  }

  status(): Omit<Status, 'consumers'> {
    const reader = this.#source?.reader?.() ?? this.#lastReader;
    return {
      state: this.#state,
      phase: this.#phase,
      stateAgeMs: Math.round((nowUs() - this.#sinceUs) / 1_000),
      generation: this.#generation,
      source: this.#spec,
      sourceName: this.#sourceName,
      video: this.#health.status(nowUs(), this.#source?.datagrams?.()),
      drone: this.#source?.drone?.() ?? null,
      reader: reader && { ...reader, restarts: this.#restarts },
      links: this.#source?.links?.() ?? null,
      error: this.#error,
    };
  }

  #startGeneration(): AbortSignal {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#parts.hub.end(this.#generation);
    this.#generation++;
    this.#seq = 0;
    this.#setSource(null);
    this.#sourceName = null;
    this.#health = new StreamHealth();
    this.#restarts = 0;
    this.#lastReader = null;
    return this.#abort.signal;
  }

  /** Opens the source again and again until it fails for good or is no longer wanted. */
  async #run(generation: number, spec: SourceSpec, signal: AbortSignal): Promise<void> {
    const delays = new RetryDelays(SOURCE_RETRY_DELAYS_MS, SOURCE_HEALTHY_AFTER_MS);
    while (!signal.aborted) {
      const openedAtUs = nowUs();
      const framesBefore = this.#seq;
      const error = await this.#openOnce(generation, spec, signal);
      if (signal.aborted) return;
      // Once it has worked, the user wants it back, whatever it says now.
      if (!error.recoverable && this.#seq === 0) {
        this.#enter('failed', null, error.toFailure());
        return;
      }
      if (this.#seq > framesBefore) delays.wasHealthyFor((nowUs() - openedAtUs) / 1_000);
      this.#enter('reconnecting', 'waiting-to-retry', error.toFailure());
      this.#restarts++;
      // Rejects only when the source is no longer wanted, which the loop sees by itself.
      await pause(delays.nextMs(), signal).catch(() => undefined);
    }
  }

  /** One life of the source: resolves with what ended it, after everything of it is released. */
  async #openOnce(
    generation: number,
    spec: SourceSpec,
    signal: AbortSignal,
  ): Promise<StationError> {
    let end: (error: StationError) => void = () => undefined;
    const ended = new Promise<StationError>((resolve) => {
      end = resolve;
    });
    const onAbort = () => end(cancelled());
    signal.addEventListener('abort', onAbort, { once: true });
    let source: OpenSource | undefined;
    let watch: NodeJS.Timeout | undefined;
    try {
      // An open that is no longer wanted releases what it has and rejects; until then it is waited for.
      source = await this.#parts.open(spec, this.#listener(generation, signal, end), signal);
      if (!signal.aborted) {
        this.#setSource(source);
        this.#sourceName = source.name;
        watch = setInterval(() => this.#checkHealth(), HEALTH_CHECK_MS);
        this.#parts.onChange();
      }
      return await ended;
    } catch (error) {
      return isStationError(error) ? error : this.#unexpected(error);
    } finally {
      clearInterval(watch);
      signal.removeEventListener('abort', onAbort);
      if (this.#source === source) {
        this.#lastReader = source?.reader?.() ?? null;
        this.#setSource(null);
      }
      await source?.dispose();
    }
  }

  #setSource(source: OpenSource | null): void {
    if (this.#source === source) return;
    this.#source = source;
    this.#parts.onSource?.(source);
  }

  #listener(
    generation: number,
    signal: AbortSignal,
    lost: (error: StationError) => void,
  ): SourceListener {
    const current = () => !signal.aborted && generation === this.#generation;
    return {
      frame: (frame) => {
        if (current()) this.#receive(frame);
      },
      dropped: (count) => {
        if (current()) this.#health.dropped(count, nowUs());
      },
      phase: (phase, error) => {
        if (!current()) return;
        const state =
          this.#state === 'live' && phase !== 'streaming' ? 'reconnecting' : this.#state;
        this.#enter(state, phase, error?.toFailure() ?? null);
      },
      lost,
    };
  }

  #receive(sourceFrame: SourceFrame): void {
    const frame = { ...sourceFrame, generation: this.#generation, seq: this.#seq++ };
    this.#health.frame(frame);
    this.#parts.hub.publish(frame);
    if (this.#state !== 'live') this.#enter('live', 'streaming', null);
  }

  #checkHealth(): void {
    const age = this.#health.lastFrameAgeMs(nowUs());
    if (this.#state !== 'live' || age === null || age <= STALE_AFTER_MS) return;
    const silent = new StationError('video-lost', 'The picture has stopped.', {
      tip: 'It comes back by itself as soon as the source sends again.',
    });
    this.#enter('reconnecting', 'silent', silent.toFailure());
  }

  #enter(state: SessionState, phase: Phase | null, error: Failure | null): void {
    if (state !== this.#state) this.#sinceUs = nowUs();
    this.#state = state;
    this.#phase = phase;
    this.#error = error;
    this.#parts.onChange();
  }

  #unexpected(error: unknown): StationError {
    this.#parts.report('The source failed in a way nobody foresaw', error);
    return new StationError('internal', 'The source stopped for an unknown reason.', {
      tip: 'Please report this with the diagnostics.',
      cause: error,
    });
  }

  #crashed(generation: number, error: unknown): void {
    const failure = this.#unexpected(error);
    if (generation === this.#generation) this.#enter('failed', null, failure.toFailure());
  }
}
