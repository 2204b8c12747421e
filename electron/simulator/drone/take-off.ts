import { type Airframe, STILL } from './airframe.ts';
import type { Autopilot } from './autopilot.ts';
import type { Surroundings } from './flight-state.ts';

/** Real units hover at about 80 cm after take-off, and answer when they stand still there: 8.7 s (captured). */
export const HOVER_HEIGHT_CM = 80;
const TAKEOFF_S = 8.7;
const SPIN_UP_S = 1.4;
const CLIMB_CM_S = 38;
const CLIMB_PER_CM = 2;
/** From this height on it hears sticks and manoeuvres, though the take-off is not answered yet. */
const STEERS_FROM_CM = 76;

/** The motors gather speed, it climbs, and then stands a while before it is ready. */
export class TakeOff {
  readonly #frame: Airframe;
  readonly #pilot: Autopilot;
  #seconds = 0;
  #hasRisen = false;

  constructor(frame: Airframe, pilot: Autopilot) {
    this.#frame = frame;
    this.#pilot = pilot;
  }

  /** Whether it is up, and steers. */
  get hasRisen(): boolean {
    return this.#hasRisen;
  }

  get isDone(): boolean {
    return this.#seconds >= TAKEOFF_S;
  }

  step(seconds: number, surroundings: Surroundings): void {
    this.#seconds += seconds;
    if (this.#seconds < SPIN_UP_S) return;
    const { heightCm } = this.#frame;
    this.#hasRisen ||= heightCm >= STEERS_FROM_CM;
    if (this.#hasRisen) {
      this.#frame.fly(seconds, this.#pilot.steer(seconds), surroundings);
      return;
    }
    const up = Math.min(CLIMB_CM_S, CLIMB_PER_CM * (HOVER_HEIGHT_CM - heightCm));
    this.#frame.fly(seconds, { ...STILL, up }, surroundings);
    this.#pilot.holdHeight(HOVER_HEIGHT_CM);
  }
}
