import type { FlightAction, ManoeuvreOutcome } from '../../shared/flight.ts';
import type { Canceller, CommandOutcome } from '../video/drone-controls.ts';
import type { Aircraft } from './aircraft.ts';
import { tipForRefusal } from './refusal-tips.ts';

/** Its telemetry comes ten times a second: what an `ok` says shows within this, or does not. */
const SHOWS_AFTER_OK_MS = 700;
/** Once it is seen to be done, its answer is waited for no longer than this: others wait behind it. */
const ANSWER_GRACE_MS = 500;

/** What the telemetry shows of a manoeuvre: nothing yet, that it is under way, that it is done. */
export type Seen = 'nothing' | 'moving' | 'done';

export type ManoeuvrePlan = {
  action: FlightAction;
  look: (aircraft: Aircraft, nowMs: number) => Seen;
  /** For how long the telemetry is watched. */
  waitMs: number;
  /** Whether `ok` ends the waiting: where the drone says it when it is done, and not when it likes. */
  okIsTheEnd: boolean;
};

/** One manoeuvre under way: its answer and its telemetry, whichever comes first, and what became of it. */
export class Manoeuvre {
  readonly plan: ManoeuvrePlan;
  readonly beganMs: number;
  readonly outcome: Promise<ManoeuvreOutcome>;
  /** Fires when its answer is of no interest any more. */
  readonly #enough = new AbortController();
  #resolve: (outcome: ManoeuvreOutcome) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #isSettled = false;
  #answer: string | undefined;
  #isAnswered = false;
  #deadlineMs: number;
  #hasMoved = false;

  constructor(plan: ManoeuvrePlan, nowMs: number) {
    this.plan = plan;
    this.beganMs = nowMs;
    this.#deadlineMs = nowMs + plan.waitMs;
    this.outcome = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  get signal(): AbortSignal {
    return this.#enough.signal;
  }

  get isSettled(): boolean {
    return this.#isSettled;
  }

  /** Whether nothing more is to come of it. */
  get isOver(): boolean {
    return this.#isSettled && (this.#isAnswered || this.#enough.signal.aborted);
  }

  /** Looks at the telemetry and at the time. */
  look(aircraft: Aircraft, nowMs: number): void {
    if (this.#isSettled) {
      if (nowMs >= this.#deadlineMs) this.#enough.abort();
      return;
    }
    const seen = this.plan.look(aircraft, nowMs);
    if (seen !== 'nothing') this.#hasMoved = true;
    const isDone =
      seen === 'done' || (this.#answer === 'ok' && this.#hasMoved && this.plan.okIsTheEnd);
    if (isDone) {
      this.#settle({ outcome: 'confirmed', afterMs: nowMs - this.beganMs });
      this.#deadlineMs = nowMs + ANSWER_GRACE_MS;
    } else if (nowMs >= this.#deadlineMs) {
      this.#settle({
        outcome: 'unconfirmed',
        waitedMs: nowMs - this.beganMs,
        ...(this.#answer === undefined ? {} : { answer: this.#answer }),
        tip: 'Look at the drone: its telemetry does not show it. Stop and land always work.',
      });
      this.#enough.abort();
    }
  }

  answered(outcome: CommandOutcome, nowMs: number): void {
    this.#isAnswered = true;
    if (this.#isSettled) return;
    switch (outcome.outcome) {
      case 'ok':
        this.#answer = 'ok';
        if (this.plan.okIsTheEnd) {
          this.#deadlineMs = Math.min(this.#deadlineMs, nowMs + SHOWS_AFTER_OK_MS);
        }
        return;
      case 'refused': {
        const tip = tipForRefusal(outcome.answer);
        const { answer } = outcome;
        this.#settle({ outcome: 'refused', answer, ...(tip === undefined ? {} : { tip }) });
        return;
      }
      case 'cancelled':
        this.#settle(outcome);
        return;
      case 'not-sent':
        this.#isSettled = true;
        this.#reject(outcome.error);
        return;
      default:
        // Unclear, unanswered, or never answered: only what is seen counts.
        return;
    }
  }

  cancel(by: Canceller, sent: boolean): void {
    this.#settle({ outcome: 'cancelled', by, sent });
    this.#enough.abort();
  }

  #settle(outcome: ManoeuvreOutcome): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.#resolve(outcome);
  }
}
