import type { SourceSpec } from '../../shared/source.ts';
import { nowUs } from '../base/clock.ts';
import { zoneMinutesAt } from '../media/metadata/local-time.ts';
import type { DroneFacts, PictureFacts } from '../media/metadata/picture-facts.ts';
import type { DroneState } from '../video/drone-controls.ts';
import type { SourceFacts } from '../video/source.ts';

/** Who made the camera of a source, where that is known. */
function makeOf(spec: SourceSpec | null): { make: string } | null {
  switch (spec?.kind) {
    case 'tello':
      return { make: 'Ryze' };
    case 'simulator':
      return { make: 'Hoverdeck' };
    default:
      return null;
  }
}

export type Moment = {
  source: SourceFacts;
  /** When the camera saw the picture, on the station's clock. */
  capturedAtUs: number;
  damaged: boolean;
  /** What the drone said last, if that was just now. */
  state: DroneState | null;
  flightId: string | null;
  software: string;
};

/** What a picture taken at this moment shall say of itself. */
export function pictureFacts({
  source,
  capturedAtUs,
  damaged,
  state,
  flightId,
  software,
}: Moment): PictureFacts {
  const takenAtMs = Math.round(Date.now() - (nowUs() - capturedAtUs) / 1_000);
  return {
    takenAtMs,
    zoneMinutes: zoneMinutesAt(takenAtMs),
    ...makeOf(source.spec),
    model: source.name,
    software,
    damaged,
    ...(state === null ? {} : { drone: droneFacts(state, flightId) }),
  };
}

function droneFacts(state: DroneState, flightId: string | null): DroneFacts {
  // Everything by its name: the raw fields are the flight log's business.
  const facts: DroneFacts = {};
  for (const name of FIGURES) {
    const value = state[name];
    if (value !== undefined) facts[name] = value;
  }
  return { ...facts, ...(flightId === null ? {} : { flightId }) };
}

const FIGURES = [
  'heightCm',
  'distanceCm',
  'pitchDegrees',
  'rollDegrees',
  'yawDegrees',
  'xSpeedDmS',
  'ySpeedDmS',
  'zSpeedDmS',
  'batteryPercent',
] as const satisfies (keyof DroneFacts & keyof DroneState)[];
