import { radians, toBody, toLand } from './axes.ts';
import { type Surroundings, wrapDegrees } from './flight-state.ts';

/** Velocities it is asked for, in cm/s along the axes of the land, and a turn in degrees a second. */
export type Wanted = { x: number; z: number; up: number; yawDegreesS: number };

export const STILL: Wanted = { x: 0, z: 0, up: 0, yawDegreesS: 0 };

const GRAVITY_CM_S2 = 981;
/** What the air takes of a speed, each second. */
const DRAG_PER_S = 0.35;
/** A drone first leans, then gathers way: these delays are the inertia a pilot feels. */
const SPEED_FOLLOWS_S = 0.3;
const LEAN_FOLLOWS_S = 0.12;
const CLIMB_FOLLOWS_S = 0.22;
const TURN_FOLLOWS_S = 0.14;
const MOST_LEAN_DEGREES = 25;
/** From its middle to its propeller guards, and what is left of its speed, backwards, after it hit something. */
const HALF_WIDTH_CM = 9;
const BOUNCE = 0.35;
const WIND_LULL = 0.6;

/** A mass in the air: it leans to gather speed, drags, is blown about, bumps into walls. Knows of no command. */
export class Airframe {
  xCm = 0;
  zCm = 0;
  heightCm = 0;
  yawDegrees = 0;
  /** Nose down, right side down. */
  leanForward = 0;
  leanRight = 0;
  speedX = 0;
  speedZ = 0;
  climb = 0;
  liftCmS2 = 0;
  #turn = 0;
  #seconds = 0;

  /** Its speed in cm/s, along its own axes. */
  get speed(): { forward: number; right: number } {
    return toBody(this.speedX, this.speedZ, this.yawDegrees);
  }

  /** Flies for a moment (some hundredths of a second), as near to what is wanted as it can. */
  fly(seconds: number, wanted: Wanted, { windCmS, wallCm }: Surroundings): void {
    this.#seconds += seconds;
    const lean = share(seconds, LEAN_FOLLOWS_S);
    const { forward, right } = toBody(wanted.x, wanted.z, this.yawDegrees);
    const { speed } = this;
    this.leanForward += (leanFor(forward, speed.forward) - this.leanForward) * lean;
    this.leanRight += (leanFor(right, speed.right) - this.leanRight) * lean;

    const pushed = toLand(push(this.leanForward), push(this.leanRight), this.yawDegrees);
    const wind = windCmS * this.#gust();
    this.speedX += seconds * (pushed.x - DRAG_PER_S * (this.speedX - wind));
    this.speedZ += seconds * (pushed.z - DRAG_PER_S * this.speedZ);

    const climb = this.climb + (wanted.up - this.climb) * share(seconds, CLIMB_FOLLOWS_S);
    this.liftCmS2 = (climb - this.climb) / seconds;
    this.climb = climb;
    this.#turn += (wanted.yawDegreesS - this.#turn) * share(seconds, TURN_FOLLOWS_S);

    this.#goOn(seconds);
    this.yawDegrees = wrapDegrees(this.yawDegrees + this.#turn * seconds);
    if (wallCm !== null) this.#bump(wallCm);
  }

  /** Falls with its motors off; true when it lies on the ground. */
  fall(seconds: number): boolean {
    this.climb -= GRAVITY_CM_S2 * seconds;
    this.liftCmS2 = -GRAVITY_CM_S2;
    this.#goOn(seconds);
    return this.heightCm === 0;
  }

  /** Stands on its feet where it is. */
  stand(): void {
    this.heightCm = 0;
    this.leanForward = 0;
    this.leanRight = 0;
    this.speedX = 0;
    this.speedZ = 0;
    this.climb = 0;
    this.liftCmS2 = 0;
    this.#turn = 0;
  }

  #goOn(seconds: number): void {
    this.xCm += this.speedX * seconds;
    this.zCm += this.speedZ * seconds;
    this.heightCm = Math.max(0, this.heightCm + this.climb * seconds);
  }

  #bump(wallCm: number): void {
    const nearest = wallCm - HALF_WIDTH_CM;
    if (this.zCm <= nearest) return;
    this.zCm = nearest;
    this.speedZ = Math.min(0, -BOUNCE * this.speedZ);
  }

  /** From a lull to a gust and back, never quite the same: about 0.6 to 1.4. */
  #gust(): number {
    const t = this.#seconds;
    return 1 + (1 - WIND_LULL) * (0.6 * Math.sin(t * 0.9) + 0.4 * Math.sin(t * 2.3 + 1));
  }
}

/** The lean, in degrees, that brings a speed to what is wanted and holds it against still air. */
function leanFor(wantedCmS: number, speedCmS: number): number {
  const push = (wantedCmS - speedCmS) / SPEED_FOLLOWS_S + DRAG_PER_S * speedCmS;
  const lean = (Math.atan(push / GRAVITY_CM_S2) * 180) / Math.PI;
  return Math.max(-MOST_LEAN_DEGREES, Math.min(MOST_LEAN_DEGREES, lean));
}

function push(leanDegrees: number): number {
  return GRAVITY_CM_S2 * Math.tan(radians(leanDegrees));
}

/** Of the way left, how much is gone after `seconds`. */
function share(seconds: number, followsS: number): number {
  return 1 - Math.exp(-seconds / followsS);
}
