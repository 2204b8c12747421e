import type { MoveDirection } from './command-grammar.ts';

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
};

/** Real units hover at about 80 cm after take-off. Climb and descent here take some 3 s, less than the real 8.7 and 4.2. */
const HOVER_HEIGHT_CM = 80;
const CLIMB_CM_S = 30;
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
    };
  }

  get isFlying(): boolean {
    return this.state.phase !== 'ground';
  }

  /** False where it cannot: already in the air. */
  takeOff(): boolean {
    if (this.state.phase !== 'ground') return false;
    this.state.phase = 'takeoff';
    return true;
  }

  land(): boolean {
    if (!this.isFlying) return false;
    this.#manoeuvre = null;
    this.#sticks = null;
    this.state.phase = 'landing';
    return true;
  }

  /** Stops the motors at once, wherever it is. */
  stopMotors(): void {
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

  turn(degrees: number): boolean {
    return this.#begin({
      velocity: AT_REST,
      yawDegreesS: Math.sign(degrees) * TURN_DEGREES_S,
      leftMs: (Math.abs(degrees) / TURN_DEGREES_S) * 1_000,
    });
  }

  flip(): boolean {
    return this.#begin({ velocity: AT_REST, yawDegreesS: 0, leftMs: FLIP_MS });
  }

  /** Ends a manoeuvre where it is. */
  stop(): boolean {
    this.#manoeuvre = null;
    this.#sticks = null;
    if (this.state.phase === 'manoeuvre') this.state.phase = 'hover';
    return this.isFlying;
  }

  /** Sticks in percent; on the ground they do nothing. */
  sticks(right: number, forward: number, up: number, yaw: number): void {
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
    if (state.phase === 'takeoff') this.#climb(seconds);
    else if (state.phase === 'landing') this.#descend(seconds);
    else if (state.phase !== 'ground') this.#fly(elapsedMs);
    state.pitchDegrees = Math.round(-state.velocity.forward * LEAN_DEGREES);
    state.rollDegrees = Math.round(state.velocity.right * LEAN_DEGREES);

    const drain = this.isFlying ? DRAIN_FLYING_PERCENT_S : DRAIN_IDLE_PERCENT_S;
    state.batteryPercent = Math.max(0, state.batteryPercent - drain * seconds);
    const warm = this.isFlying ? TEMPERATURE_FLYING_C : TEMPERATURE_IDLE_C;
    state.temperatureC += (warm - state.temperatureC) * Math.min(1, WARMING_PER_S * seconds);
    if (this.isFlying) state.motorSeconds += seconds;
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
    this.#take({ ...AT_REST, up: -CLIMB_CM_S });
    state.heightCm = Math.max(0, state.heightCm - CLIMB_CM_S * seconds);
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

/** Into -180 to 180, as the state line tells it. */
function wrapDegrees(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360);
}
