import { POSE_AT_START, type Pose } from '../picture/pose.ts';
import type { FlightState } from './flight-model.ts';

/** The model moves ten times a second, and a mass does not jump: what is seen follows with these delays. */
const SPEED_FOLLOWS_S = 0.28;
const TURN_FOLLOWS_S = 0.14;
const HEIGHT_FOLLOWS_S = 0.16;
const LEAN_FOLLOWS_S = 0.12;
/** A drone leans into what it is about to do, then into what it does. */
const LEAN_PER_CM_S = (0.15 * Math.PI) / 180;
const LEAN_PER_CHANGE = (0.2 * Math.PI) / 180;
const FLIP_S = 1;
/** It never stands quite still in the air. */
const HOVER_M = 0.012;
const HOVER_RAD = 0.004;

/** Makes one smooth flight, picture by picture, out of the model's steps. */
export class PoseFollower {
  #pose: Pose = { ...POSE_AT_START };
  #forward = 0;
  #right = 0;
  #flip = 0;
  #atMs: number | null = null;

  /** Where the camera is at `nowMs`; called once a picture. */
  at(nowMs: number, state: Readonly<FlightState>): Pose {
    const seconds = this.#atMs === null ? 0 : Math.min(0.2, (nowMs - this.#atMs) / 1_000);
    this.#atMs = nowMs;
    const pose = this.#pose;
    const { velocity } = state;
    const toForward = velocity.forward - this.#forward;
    const toRight = velocity.right - this.#right;
    this.#forward += toForward * share(seconds, SPEED_FOLLOWS_S);
    this.#right += toRight * share(seconds, SPEED_FOLLOWS_S);

    const yaw = (state.yawDegrees * Math.PI) / 180;
    pose.yaw += wrap(yaw - pose.yaw) * share(seconds, TURN_FOLLOWS_S);
    pose.heightM += (state.heightCm / 100 - pose.heightM) * share(seconds, HEIGHT_FOLLOWS_S);
    const ahead = (this.#forward * seconds) / 100;
    const aside = (this.#right * seconds) / 100;
    pose.zM += ahead * Math.cos(pose.yaw) - aside * Math.sin(pose.yaw);
    pose.xM += ahead * Math.sin(pose.yaw) + aside * Math.cos(pose.yaw);

    const lean = share(seconds, LEAN_FOLLOWS_S);
    const pitch = -this.#forward * LEAN_PER_CM_S - toForward * LEAN_PER_CHANGE;
    const roll = this.#right * LEAN_PER_CM_S + toRight * LEAN_PER_CHANGE;
    pose.pitch += (pitch - pose.pitch) * lean;
    pose.roll += (roll - pose.roll) * lean;

    this.#flip = state.flip === null ? 0 : Math.min(1, this.#flip + seconds / FLIP_S);
    return this.#shaken(nowMs / 1_000, state);
  }

  #shaken(seconds: number, { phase, flip }: Readonly<FlightState>): Pose {
    const pose = { ...this.#pose };
    if (phase === 'ground') return pose;
    const about = (rate: number) => Math.sin(seconds * rate) + Math.sin(seconds * rate * 1.7 + 1);
    pose.heightM += HOVER_M * about(0.9);
    pose.xM += HOVER_M * about(0.7);
    pose.yaw += HOVER_RAD * about(0.5);
    pose.roll += HOVER_RAD * about(1.9);
    pose.pitch += HOVER_RAD * about(1.6);
    const over = 2 * Math.PI * this.#flip;
    if (flip === 'l') pose.roll -= over;
    if (flip === 'r') pose.roll += over;
    if (flip === 'f') pose.pitch -= over;
    if (flip === 'b') pose.pitch += over;
    return pose;
  }
}

/** Of the way left, how much is gone after `seconds`. */
function share(seconds: number, followsS: number): number {
  return 1 - Math.exp(-seconds / followsS);
}

/** Into -π to π: the shorter way round. */
function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.round(angle / (2 * Math.PI));
}
