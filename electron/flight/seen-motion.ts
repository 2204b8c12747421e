import type { DroneState } from '../video/drone-controls.ts';
import type { ManoeuvrePlan, Seen } from './manoeuvre.ts';

type Look = ManoeuvrePlan['look'];

/** Speeds are whole decimetres a second, and one of them is what hovering shows now and then; heights are tens of centimetres. */
const MOVING_DM_S = 2;
const CLIMBED_CM = 10;
const TURNED_DEGREES = 5;
/** A flip leans far beyond what any flight does. */
const FLIPPED_DEGREES = 40;
const STILL_MS = 500;

export const looksFlying: Look = (aircraft) => {
  const { phase } = aircraft;
  if (phase === 'flying') return 'done';
  return phase === 'taking-off' ? 'moving' : 'nothing';
};

export const looksLanded: Look = (aircraft) => {
  const { phase } = aircraft;
  if (phase === 'grounded' || phase === 'motors-stopped') return 'done';
  return phase === 'landing' ? 'moving' : 'nothing';
};

export const looksStopped: Look = ({ phase }) =>
  phase === 'motors-stopped' || phase === 'grounded' ? 'done' : 'nothing';

/** It hovers: no speed, for a while, in telemetry that came since. */
export function looksStill(): Look {
  let sinceMs: number | null = null;
  return (aircraft, nowMs) => {
    const { state } = aircraft;
    if (state === null || aircraft.link !== 'fresh' || speedDmS(state) >= MOVING_DM_S) {
      sinceMs = null;
    } else sinceMs ??= nowMs;
    return sinceMs !== null && nowMs - sinceMs >= STILL_MS ? 'done' : 'nothing';
  };
}

/** It left its place, height or heading, and then rested. */
export function looksMoved(before: DroneState | null): Look {
  let hasMoved = false;
  let stillSinceMs: number | null = null;
  return (aircraft, nowMs): Seen => {
    const { state } = aircraft;
    if (state === null || aircraft.link !== 'fresh') return hasMoved ? 'moving' : 'nothing';
    const isMoving = speedDmS(state) >= MOVING_DM_S;
    hasMoved ||= isMoving || hasChanged(before, state);
    stillSinceMs = isMoving ? null : (stillSinceMs ?? nowMs);
    if (!hasMoved) return 'nothing';
    return stillSinceMs !== null && nowMs - stillSinceMs >= STILL_MS ? 'done' : 'moving';
  };
}

function speedDmS({ xSpeedDmS = 0, ySpeedDmS = 0, zSpeedDmS = 0 }: DroneState): number {
  return Math.max(Math.abs(xSpeedDmS), Math.abs(ySpeedDmS), Math.abs(zSpeedDmS));
}

function hasChanged(before: DroneState | null, now: DroneState): boolean {
  if (
    Math.max(Math.abs(now.pitchDegrees ?? 0), Math.abs(now.rollDegrees ?? 0)) >= FLIPPED_DEGREES
  ) {
    return true;
  }
  if (before === null) return false;
  const climbedCm = Math.abs((now.heightCm ?? 0) - (before.heightCm ?? now.heightCm ?? 0));
  const turned = Math.abs((now.yawDegrees ?? 0) - (before.yawDegrees ?? now.yawDegrees ?? 0));
  return climbedCm >= CLIMBED_CM || Math.min(turned, 360 - turned) >= TURNED_DEGREES;
}
