import { arcThrough } from './arc.ts';
import type { FlipDirection, MoveDirection, Point } from './command-grammar.ts';

/** Everything about the aircraft that state lines and answers tell. */
export type FlightState = {
  phase: 'ground' | 'takeoff' | 'hover' | 'manoeuvre' | 'landing';
  heightCm: number;
  yawDegrees: number;
  pitchDegrees: number;
  rollDegrees: number;
  /** Velocity in cm/s, body axes: forward, right, up. */
  velocity: { forward: number; right: number; up: number };
  speedCmS: number;
  batteryPercent: number;
  temperatureC: number;
  motorSeconds: number;
  /** Which way it rolls over, while it does. */
  flip: FlipDirection | null;
};

/** Real units hover at about 80 cm after take-off. The climb here takes some 3 s, less than the real 8.7. */
const HOVER_HEIGHT_CM = 80;
const CLIMB_CM_S = 30;
/** Captured: landing from there takes 4.2 s. From higher up it sinks faster, and is down before clients lose patience (7 s). */
const LANDING_S = 4.2;
const LONGEST_LANDING_S = 6.5;
const SHORTEST_LANDING_S = 1;
/** With less charge the motors do not start. */
const TAKEOFF_PERCENT = 10;
/** A thrown drone catches itself about so long after `throwfly`. */
const THROW_S = 2;
const DEFAULT_SPEED_CM_S = 50;
const TURN_DEGREES_S = 90;
const FLIP_MS = 1_000;
/** A full stick moves this fast. */
const STICK_CM_S = 100;
const STICK_DEGREES_S = 100;
/** A battery lasts about 13 minutes in the air, and an hour and a half on the ground with video. */
const DRAIN_FLYING_PERCENT_S = 100 / 780;
const DRAIN_IDLE_PERCENT_S = 100 / 5_400;
const TEMPERATURE_FLYING_C = 68;
const TEMPERATURE_IDLE_C = 58;
const TEMPERATURE_COOLED_C = 50;
/** Share of the way to the final temperature gone in a second. */
const WARMING_PER_S = 0.01;
/** The drone leans into its motion: degrees for each cm/s. */
const LEAN_DEGREES = 0.15;

type Manoeuvre = {
  velocity: { forward: number; right: number; up: number };
  yawDegreesS: number;
  leftMs: number;
};

const AT_REST = { forward: 0, right: 0, up: 0 };

/** A small, honest model: where the drone is after `step`s of time. No wind, no walls, no crash. */
export class FlightModel {
  readonly state: FlightState;
  #manoeuvre: Manoeuvre | null = null;
  #sticks: Manoeuvre | null = null;
  #descentCmS = 0;
  /** Motors turning slowly on the ground, for cooling. */
  #isIdling = false;
  #secondsToThrow: number | null = null;

  constructor(batteryPercent: number) {
    this.state = {
      phase: 'ground',
      heightCm: 0,
      yawDegrees: 0,
      pitchDegrees: 0,
      rollDegrees: 0,
      velocity: { ...AT_REST },
      speedCmS: DEFAULT_SPEED_CM_S,
      batteryPercent,
      temperatureC: TEMPERATURE_IDLE_C - 2,
      motorSeconds: 0,
      flip: null,
    };
  }

  get isFlying(): boolean {
    return this.state.phase !== 'ground';
  }

  get canStartMotors(): boolean {
    return this.state.batteryPercent >= TAKEOFF_PERCENT;
  }

  /** False where it cannot: already in the air. */
  takeOff(): boolean {
    if (this.state.phase !== 'ground') return false;
    this.#isIdling = false;
    this.#secondsToThrow = null;
    this.#sticks = null;
    this.state.phase = 'takeoff';
    return true;
  }

  /** Will be thrown in a moment, and then take off; false where it cannot. */
  throwSoon(): boolean {
    if (this.state.phase !== 'ground') return false;
    this.#secondsToThrow = THROW_S;
    return true;
  }

  /** Turns the motors slowly, or no longer; false where it cannot. */
  idle(on: boolean): boolean {
    if (this.state.phase !== 'ground' || this.#isIdling === on) return false;
    this.#isIdling = on;
    return true;
  }

  land(): boolean {
    if (!this.isFlying) return false;
    this.#manoeuvre = null;
    this.#sticks = null;
    this.#descentCmS = this.state.heightCm / landingSeconds(this.state.heightCm);
    this.state.phase = 'landing';
    return true;
  }

  /** Stops the motors at once, wherever it is. */
  stopMotors(): void {
    this.#isIdling = false;
    this.#secondsToThrow = null;
    this.#manoeuvre = null;
    this.#sticks = null;
    this.state.phase = 'ground';
    this.state.heightCm = 0;
    this.#take(AT_REST);
  }

  move(direction: MoveDirection, distanceCm: number): boolean {
    const sign = direction === 'down' || direction === 'left' || direction === 'back' ? -1 : 1;
    const way = sign * distanceCm;
    if (direction === 'up' || direction === 'down') return this.go(0, 0, way, this.state.speedCmS);
    if (direction === 'left' || direction === 'right') {
      return this.go(0, way, 0, this.state.speedCmS);
    }
    return this.go(way, 0, 0, this.state.speedCmS);
  }

  /** Flies to a place seen from here (forward, right, up in cm); false where it cannot: not hovering. */
  go(forwardCm: number, rightCm: number, upCm: number, speedCmS: number): boolean {
    const seconds = Math.hypot(forwardCm, rightCm, upCm) / speedCmS;
    return this.#begin({
      velocity: { forward: forwardCm / seconds, right: rightCm / seconds, up: upCm / seconds },
      yawDegreesS: 0,
      leftMs: seconds * 1_000,
    });
  }

  /** Flies to `to` by way of `via`; false where it cannot. No arc leads there: null. */
  curve(via: Point, to: Point, speedCmS: number): boolean | null {
    const arc = arcThrough(via, to);
    if (arc === null) return null;
    const seconds = arc.lengthCm / speedCmS;
    // Along the chord: it arrives at the right place and time.
    return this.#begin({
      velocity: { forward: to.xCm / seconds, right: -to.yCm / seconds, up: to.zCm / seconds },
      yawDegreesS: 0,
      leftMs: seconds * 1_000,
    });
  }

  turn(degrees: number): boolean {
    return this.#begin({
      velocity: AT_REST,
      yawDegreesS: Math.sign(degrees) * TURN_DEGREES_S,
      leftMs: (Math.abs(degrees) / TURN_DEGREES_S) * 1_000,
    });
  }

  flip(direction: FlipDirection): boolean {
    const begins = this.#begin({ velocity: AT_REST, yawDegreesS: 0, leftMs: FLIP_MS });
    if (begins) this.state.flip = direction;
    return begins;
  }

  /** Ends a manoeuvre where it is. */
  stop(): boolean {
    this.#manoeuvre = null;
    this.#sticks = null;
    if (this.state.phase === 'manoeuvre') this.state.phase = 'hover';
    return this.isFlying;
  }

  /** Sticks in percent; on the ground, taking off and landing they do nothing, then or later. */
  sticks(right: number, forward: number, up: number, yaw: number): void {
    if (this.state.phase !== 'hover' && this.state.phase !== 'manoeuvre') return;
    const scale = STICK_CM_S / 100;
    this.#sticks = {
      velocity: { forward: forward * scale, right: right * scale, up: up * scale },
      yawDegreesS: (yaw * STICK_DEGREES_S) / 100,
      leftMs: Number.POSITIVE_INFINITY,
    };
  }

  /** Lets time pass. */
  step(elapsedMs: number): void {
    const seconds = elapsedMs / 1_000;
    const { state } = this;
    if (this.#secondsToThrow !== null) {
      this.#secondsToThrow -= seconds;
      if (this.#secondsToThrow <= 0) this.takeOff();
    }
    if (state.phase === 'takeoff') this.#climb(seconds);
    else if (state.phase === 'landing') this.#descend(seconds);
    else if (state.phase !== 'ground') this.#fly(elapsedMs);
    if (state.phase !== 'manoeuvre') state.flip = null;
    state.pitchDegrees = Math.round(-state.velocity.forward * LEAN_DEGREES);
    state.rollDegrees = Math.round(state.velocity.right * LEAN_DEGREES);

    const drain = this.isFlying ? DRAIN_FLYING_PERCENT_S : DRAIN_IDLE_PERCENT_S;
    state.batteryPercent = Math.max(0, state.batteryPercent - drain * seconds);
    const onGround = this.#isIdling ? TEMPERATURE_COOLED_C : TEMPERATURE_IDLE_C;
    const warm = this.isFlying ? TEMPERATURE_FLYING_C : onGround;
    state.temperatureC += (warm - state.temperatureC) * Math.min(1, WARMING_PER_S * seconds);
    if (this.isFlying || this.#isIdling) state.motorSeconds += seconds;
  }

  #begin(manoeuvre: Manoeuvre): boolean {
    if (this.state.phase !== 'hover') return false;
    this.#manoeuvre = manoeuvre;
    this.state.phase = 'manoeuvre';
    return true;
  }

  #climb(seconds: number): void {
    const { state } = this;
    this.#take({ ...AT_REST, up: CLIMB_CM_S });
    state.heightCm = Math.min(HOVER_HEIGHT_CM, state.heightCm + CLIMB_CM_S * seconds);
    if (state.heightCm < HOVER_HEIGHT_CM) return;
    state.phase = 'hover';
    this.#take(AT_REST);
  }

  #descend(seconds: number): void {
    const { state } = this;
    this.#take({ ...AT_REST, up: -this.#descentCmS });
    state.heightCm = Math.max(0, state.heightCm - this.#descentCmS * seconds);
    if (state.heightCm > 0) return;
    state.phase = 'ground';
    this.#take(AT_REST);
  }

  #fly(elapsedMs: number): void {
    const { state } = this;
    const motion = this.#manoeuvre ?? this.#sticks;
    if (!motion) {
      this.#take(AT_REST);
      return;
    }
    const seconds = Math.min(elapsedMs, motion.leftMs) / 1_000;
    this.#take(motion.velocity);
    state.heightCm = Math.max(0, state.heightCm + motion.velocity.up * seconds);
    state.yawDegrees = wrapDegrees(state.yawDegrees + motion.yawDegreesS * seconds);
    motion.leftMs -= elapsedMs;
    if (motion.leftMs > 0) return;
    this.#manoeuvre = null;
    state.phase = 'hover';
    this.#take(AT_REST);
  }

  #take(velocity: FlightState['velocity']): void {
    this.state.velocity = { ...velocity };
  }
}

function landingSeconds(heightCm: number): number {
  if (heightCm <= HOVER_HEIGHT_CM) {
    return Math.max(SHORTEST_LANDING_S, (LANDING_S * heightCm) / HOVER_HEIGHT_CM);
  }
  const longer = LONGEST_LANDING_S - LANDING_S;
  return LANDING_S + longer * (1 - HOVER_HEIGHT_CM / heightCm);
}

/** Into -180 to 180, as the state line tells it. */
function wrapDegrees(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360);
}
