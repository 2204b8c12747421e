import { arcThrough } from './arc.ts';
import { toLand } from './axes.ts';
import type { Point } from './command.ts';

/** A way to fly, relative to where it begins: centimetres along the axes of the land, and degrees of a turn. */
export type Way = {
  seconds: number;
  at(seconds: number): { x: number; z: number; up: number; degrees: number };
};

/** How it gathers way and brakes. */
const CHANGE_CM_S2 = 110;
const CHANGE_DEGREES_S2 = 180;
const TURN_DEGREES_S = 90;

/** Straight to a place: right, ahead and up along the axes of the land. */
export function straight(x: number, z: number, up: number, speedCmS: number): Way {
  const length = Math.hypot(x, z, up);
  const run = ramped(length, speedCmS, CHANGE_CM_S2);
  return {
    seconds: run.seconds,
    at(seconds) {
      const part = length === 0 ? 0 : run.at(seconds) / length;
      return { x: x * part, z: z * part, up: up * part, degrees: 0 };
    },
  };
}

/** Along the arc to `to` by way of `via`, as the drone counts (forward, left, up); null where there is no such arc. */
export function curved(via: Point, to: Point, speedCmS: number, yawDegrees: number): Way | null {
  const arc = arcThrough(via, to);
  if (arc === null) return null;
  const run = ramped(arc.lengthCm, speedCmS, CHANGE_CM_S2);
  return {
    seconds: run.seconds,
    at(seconds) {
      const { xCm, yCm, zCm } = arc.pointAt(run.at(seconds));
      return { ...toLand(xCm, -yCm, yawDegrees), up: zCm, degrees: 0 };
    },
  };
}

/** Round on the spot, clockwise where `degrees` are positive. */
export function turned(degrees: number): Way {
  const run = ramped(Math.abs(degrees), TURN_DEGREES_S, CHANGE_DEGREES_S2);
  return {
    seconds: run.seconds,
    at: (seconds) => ({ x: 0, z: 0, up: 0, degrees: Math.sign(degrees) * run.at(seconds) }),
  };
}

/** A length covered from rest to rest: up to speed, along, and down again; short ones never reach it. */
function ramped(
  length: number,
  speed: number,
  change: number,
): { seconds: number; at(seconds: number): number } {
  const most = Math.min(speed, Math.sqrt(length * change));
  if (most === 0) return { seconds: 0, at: () => 0 };
  const rampS = most / change;
  const seconds = length / most + rampS;
  return {
    seconds,
    at(t) {
      if (t >= seconds) return length;
      if (t < rampS) return (change * t * t) / 2;
      const left = seconds - t;
      if (left < rampS) return length - (change * left * left) / 2;
      return most * (t - rampS / 2);
    },
  };
}

/** Both at once; their places add up. */
export function together(one: Way, other: Way): Way {
  return {
    seconds: Math.max(one.seconds, other.seconds),
    at(seconds) {
      const [a, b] = [one.at(seconds), other.at(seconds)];
      return { x: a.x + b.x, z: a.z + b.z, up: a.up + b.up, degrees: a.degrees + b.degrees };
    },
  };
}
