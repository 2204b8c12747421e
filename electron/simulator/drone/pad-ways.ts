import type { Point } from './command.ts';
import { wrapDegrees } from './flight-state.ts';
import type { PadReading } from './mission-pads.ts';
import { curved, straight, together, turned, type Way } from './way.ts';

/** From where the drone sees the pad to a place over it, as the pad counts. */
export function toPadPlace(seen: PadReading, to: Point, speedCmS: number): Way {
  const { xCm, yCm, zCm } = from(seen, to);
  return straight(-yCm, xCm, zCm, speedCmS);
}

/** The same along an arc; null where there is none. */
export function aroundPad(seen: PadReading, via: Point, to: Point, speedCmS: number): Way | null {
  // Pads point ahead, as the land does.
  return curved(from(seen, via), from(seen, to), speedCmS, 0);
}

/** Right over a pad at a height, turned to an angle of the pad's. */
export function overPad(seen: PadReading, zCm: number, yawDegrees: number, speedCmS: number): Way {
  const way = toPadPlace(seen, { xCm: 0, yCm: 0, zCm }, speedCmS);
  return together(way, turned(wrapDegrees(yawDegrees - seen.yawDegrees)));
}

function from(seen: Point, to: Point): Point {
  return { xCm: to.xCm - seen.xCm, yCm: to.yCm - seen.yCm, zCm: to.zCm - seen.zCm };
}
