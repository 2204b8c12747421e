import type { FlightPhase, FlightState } from '../../shared/flight.ts';
import type { FlightLimits } from './flight-limits.ts';

/** Nobody heard of for so long is worth a countdown. */
const COUNT_DOWN_AFTER_MS = 5_000;
/** A landing that telemetry does not show by then may be told again: one datagram can get lost. */
const TELL_AGAIN_MS = 20_000;

export type PilotFacts = {
  phase: FlightPhase;
  couldBeFlying: boolean;
  link: FlightState['link'];
  stateAgeMs: number | null;
  /** -∞ when nobody ever was. */
  pilotHeardAtMs: number;
  /** Something that somebody asked for is still under way. */
  isBusy: boolean;
};

/**
 * Who keeps a drone in the air. The link keeps it awake on its own, for the picture's sake: a drone that
 * was flown from here and has no pilot any more would hover until its battery is empty. It is left hovering
 * at once, and told to land after as long as the drone itself would have waited. One that nobody here has
 * flown is left alone: somebody else may fly it.
 */
export class FailSafes {
  readonly #limits: FlightLimits;
  readonly #nowMs: () => number;
  #busyAtMs = Number.NEGATIVE_INFINITY;
  #toldAtMs = Number.NEGATIVE_INFINITY;

  constructor(limits: FlightLimits, nowMs: () => number) {
    this.#limits = limits;
    this.#nowMs = nowMs;
  }

  landed(): void {
    this.#toldAtMs = Number.NEGATIVE_INFINITY;
  }

  /** Whether it is to be told to land now. Asking is telling: it is true once. */
  shouldLand(facts: PilotFacts): boolean {
    const nowMs = this.#nowMs();
    if (facts.isBusy) this.#busyAtMs = nowMs;
    if (!this.#isLeftAlone(facts) || facts.phase !== 'flying' || facts.link !== 'fresh')
      return false;
    if (this.#alonePastMs(facts) < 0 || nowMs - this.#toldAtMs < TELL_AGAIN_MS) return false;
    this.#toldAtMs = nowMs;
    return true;
  }

  landsByItself(facts: PilotFacts): FlightState['landsByItself'] {
    if (!facts.couldBeFlying || facts.phase === 'landing') return null;
    if (facts.link === 'stale' || facts.link === 'lost') {
      // What it heard last may be older than what was heard from it, never newer.
      const inMs = Math.max(0, this.#limits.droneLandsAfterMs - (facts.stateAgeMs ?? 0));
      return { by: 'drone', inMs };
    }
    if (!this.#isLeftAlone(facts)) return null;
    const inMs = -this.#alonePastMs(facts);
    if (inMs > this.#limits.unpilotedLandsAfterMs - COUNT_DOWN_AFTER_MS) return null;
    return { by: 'hoverdeck', inMs: Math.max(0, inMs) };
  }

  #isLeftAlone({ pilotHeardAtMs, isBusy }: PilotFacts): boolean {
    return pilotHeardAtMs !== Number.NEGATIVE_INFINITY && !isBusy;
  }

  /** How long ago nobody at the controls became too long; negative while it is not. */
  #alonePastMs({ pilotHeardAtMs }: PilotFacts): number {
    const lastMs = Math.max(pilotHeardAtMs, this.#busyAtMs);
    return this.#nowMs() - lastMs - this.#limits.unpilotedLandsAfterMs;
  }
}
