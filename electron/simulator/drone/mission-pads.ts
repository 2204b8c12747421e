import type { Point } from './command.ts';
import type { FlightState } from './flight-state.ts';
import type { PadCamera, PadName } from './pad-words.ts';

/** A mission pad on the ground; all of them point ahead. */
type Pad = { number: number; xCm: number; zCm: number };

/** Where the drone is, seen from a pad (the guides: x along its rockets, y to their left, z up), and how it is turned. */
export type PadReading = Point & { number: number; yawDegrees: number };

/** Eight of them in a ring around the landing pad, the first one ahead, then clockwise. */
const RING_CM = 120;
const HOW_MANY = 8;
export const MISSION_PADS: readonly Pad[] = Array.from({ length: HOW_MANY }, (_, i) => {
  const angle = (2 * Math.PI * i) / HOW_MANY;
  return {
    number: i + 1,
    xCm: Math.round(RING_CM * Math.sin(angle)),
    zCm: Math.round(RING_CM * Math.cos(angle)),
  };
});

/** Seen from these heights (the guides), and from no farther aside than the camera under it looks. */
const LOWEST_CM = 30;
const HIGHEST_CM = 200;
const ASIDE_PER_HEIGHT = 0.6;

/** The camera and the software that look for mission pads. */
export class PadDetector {
  #isOn = false;
  #looksDown = true;

  switch(on: boolean): void {
    this.#isOn = on;
    this.#looksDown = true;
  }

  /** All pads lie on the ground: whoever looks ahead alone sees none. */
  look(camera: PadCamera): void {
    this.#looksDown = camera !== 'ahead';
  }

  /** The nearest pad it sees, or the one of this name; null where it sees none. */
  read(state: Readonly<FlightState>, name: PadName = 'nearest'): PadReading | null {
    const { heightCm, xCm, zCm, yawDegrees } = state;
    if (!this.#isOn || !this.#looksDown || heightCm < LOWEST_CM || heightCm > HIGHEST_CM) {
      return null;
    }
    const away = (pad: Pad) => Math.hypot(xCm - pad.xCm, zCm - pad.zCm);
    const [nearest] = MISSION_PADS.filter(
      (pad) =>
        (typeof name === 'string' || name === pad.number) &&
        away(pad) <= heightCm * ASIDE_PER_HEIGHT,
    ).sort((one, other) => away(one) - away(other));
    if (!nearest) return null;
    return {
      number: nearest.number,
      xCm: zCm - nearest.zCm,
      yCm: nearest.xCm - xCm,
      zCm: heightCm,
      yawDegrees,
    };
  }
}
