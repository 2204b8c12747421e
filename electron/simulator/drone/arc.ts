import { combined, cross, dot, scaled, type Vector } from '../vectors.ts';
import type { Point } from './command.ts';

/** The guides: an arc of another radius is an error. */
const MIN_RADIUS_CM = 50;
const MAX_RADIUS_CM = 1_000;

/** Part of a circle that begins here, at (0, 0, 0). */
export type Arc = {
  radiusCm: number;
  lengthCm: number;
  /** The place so far along it. */
  pointAt(wayCm: number): Point;
};

/** The arc from here through `via` to `to`; null where there is none, or none of a permitted radius. */
export function arcThrough(via: Point, to: Point): Arc | null {
  const a: Vector = [via.xCm, via.yCm, via.zCm];
  const b: Vector = [to.xCm, to.yCm, to.zCm];
  const normal = cross(a, b);
  const area = Math.hypot(...normal);
  // Seen from here, the middle of the circle through three points.
  const skew = combined(a, -(Math.hypot(...b) ** 2), b, Math.hypot(...a) ** 2);
  const middle = scaled(cross(skew, normal), 1 / (2 * area ** 2));
  const radiusCm = Math.hypot(...middle);
  if (!(radiusCm >= MIN_RADIUS_CM && radiusCm <= MAX_RADIUS_CM)) return null;
  const outward = scaled(middle, -1 / radiusCm);
  const onward = cross(scaled(normal, 1 / area), outward);
  const last = combined(b, 1, middle, -1);
  const angle = Math.atan2(dot(last, onward), dot(last, outward));
  return {
    radiusCm,
    lengthCm: radiusCm * (angle > 0 ? angle : angle + 2 * Math.PI),
    pointAt(wayCm) {
      const turned = wayCm / radiusCm;
      const spoke = combined(
        outward,
        radiusCm * Math.cos(turned),
        onward,
        radiusCm * Math.sin(turned),
      );
      const [xCm, yCm, zCm] = combined(middle, 1, spoke, 1);
      return { xCm, yCm, zCm };
    },
  };
}
