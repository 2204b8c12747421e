import type { Point } from './command-grammar.ts';

/** The guides: an arc of another radius is an error. */
const MIN_RADIUS_CM = 50;
const MAX_RADIUS_CM = 1_000;

/** The arc from here (0, 0, 0) through `via` to `to`; null where there is none, or none of a permitted radius. */
export function arcThrough(via: Point, to: Point): { radiusCm: number; lengthCm: number } | null {
  const a = distance(ORIGIN, via);
  const b = distance(via, to);
  const c = distance(ORIGIN, to);
  const area = Math.hypot(...cross(via, to)) / 2;
  const radiusCm = (a * b * c) / (4 * area);
  if (!(radiusCm >= MIN_RADIUS_CM && radiusCm <= MAX_RADIUS_CM)) return null;
  // Each chord has its own part of the arc; the three points lie on it in this order.
  const angle = arcAngle(a, b, c) + arcAngle(b, a, c);
  return { radiusCm, lengthCm: radiusCm * angle };
}

const ORIGIN: Point = { xCm: 0, yCm: 0, zCm: 0 };

function distance(from: Point, to: Point): number {
  return Math.hypot(to.xCm - from.xCm, to.yCm - from.yCm, to.zCm - from.zCm);
}

function cross(u: Point, v: Point): [number, number, number] {
  return [
    u.yCm * v.zCm - u.zCm * v.yCm,
    u.zCm * v.xCm - u.xCm * v.zCm,
    u.xCm * v.yCm - u.yCm * v.xCm,
  ];
}

/** The angle at the centre over a side of the triangle, on the far side of the third corner. */
function arcAngle(chord: number, side: number, other: number): number {
  const opposite = (side ** 2 + other ** 2 - chord ** 2) / (2 * side * other);
  // Twice the angle at the circumference.
  return 2 * Math.acos(Math.max(-1, Math.min(1, opposite)));
}
