import type { Pose } from '../picture/pose.ts';
import { radians } from './axes.ts';
import { attitude, type FlightState } from './flight-state.ts';

/** It never stands quite still in the air; near the ground its feet hold it. */
const HOVER_M = 0.012;
const HOVER_RAD = 0.004;
const FREE_ABOVE_CM = 40;

/** Where the drone's camera is at `nowMs`, and how it is held. */
export function cameraPose(nowMs: number, state: Readonly<FlightState>): Pose {
  const { pitch, roll } = attitude(state);
  const seconds = nowMs / 1_000;
  const free = Math.min(1, state.heightCm / FREE_ABOVE_CM);
  const about = (rate: number) =>
    free * (Math.sin(seconds * rate) + Math.sin(seconds * rate * 1.7 + 1));
  return {
    xM: state.xCm / 100 + HOVER_M * about(0.7),
    zM: state.zCm / 100,
    heightM: state.heightCm / 100 + HOVER_M * about(0.9),
    yaw: radians(state.yawDegrees) + HOVER_RAD * about(0.5),
    pitch: radians(pitch) + HOVER_RAD * about(1.6),
    roll: radians(roll) + HOVER_RAD * about(1.9),
  };
}
