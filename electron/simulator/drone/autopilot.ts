import { type Airframe, STILL, type Wanted } from './airframe.ts';
import { toLand } from './axes.ts';
import type { FlipDirection } from './command.ts';
import { wrapDegrees } from './flight-state.ts';
import type { Way } from './way.ts';

/** How hard it makes for a place it is not at: speed for each centimetre, and at most. */
const PULL_PER_S = 1.7;
const MOST_PULL_CM_S = 60;
const TURN_PULL_PER_S = 4;
/** It asks for a speed this much before its time, because the airframe takes so long to follow. */
const LEAD_S = 0.26;
/** It holds a place from the moment it has come to rest there. */
const AT_REST_CM_S = 8;
/** Arrived: this near and this slow for so long. Wind may keep it away a little; after a while that must do. */
const NEAR_CM = 5;
const NEAR_DEGREES = 2;
const STANDS_S = 0.4;
const SETTLING_S = 1.5;
const SETTLED_NEAR_CM = 40;
/** Lower it does not fly: the sensor under it loses the ground. */
const LOWEST_CM = 20;
/** Rolling over: it jumps, turns over to the side and comes back to its height. */
const FLIP_S = 0.75;
const FLIP_JUMP = { seconds: 0.3, cmS: 130 };
const FLIP_ASIDE_CM_S = 55;

/** Sticks as velocities: body axes in cm/s, and a turn in degrees a second. */
export type Sticks = { forward: number; right: number; up: number; yawDegreesS: number };

type Place = { x: number; z: number; height: number };
type Task =
  | { kind: 'way'; way: Way; from: Place; yaw: number; seconds: number; standsS: number }
  | { kind: 'flip'; direction: FlipDirection; height: number; seconds: number };

/** Says which way to go now: along a way, as the sticks tell, or back to the place it holds. */
export class Autopilot {
  readonly #frame: Airframe;
  #task: Task | null = null;
  #sticks: Sticks | null = null;
  #heldX: number | null = null;
  #heldZ: number | null = null;
  #heldHeight: number | null = null;

  constructor(frame: Airframe) {
    this.#frame = frame;
  }

  get isBusy(): boolean {
    return this.#task !== null;
  }

  /** Which way it rolls over and how far, 0 to 1. */
  get flip(): { direction: FlipDirection; turned: number } | null {
    const task = this.#task;
    if (task?.kind !== 'flip' || task.seconds >= FLIP_S) return null;
    const part = task.seconds / FLIP_S;
    return { direction: task.direction, turned: part * part * (3 - 2 * part) };
  }

  follow(way: Way): void {
    const { xCm: x, zCm: z, heightCm: height, yawDegrees: yaw } = this.#frame;
    this.#task = { kind: 'way', way, from: { x, z, height }, yaw, seconds: 0, standsS: 0 };
  }

  rollOver(direction: FlipDirection): void {
    this.#task = { kind: 'flip', direction, height: this.#frame.heightCm, seconds: 0 };
  }

  /** From now on, behind a task that is under way. */
  obey(sticks: Sticks): void {
    this.#sticks = sticks;
  }

  /** Drops everything, brakes, and holds the place where it comes to rest. */
  rest(): void {
    this.#task = null;
    this.#sticks = null;
    this.#heldX = null;
    this.#heldZ = null;
    this.#heldHeight = null;
  }

  /** Holds this height, wherever it is now. */
  holdHeight(heightCm: number): void {
    this.#heldHeight = heightCm;
  }

  steer(seconds: number): Wanted {
    const task = this.#task;
    if (task?.kind === 'way') return this.#alongWay(task, seconds);
    if (task?.kind === 'flip') return this.#over(task, seconds);
    return this.#bySticks();
  }

  #alongWay(task: Extract<Task, { kind: 'way' }>, seconds: number): Wanted {
    task.seconds += seconds;
    const now = task.way.at(task.seconds);
    const soon = task.way.at(task.seconds + LEAD_S);
    const next = task.way.at(task.seconds + LEAD_S + seconds);
    const frame = this.#frame;
    const toX = task.from.x + now.x - frame.xCm;
    const toZ = task.from.z + now.z - frame.zCm;
    const height = Math.max(LOWEST_CM, task.from.height + now.up);
    const toHeight = height - frame.heightCm;
    const toTurn = wrapDegrees(task.yaw + now.degrees - frame.yawDegrees);
    const late = task.seconds - task.way.seconds;
    const away = Math.hypot(toX, toZ, toHeight);
    const isThere =
      away < NEAR_CM &&
      Math.abs(toTurn) < NEAR_DEGREES &&
      Math.hypot(frame.speedX, frame.speedZ, frame.climb) < AT_REST_CM_S;
    task.standsS = isThere && late >= 0 ? task.standsS + seconds : 0;
    if (task.standsS >= STANDS_S || (late > SETTLING_S && away < SETTLED_NEAR_CM)) {
      this.#task = null;
      this.#heldX = task.from.x + now.x;
      this.#heldZ = task.from.z + now.z;
      this.#heldHeight = height;
    }
    return {
      x: (next.x - soon.x) / seconds + pull(toX),
      z: (next.z - soon.z) / seconds + pull(toZ),
      up: (next.up - soon.up) / seconds + pull(toHeight),
      yawDegreesS: (next.degrees - soon.degrees) / seconds + TURN_PULL_PER_S * toTurn,
    };
  }

  #over(task: Extract<Task, { kind: 'flip' }>, seconds: number): Wanted {
    task.seconds += seconds;
    const { heightCm, yawDegrees, climb } = this.#frame;
    const toHeight = task.height - heightCm;
    if (task.seconds >= FLIP_S) {
      this.#holdPlace();
      const isBack = Math.abs(toHeight) < NEAR_CM && Math.abs(climb) < AT_REST_CM_S;
      if (isBack || task.seconds > FLIP_S + SETTLING_S) {
        this.#task = null;
        this.#heldHeight = task.height;
      }
      return { ...this.#toHeld(), up: pull(toHeight) };
    }
    this.#heldX = null;
    this.#heldZ = null;
    const isJumping = task.seconds < FLIP_JUMP.seconds;
    return {
      ...aside(task.direction, yawDegrees),
      up: isJumping ? FLIP_JUMP.cmS : 0,
      yawDegreesS: 0,
    };
  }

  #bySticks(): Wanted {
    const { forward = 0, right = 0, up = 0, yawDegreesS = 0 } = this.#sticks ?? {};
    const frame = this.#frame;
    if (up !== 0) this.#heldHeight = null;
    else if (this.#heldHeight === null && Math.abs(frame.climb) < AT_REST_CM_S) {
      this.#heldHeight = Math.max(LOWEST_CM, frame.heightCm);
    }
    const toHeight = this.#heldHeight === null ? 0 : pull(this.#heldHeight - frame.heightCm);
    const climb = up === 0 ? toHeight : up;
    const wanted = {
      up: frame.heightCm <= LOWEST_CM ? Math.max(0, climb) : climb,
      yawDegreesS,
    };
    if (forward !== 0 || right !== 0) {
      this.#heldX = null;
      this.#heldZ = null;
      return { ...toLand(forward, right, frame.yawDegrees), ...wanted };
    }
    this.#holdPlace();
    return { ...this.#toHeld(), ...wanted };
  }

  #holdPlace(): void {
    const frame = this.#frame;
    if (this.#heldX !== null || Math.hypot(frame.speedX, frame.speedZ) >= AT_REST_CM_S) return;
    this.#heldX = frame.xCm;
    this.#heldZ = frame.zCm;
  }

  #toHeld(): Wanted {
    if (this.#heldX === null || this.#heldZ === null) return STILL;
    const x = pull(this.#heldX - this.#frame.xCm);
    return { ...STILL, x, z: pull(this.#heldZ - this.#frame.zCm) };
  }
}

function aside(direction: FlipDirection, yawDegrees: number): { x: number; z: number } {
  const forward = direction === 'f' ? 1 : direction === 'b' ? -1 : 0;
  const right = direction === 'r' ? 1 : direction === 'l' ? -1 : 0;
  return toLand(forward * FLIP_ASIDE_CM_S, right * FLIP_ASIDE_CM_S, yawDegrees);
}

function pull(awayCm: number): number {
  return Math.max(-MOST_PULL_CM_S, Math.min(MOST_PULL_CM_S, PULL_PER_S * awayCm));
}
