import type { FlipDirection } from './command.ts';

/** Everything about the aircraft that its state lines, its answers and its camera tell. */
export type FlightState = {
  phase: 'ground' | 'takeoff' | 'hover' | 'manoeuvre' | 'landing' | 'falling';
  /** To the right and ahead of where it stood at first. */
  xCm: number;
  zCm: number;
  heightCm: number;
  /** Clockwise, -180 to 180; nose up; right side down. */
  yawDegrees: number;
  pitchDegrees: number;
  rollDegrees: number;
  /** Velocity in cm/s, body axes: forward, right, up. */
  velocity: { forward: number; right: number; up: number };
  /** How its climb changes, in cm/s². */
  liftCmS2: number;
  speedCmS: number;
  batteryPercent: number;
  temperatureC: number;
  motorSeconds: number;
  /** Which way it rolls over and how far, 0 to 1, while it does. */
  flip: { direction: FlipDirection; turned: number } | null;
};

/** What surrounds it. */
export type Surroundings = {
  /** Wind from the left of where it stood at first; it comes in gusts. */
  windCmS: number;
  /** A wall across the way, so far ahead of where it stood at first; null = none. */
  wallCm: number | null;
};

export const CALM: Surroundings = { windCmS: 0, wallCm: null };

/** Attitude as its own sensors feel it, a flip included; degrees, -180 to 180. */
export function attitude(state: Readonly<FlightState>): { pitch: number; roll: number } {
  const turned = 360 * (state.flip?.turned ?? 0);
  const { pitchDegrees: pitch, rollDegrees: roll } = state;
  switch (state.flip?.direction) {
    case 'f':
      return { pitch: wrapDegrees(pitch - turned), roll };
    case 'b':
      return { pitch: wrapDegrees(pitch + turned), roll };
    case 'l':
      return { pitch, roll: wrapDegrees(roll - turned) };
    case 'r':
      return { pitch, roll: wrapDegrees(roll + turned) };
    case undefined:
      return { pitch, roll };
  }
}

/** Into -180 to 180. */
export function wrapDegrees(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360);
}
