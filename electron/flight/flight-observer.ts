import type { FlightPhase } from '../../shared/flight.ts';
import type { DroneState } from '../video/drone-controls.ts';
import { MotorClock } from './motor-clock.ts';

/** What was asked of it, as far as it explains what is seen. Nothing here is believed before it is seen. */
export type Intent = 'take-off' | 'land' | 'stop-motors' | 'other';

/** On the ground `h` says 0 and the distance sensor about 10. */
const HIGH_CM = 20;
const HIGH_DISTANCE_CM = 30;
/** A take-off is over when it hovers, which real units do at about 80 cm. */
const HOVER_CM = 50;
const HOVER_STILL_MS = 400;
/** A take-off that shows no hover is flying all the same by then: 8.7 s is usual. */
const LONGEST_CLIMB_MS = 15_000;
/** Decimetres a second; a negative z is a climb. */
const SINKING_DM_S = 1;
const FAST_DM_S = 2;
const SUNK_CM = 20;
/** A take-off that was asked for shows within this, and a landing began 17 s late once. */
const INTENT_LASTS_MS = 40_000;
/** Where the drone does not tell of its motors: low and still for so long is the ground. */
const LOW_FOR_MS = 2_000;
const LEVEL_AGAIN_MS = 500;
const IN_THE_AIR: readonly FlightPhase[] = ['taking-off', 'flying', 'landing'];

/**
 * What the drone does, read from its telemetry. Commands are only told so that what is seen has a name:
 * the same climb is a take-off or a move. Motors decide about the ground: height is relative to where it
 * took off, so a drone on a table says 70 cm. Time is passed in and never read.
 */
export class FlightObserver {
  readonly #motors = new MotorClock();
  readonly #lostAfterMs: number;
  #seen: FlightPhase = 'unknown';
  #heardAtMs = Number.NEGATIVE_INFINITY;
  #running: boolean | null = null;
  #intent: { what: Intent; atMs: number; heightCm: number | null } | null = null;
  #heightCm: number | null = null;
  #climbingSinceMs = 0;
  #levelSinceMs: number | null = null;
  #lowSinceMs: number | null = null;

  constructor(lostAfterMs: number) {
    this.#lostAfterMs = lostAfterMs;
  }

  get motorsRunning(): boolean | null {
    return this.#running;
  }

  get restarts(): number {
    return this.#motors.restarts;
  }

  phase(nowMs: number): FlightPhase {
    return nowMs - this.#heardAtMs > this.#lostAfterMs ? 'unknown' : this.#seen;
  }

  /** Whether it may be in the air: seen there last, or told to take off and not seen on the ground since. */
  couldBeFlying(nowMs: number): boolean {
    if (IN_THE_AIR.includes(this.#seen)) return true;
    return this.#meant('take-off', nowMs);
  }

  commanded(what: Intent, nowMs: number): void {
    this.#intent = { what, atMs: nowMs, heightCm: this.#heightCm };
  }

  /** A command that was refused, or is no longer waited for, explains nothing any more. */
  forget(what: Intent): void {
    if (this.#intent?.what === what) this.#intent = null;
  }

  telemetry(state: DroneState, nowMs: number): FlightPhase {
    this.#heardAtMs = nowMs;
    this.#heightCm = state.heightCm ?? this.#heightCm;
    this.#running = this.#motors.read(state.motorSeconds, nowMs);
    this.#measureStillness(state, nowMs);
    const next = this.#next(state, nowMs);
    if (next === 'taking-off' && this.#seen !== 'taking-off') this.#climbingSinceMs = nowMs;
    this.#seen = next;
    return next;
  }

  #next(state: DroneState, nowMs: number): FlightPhase {
    const isHigh = high(state);
    if (this.#standsStill(state, nowMs)) {
      const isStopped = this.#meant('stop-motors', nowMs) && this.#seen !== 'grounded';
      return isStopped || this.#seen === 'motors-stopped' ? 'motors-stopped' : 'grounded';
    }
    if (!IN_THE_AIR.includes(this.#seen)) {
      if (!this.#hasLeftTheGround(state, isHigh, nowMs)) return this.#seen;
      if (this.#seen === 'unknown' && isHigh && !this.#meant('take-off', nowMs)) return 'flying';
      return this.#meant('take-off', nowMs) ? 'taking-off' : 'flying';
    }
    if (this.#meant('land', nowMs) && this.#isSinking(state)) return 'landing';
    if (this.#seen === 'landing') return this.#staysUp(nowMs) ? 'flying' : 'landing';
    if (this.#seen === 'taking-off') {
      const hovers = hoverHeight(state) && this.#levelFor(HOVER_STILL_MS, nowMs);
      const isOver = hovers || nowMs - this.#climbingSinceMs > LONGEST_CLIMB_MS;
      return isOver || !this.#meant('take-off', nowMs) ? 'flying' : 'taking-off';
    }
    return 'flying';
  }

  /** Motors that turn slowly on the ground (to cool it) are no flight. */
  #hasLeftTheGround(state: DroneState, isHigh: boolean, nowMs: number): boolean {
    const meant = this.#meant('take-off', nowMs);
    const climbs = (state.zSpeedDmS ?? 0) <= -SINKING_DM_S;
    if (this.#running === true) return isHigh || meant;
    // Shown within a second; what climbs after a take-off needs no second witness.
    if (meant && isHigh && climbs) return true;
    // A drone carried around is high with its motors off.
    if (this.#running === false) return false;
    return isHigh && (!this.#motors.isTold || this.#seen === 'unknown');
  }

  #standsStill(state: DroneState, nowMs: number): boolean {
    const isFast = Math.abs(state.zSpeedDmS ?? 0) >= FAST_DM_S;
    if (this.#motors.isTold) {
      if (this.#running !== false) return false;
      return !isFast || this.#meant('stop-motors', nowMs) || !IN_THE_AIR.includes(this.#seen);
    }
    return this.#lowSinceMs !== null && nowMs - this.#lowSinceMs >= LOW_FOR_MS;
  }

  #measureStillness(state: DroneState, nowMs: number): void {
    const isLevel = Math.abs(state.zSpeedDmS ?? 0) < SINKING_DM_S;
    this.#levelSinceMs = isLevel ? (this.#levelSinceMs ?? nowMs) : null;
    const tellsHeight = state.heightCm !== undefined || state.distanceCm !== undefined;
    const isLow = tellsHeight && !high(state) && isLevel;
    this.#lowSinceMs = isLow ? (this.#lowSinceMs ?? nowMs) : null;
  }

  #levelFor(ms: number, nowMs: number): boolean {
    return this.#levelSinceMs !== null && nowMs - this.#levelSinceMs >= ms;
  }

  #isSinking(state: DroneState): boolean {
    if ((state.zSpeedDmS ?? 0) >= SINKING_DM_S) return true;
    const from = this.#intent?.heightCm ?? null;
    return from !== null && state.heightCm !== undefined && from - state.heightCm >= SUNK_CM;
  }

  /** A landing that was called off. */
  #staysUp(nowMs: number): boolean {
    return !this.#meant('land', nowMs) && this.#levelFor(LEVEL_AGAIN_MS, nowMs);
  }

  #meant(what: Intent, nowMs: number): boolean {
    return this.#intent?.what === what && nowMs - this.#intent.atMs < INTENT_LASTS_MS;
  }
}

function high(state: DroneState): boolean {
  const { heightCm, distanceCm } = state;
  return (heightCm ?? 0) >= HIGH_CM || (distanceCm ?? 0) >= HIGH_DISTANCE_CM;
}

function hoverHeight(state: DroneState): boolean {
  return (state.heightCm ?? 0) >= HOVER_CM || (state.distanceCm ?? 0) >= HOVER_CM;
}
