import { FULL } from './sticks.ts';

/** How a stick of a gamepad becomes a stick of the drone. */
export type Curve = {
  /** Share of the way around the middle that counts for nothing, 0 to 0.5. */
  deadZone: number;
  /** 1 is straight; more is gentler around the middle. */
  expo: number;
};

/**
 * One stick, both ways at once: dead around the middle, without a jump at its edge; a square gate becomes
 * a round one, so that corners are no faster than sides. Both ways in -1..1; percent out.
 */
export function shape(x: number, y: number, { deadZone, expo }: Curve): { x: number; y: number } {
  const way = Math.hypot(x, y);
  if (!(way > deadZone)) return { x: 0, y: 0 };
  const reached = Math.min(1, (way - deadZone) / (1 - deadZone));
  const size = FULL * reached ** expo;
  return { x: Math.round((size * x) / way), y: Math.round((size * y) / way) };
}
