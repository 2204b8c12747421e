import { RecentPercentiles } from '../../../../shared/recent-percentiles.ts';
import type { Percentiles } from '../../../../shared/status.ts';
import type { AnswerHealth } from '../../../video/drone-controls.ts';
import type { TelloTimings } from '../timings.ts';

/** The latest round trips, which the next waits and the word `slow` go by. */
const REMEMBERED = 8;
/** Round trips are told over this window. */
const WINDOW_MS = 30_000;
/** So many tries in a row without any answer, and the drone is said to be silent. */
const SILENT_AFTER_TRIES = 3;
/** A wait is to cover the slowest answer seen lately, and a worse one. */
const MARGIN = 2;
/** The same where the longest possible time is known, and the true one may be far below. */
const SUSPECTED_MARGIN = 1.25;
/** No wait grows beyond this: the drone lands by itself after 15 s without a command. */
const MAX_GROWN_WAIT_MS = 10_000;

/** How long the drone takes to answer prompt commands, and what follows: waits, and a word for the user. */
export class AnswerTimes {
  readonly #timings: TelloTimings;
  readonly #onHealth: (health: AnswerHealth) => void;
  readonly #percentiles = new RecentPercentiles(WINDOW_MS);
  #recentMs: number[] = [];
  /** The longest that an answer of unknown try can have been under way, until a certain one tells better. */
  #suspectedMs = 0;
  /** The same of one that surely came too late; 0 when there was none since an answer in time. */
  #lateMs = 0;
  #unansweredInARow = 0;
  #health: AnswerHealth = 'unknown';

  constructor(timings: TelloTimings, onHealth: (health: AnswerHealth) => void) {
    this.#timings = timings;
    this.#onHealth = onHealth;
  }

  get health(): AnswerHealth {
    return this.#health;
  }

  percentiles(nowMs: number): Percentiles | null {
    return this.#percentiles.read(nowMs * 1_000);
  }

  /** At least `timeoutMs`, and more where answers were seen to take longer. */
  waitMs(timeoutMs: number): number {
    const seenMs = MARGIN * Math.max(0, ...this.#recentMs);
    const grownMs = Math.max(seenMs, SUSPECTED_MARGIN * this.#suspectedMs);
    return Math.max(timeoutMs, Math.min(grownMs, MAX_GROWN_WAIT_MS));
  }

  /** The answer to a command that was sent only once. */
  answered(nowMs: number, roundTripMs: number): void {
    this.#percentiles.add(nowMs * 1_000, roundTripMs);
    this.#recentMs = [...this.#recentMs, roundTripMs].slice(-REMEMBERED);
    this.#suspectedMs = 0;
    this.#lateMs = 0;
    this.heard();
  }

  /** The answer to one of several tries: it took this long at most. */
  answeredSometime(atMostMs: number): void {
    this.#suspectedMs = Math.max(this.#suspectedMs, atMostMs);
    this.heard();
  }

  /** An answer nobody waited for any more; it took this long at most. */
  answeredLate(atMostMs: number): void {
    this.#suspectedMs = Math.max(this.#suspectedMs, atMostMs);
    this.#lateMs = this.#suspectedMs;
    this.heard();
  }

  /** An answer that tells nothing of the time, as a manoeuvre's. */
  heard(): void {
    this.#unansweredInARow = 0;
    this.#judge();
  }

  unanswered(): void {
    this.#unansweredInARow++;
    this.#judge();
  }

  #judge(): void {
    const health = this.#healthNow();
    if (health === this.#health) return;
    this.#health = health;
    this.#onHealth(health);
  }

  #healthNow(): AnswerHealth {
    if (this.#unansweredInARow >= SILENT_AFTER_TRIES) return 'silent';
    if (this.#unansweredInARow > 0) return this.#health;
    const sorted = [...this.#recentMs].sort((a, b) => a - b);
    const typicalMs = Math.max(sorted[Math.floor(sorted.length / 2)] ?? 0, this.#lateMs);
    return typicalMs >= this.#timings.slowAnswerMs ? 'slow' : 'answering';
  }
}
