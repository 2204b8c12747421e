import type { DroneState } from '../../video/drone-controls.ts';

/** The motors' own count goes up once a second; one that stands still for this long has stopped. */
const STANDS_STILL_AFTER_MS = 4_000;
/** The height goes in steps of ten: one step is in the air. */
const IN_THE_AIR_CM = 10;

/**
 * Whether a drone's motors run, by what it says of itself: they do while their seconds go up or while it
 * is above the ground. Time is passed in.
 */
export class FlightPhase {
  #motorSeconds: number | null = null;
  #heightCm: number | null = null;
  #turnedAtMs = Number.NEGATIVE_INFINITY;

  /** Returns whether it flies now. */
  update(state: DroneState, nowMs: number): boolean {
    const { motorSeconds, heightCm } = state;
    if (motorSeconds !== undefined) {
      const former = this.#motorSeconds;
      // A drone that was switched off and on begins again at 0.
      if (former !== null && motorSeconds > former) this.#turnedAtMs = nowMs;
      this.#motorSeconds = motorSeconds;
    }
    if (heightCm !== undefined) this.#heightCm = heightCm;
    const isTurning = nowMs - this.#turnedAtMs < STANDS_STILL_AFTER_MS;
    const isUp = (this.#heightCm ?? 0) >= IN_THE_AIR_CM;
    // A unit that is held in the hand reports a height as well; where the motors are known, they decide.
    return this.#motorSeconds === null ? isUp : isTurning || (isUp && this.#turnedAtMs > 0);
  }
}
