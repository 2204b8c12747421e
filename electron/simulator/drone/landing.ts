import { HOVER_HEIGHT_CM } from './take-off.ts';

/** Captured: landing from where it hovers takes 4.2 s. From higher up it sinks faster, and is down before clients lose patience (7 s). */
const LANDING_S = 4.2;
const LONGEST_LANDING_S = 6.5;
const SHORTEST_LANDING_S = 1;
/** It takes a moment until it sinks. */
const SINKING_LAG_S = 0.2;

/** How fast it sinks from a height, in cm/s. */
export function descentFrom(heightCm: number): number {
  return heightCm / (landingSeconds(heightCm) - SINKING_LAG_S);
}

function landingSeconds(heightCm: number): number {
  if (heightCm <= HOVER_HEIGHT_CM) {
    return Math.max(SHORTEST_LANDING_S, (LANDING_S * heightCm) / HOVER_HEIGHT_CM);
  }
  const longer = LONGEST_LANDING_S - LANDING_S;
  return LANDING_S + longer * (1 - HOVER_HEIGHT_CM / heightCm);
}
