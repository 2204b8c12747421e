import type { DroneState } from '../../../electron/video/drone-controls.ts';

/** A report of a drone on the ground, with what is different. */
export function droneState(part: Partial<DroneState> = {}): DroneState {
  return { heightCm: 0, distanceCm: 10, zSpeedDmS: 0, motorSeconds: 0, fields: new Map(), ...part };
}
