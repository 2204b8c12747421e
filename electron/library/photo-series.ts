import {
  FASTEST_SERIES_MS,
  MAX_BURST,
  type Series,
  type SeriesSpec,
} from '../../shared/photo-series.ts';
import { pause } from '../base/abortable.ts';
import { isStationError, StationError } from '../base/failures.ts';

/** What the next photo will not do better: the series ends, instead of failing a thousand times. */
const ENDS_A_SERIES: ReadonlySet<string> = new Set([
  'not-connected',
  'disk-full',
  'folder-missing',
  'folder-read-only',
  'cancelled',
]);

const NONE: Series = {
  running: false,
  spec: null,
  taken: 0,
  missed: 0,
  wanted: 0,
  nextAtMs: null,
  error: null,
};

type Plan = { firstAfterMs: number; everyMs: number; count: number };

export type PhotoSeriesParts = {
  take: () => Promise<unknown>;
  tell: (series: Series) => void;
  report: (what: string, error: unknown) => void;
};

/** Timer, burst and timelapse: photos that take themselves, one series at a time. */
export class PhotoSeries {
  readonly #parts: PhotoSeriesParts;
  #series: Series = NONE;
  #running: { abort: AbortController; ended: Promise<void> } | null = null;

  constructor(parts: PhotoSeriesParts) {
    this.#parts = parts;
  }

  /** @throws StationError `busy` */
  start(spec: SeriesSpec): Series {
    if (this.#running !== null) {
      throw new StationError('busy', 'Photos are being taken already.', {
        tip: 'Cancel them before you start others.',
      });
    }
    const abort = new AbortController();
    this.#series = { ...NONE, running: true, spec, wanted: planOf(spec).count };
    const ended = this.#run(planOf(spec), abort.signal).finally(() => {
      this.#running = null;
      this.#change({ running: false, nextAtMs: null });
    });
    this.#running = { abort, ended };
    return this.#series;
  }

  /** Ends the series; what was taken is kept. Without one it changes nothing. */
  async cancel(): Promise<Series> {
    this.#running?.abort.abort();
    await this.#running?.ended;
    return this.#series;
  }

  state(): Series {
    return this.#series;
  }

  async dispose(): Promise<void> {
    await this.cancel();
  }

  async #run(plan: Plan, signal: AbortSignal): Promise<void> {
    const firstAtMs = performance.now() + plan.firstAfterMs;
    let lastAtMs = Number.NEGATIVE_INFINITY;
    for (let index = 0; index < plan.count; index++) {
      // From the beginning, so that slow photos do not stretch the series; but never two at once.
      const dueAtMs = Math.max(firstAtMs + index * plan.everyMs, lastAtMs + FASTEST_SERIES_MS);
      const dueInMs = dueAtMs - performance.now();
      if (dueInMs > 0) {
        this.#change({ nextAtMs: Date.now() + dueInMs });
        // Rejects only when the series is cancelled, which is seen right below.
        await pause(dueInMs, signal).catch(() => undefined);
      }
      if (signal.aborted) return;
      lastAtMs = performance.now();
      if (!(await this.#takeOne())) return;
    }
  }

  /** Returns whether it makes sense to go on. */
  async #takeOne(): Promise<boolean> {
    try {
      await this.#parts.take();
      this.#change({ taken: this.#series.taken + 1, error: null });
      return true;
    } catch (error) {
      if (!isStationError(error)) this.#parts.report('A photo of a series failed', error);
      const known = isStationError(error)
        ? error
        : new StationError('internal', 'A photo of the series failed.');
      this.#change({ missed: this.#series.missed + 1, error: known.toFailure() });
      return !ENDS_A_SERIES.has(known.code);
    }
  }

  #change(part: Partial<Series>): void {
    this.#series = { ...this.#series, ...part };
    this.#parts.tell(this.#series);
  }
}

function planOf(spec: SeriesSpec): Plan {
  switch (spec.kind) {
    case 'timer':
      return { firstAfterMs: spec.seconds * 1_000, everyMs: 0, count: 1 };
    case 'burst':
      return { firstAfterMs: 0, everyMs: FASTEST_SERIES_MS, count: MAX_BURST };
    case 'timelapse':
      return { firstAfterMs: 0, everyMs: spec.everyMs, count: spec.count };
  }
}
