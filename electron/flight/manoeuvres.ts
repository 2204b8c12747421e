import type { FlightAction, ManoeuvreOutcome } from '../../shared/flight.ts';
import { StationError } from '../base/failures.ts';
import type { Canceller, CommandOutcome, Departure } from '../video/drone-controls.ts';
import type { Aircraft } from './aircraft.ts';
import { Manoeuvre, type ManoeuvrePlan } from './manoeuvre.ts';

/** As many as the command link itself lets wait. */
const MAX_WAITING = 16;

type Waiting = { start: () => void; cancel: (by: Canceller) => void };

/**
 * What moves the drone, one after the other: the next leaves when it is clear what became of the last, so
 * that a motion that is seen is nobody else's. Stop, land and stop-motors wait for nothing, and end
 * whatever waits. Nothing is ever sent twice.
 */
export class Manoeuvres {
  readonly #nowMs: () => number;
  readonly #waiting: Waiting[] = [];
  readonly #open = new Set<Manoeuvre>();
  #current: Manoeuvre | null = null;
  #newest: Manoeuvre | null = null;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** What was asked for and has not shown yet. */
  get doing(): { action: FlightAction; forMs: number } | null {
    const newest = this.#newest;
    if (newest === null || newest.isSettled) return null;
    return { action: newest.plan.action, forMs: this.#nowMs() - newest.beganMs };
  }

  get isBusy(): boolean {
    return this.#current !== null || this.doing !== null;
  }

  /** Called with every report, and from time to time. */
  look(aircraft: Aircraft): void {
    for (const manoeuvre of [...this.#open]) {
      manoeuvre.look(aircraft, this.#nowMs());
      if (manoeuvre.isOver) this.#open.delete(manoeuvre);
    }
  }

  /** @throws StationError `busy`, or why it was not sent */
  async perform(
    plan: () => ManoeuvrePlan,
    send: (signal: AbortSignal) => Promise<CommandOutcome>,
  ): Promise<ManoeuvreOutcome> {
    if (this.#current !== null) {
      if (this.#waiting.length >= MAX_WAITING) {
        throw new StationError('busy', 'Too many manoeuvres wait already.');
      }
      const cancelledBy = await new Promise<Canceller | null>((resolve) => {
        this.#waiting.push({ start: () => resolve(null), cancel: resolve });
      });
      if (cancelledBy !== null) return { outcome: 'cancelled', by: cancelledBy, sent: false };
    }
    const manoeuvre = this.#begin(plan());
    this.#current = manoeuvre;
    void send(manoeuvre.signal).then((outcome) => this.#answered(manoeuvre, outcome));
    try {
      return await manoeuvre.outcome;
    } finally {
      if (this.#current === manoeuvre) this.#next();
    }
  }

  /** Leaves in this very call. @throws StationError why it was not sent */
  express(
    plan: ManoeuvrePlan,
    by: Canceller,
    send: () => Promise<Departure>,
  ): Promise<ManoeuvreOutcome> {
    const departure = send();
    this.cancelAll(by);
    const manoeuvre = this.#begin(plan);
    void departure.then((outcome) => {
      if (outcome.outcome === 'not-sent') manoeuvre.answered(outcome, this.#nowMs());
    });
    return manoeuvre.outcome;
  }

  cancelAll(by: Canceller): void {
    for (const { cancel } of this.#waiting.splice(0)) cancel(by);
    for (const manoeuvre of this.#open) manoeuvre.cancel(by, true);
    this.#open.clear();
    this.#current = null;
  }

  #begin(plan: ManoeuvrePlan): Manoeuvre {
    const manoeuvre = new Manoeuvre(plan, this.#nowMs());
    this.#open.add(manoeuvre);
    this.#newest = manoeuvre;
    return manoeuvre;
  }

  #answered(manoeuvre: Manoeuvre, outcome: CommandOutcome): void {
    manoeuvre.answered(outcome, this.#nowMs());
    if (manoeuvre.isOver) this.#open.delete(manoeuvre);
  }

  #next(): void {
    this.#current = null;
    this.#waiting.shift()?.start();
  }
}
