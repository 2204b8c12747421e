import { Airframe } from './airframe.ts';
import { Autopilot } from './autopilot.ts';
import { toLand } from './axes.ts';
import type { FlipDirection, MoveDirection, Point } from './command.ts';
import { CALM, type FlightState, type Surroundings } from './flight-state.ts';
import { descentFrom } from './landing.ts';
import { Power } from './power.ts';
import { TakeOff } from './take-off.ts';
import { curved, straight, turned, type Way } from './way.ts';

/** A thrown drone catches itself about so long after `throwfly`. */
const THROW_S = 2;
const DEFAULT_SPEED_CM_S = 50;
/** Lean and speed follow each other: coarser steps than these would make them swing. */
const LONGEST_STEP_S = 0.02;
/** A full stick moves this fast. */
const STICK_CM_S = 100;
const STICK_DEGREES_S = 100;

/** A small, honest model: what it does, by phases; how it moves is the airframe's, where it goes the autopilot's. */
export class FlightModel {
  readonly #frame = new Airframe();
  readonly #pilot = new Autopilot(this.#frame);
  readonly #power: Power;
  #phase: FlightState['phase'] = 'ground';
  #speedCmS = DEFAULT_SPEED_CM_S;
  #motorSeconds = 0;
  #takeOff = new TakeOff(this.#frame, this.#pilot);
  #descentCmS = 0;
  /** Motors turning slowly on the ground, for cooling. */
  #isIdling = false;
  #secondsToThrow: number | null = null;

  constructor(batteryPercent: number) {
    this.#power = new Power(batteryPercent);
  }

  get state(): FlightState {
    const frame = this.#frame;
    return {
      phase: this.#phase,
      xCm: frame.xCm,
      zCm: frame.zCm,
      heightCm: frame.heightCm,
      yawDegrees: frame.yawDegrees,
      pitchDegrees: -frame.leanForward,
      rollDegrees: frame.leanRight,
      velocity: { ...frame.speed, up: frame.climb },
      liftCmS2: frame.liftCmS2,
      speedCmS: this.#speedCmS,
      batteryPercent: this.#power.percent,
      temperatureC: this.#power.temperatureC,
      motorSeconds: this.#motorSeconds,
      flip: this.#pilot.flip,
    };
  }

  set speedCmS(speedCmS: number) {
    this.#speedCmS = speedCmS;
  }

  get phase(): FlightState['phase'] {
    return this.#phase;
  }

  get isFlying(): boolean {
    return this.#phase !== 'ground' && this.#phase !== 'falling';
  }

  /** Whether it takes a manoeuvre now. */
  get isReady(): boolean {
    return this.#phase === 'hover' || (this.#phase === 'takeoff' && this.#takeOff.hasRisen);
  }

  get canStartMotors(): boolean {
    return this.#power.canStartMotors;
  }

  get canFlip(): boolean {
    return this.#power.canFlip;
  }

  get mustLand(): boolean {
    return this.#power.mustLand;
  }

  /** False where it cannot: already in the air. */
  takeOff(): boolean {
    if (this.#phase !== 'ground') return false;
    this.#isIdling = false;
    this.#secondsToThrow = null;
    this.#pilot.rest();
    this.#takeOff = new TakeOff(this.#frame, this.#pilot);
    this.#phase = 'takeoff';
    return true;
  }

  /** Will be thrown in a moment, and then take off; false where it cannot. */
  throwSoon(): boolean {
    if (this.#phase !== 'ground') return false;
    this.#secondsToThrow = THROW_S;
    return true;
  }

  /** Turns the motors slowly, or no longer; false where it cannot. */
  idle(on: boolean): boolean {
    if (this.#phase !== 'ground' || this.#isIdling === on) return false;
    this.#isIdling = on;
    return true;
  }

  /** False on the ground; a landing that is under way goes on as it is. */
  land(): boolean {
    if (!this.isFlying) return false;
    if (this.#phase === 'landing') return true;
    this.#pilot.rest();
    this.#descentCmS = descentFrom(this.#frame.heightCm);
    this.#phase = 'landing';
    return true;
  }

  /** Stops the motors at once, wherever it is: in the air, it falls. */
  stopMotors(): void {
    this.#isIdling = false;
    this.#secondsToThrow = null;
    this.#pilot.rest();
    if (this.#phase !== 'ground') this.#phase = 'falling';
  }

  /** Stands on the ground where it is, as after being picked up and switched on. */
  restart(): void {
    this.stopMotors();
    this.#touchDown();
    this.#motorSeconds = 0;
  }

  move(direction: MoveDirection, distanceCm: number): boolean {
    const sign = direction === 'down' || direction === 'left' || direction === 'back' ? -1 : 1;
    const way = sign * distanceCm;
    if (direction === 'up' || direction === 'down') return this.go(0, 0, way, this.#speedCmS);
    if (direction === 'left' || direction === 'right') return this.go(0, way, 0, this.#speedCmS);
    return this.go(way, 0, 0, this.#speedCmS);
  }

  /** Flies to a place seen from here (forward, right, up in cm); false where it cannot: not hovering. */
  go(forwardCm: number, rightCm: number, upCm: number, speedCmS: number): boolean {
    const { x, z } = toLand(forwardCm, rightCm, this.#frame.yawDegrees);
    return this.follow(straight(x, z, upCm, speedCmS));
  }

  /** Flies to `to` by way of `via`; false where it cannot. No arc leads there: null. */
  curve(via: Point, to: Point, speedCmS: number): boolean | null {
    const way = curved(via, to, speedCmS, this.#frame.yawDegrees);
    return way === null ? null : this.follow(way);
  }

  turn(degrees: number): boolean {
    return this.follow(turned(degrees));
  }

  /** Flies along a way, from where it hovers; false where it does not hover. */
  follow(way: Way): boolean {
    if (!this.isReady) return false;
    this.#pilot.follow(way);
    this.#phase = 'manoeuvre';
    return true;
  }

  flip(direction: FlipDirection): boolean {
    if (!this.isReady) return false;
    this.#pilot.rollOver(direction);
    this.#phase = 'manoeuvre';
    return true;
  }

  /** Ends a manoeuvre where it is. */
  stop(): boolean {
    if (!this.isFlying) return false;
    this.#pilot.rest();
    if (this.#phase === 'manoeuvre') this.#phase = 'hover';
    return true;
  }

  /** Sticks in percent; on the ground, leaving it and landing they do nothing, then or later. */
  sticks(right: number, forward: number, up: number, yaw: number): void {
    if (!this.isReady && this.#phase !== 'manoeuvre') return;
    const scale = STICK_CM_S / 100;
    this.#pilot.obey({
      forward: forward * scale,
      right: right * scale,
      up: up * scale,
      yawDegreesS: (yaw * STICK_DEGREES_S) / 100,
    });
  }

  /** Lets time pass. */
  step(elapsedMs: number, surroundings: Surroundings = CALM): void {
    const steps = Math.ceil(elapsedMs / 1_000 / LONGEST_STEP_S);
    for (let i = 0; i < steps; i++) this.#step(elapsedMs / 1_000 / steps, surroundings);
  }

  #step(seconds: number, surroundings: Surroundings): void {
    if (this.#secondsToThrow !== null) {
      this.#secondsToThrow -= seconds;
      if (this.#secondsToThrow <= 0) this.takeOff();
    }
    this.#move(seconds, surroundings);
    const flying = this.isFlying;
    this.#power.step(seconds, flying ? 'flying' : this.#isIdling ? 'idling' : 'off');
    if (flying || this.#isIdling) this.#motorSeconds += seconds;
    if (flying && this.#power.percent === 0) this.stopMotors();
  }

  #move(seconds: number, surroundings: Surroundings): void {
    switch (this.#phase) {
      case 'ground':
        return;
      case 'falling':
        if (this.#frame.fall(seconds)) this.#touchDown();
        return;
      case 'takeoff':
        this.#takeOff.step(seconds, surroundings);
        if (this.#takeOff.isDone) this.#phase = 'hover';
        return;
      case 'landing':
        this.#frame.fly(
          seconds,
          { ...this.#pilot.steer(seconds), up: -this.#descentCmS },
          surroundings,
        );
        if (this.#frame.heightCm === 0) this.#touchDown();
        return;
      default:
        this.#frame.fly(seconds, this.#pilot.steer(seconds), surroundings);
        if (this.#phase === 'manoeuvre' && !this.#pilot.isBusy) this.#phase = 'hover';
    }
  }

  #touchDown(): void {
    this.#frame.stand();
    this.#phase = 'ground';
  }
}
