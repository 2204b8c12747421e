import { radians } from './axes.ts';
import { attitude, type FlightState } from './flight-state.ts';
import type { PadReading } from './mission-pads.ts';

/** Barometric height of the room the capture was made in, in metres. */
const GROUND_BARO = 681.32;
/** The sensor's height above the floor, and what it says when it sees none. */
const TOF_ON_GROUND_CM = 10;
const TOF_RANGE_CM = 800;
const TOF_NO_READING = 6553;
const GRAVITY_CM_S2 = 981;

/** `tof` in cm, as the sensor under the drone reads it. */
export function tofCm(state: FlightState): number {
  const tof = Math.round(state.heightCm) + TOF_ON_GROUND_CM;
  return tof > TOF_RANGE_CM ? TOF_NO_READING : tof;
}

export function baro(state: FlightState): string {
  return (GROUND_BARO + state.heightCm / 100).toFixed(2);
}

export function accelerations(state: FlightState): string {
  const { pitch, roll } = attitude(state);
  const lean = (degrees: number) => Math.sin(radians(degrees)) * 1_000;
  const x = (lean(pitch) - 10).toFixed(2);
  const y = (lean(roll) - 3).toFixed(2);
  const z = (-1_000 * (1 + state.liftCmS2 / GRAVITY_CM_S2)).toFixed(2);
  return `agx:${x};agy:${y};agz:${z};`;
}

/** The angles as they are told: whole degrees. */
export function angles(state: FlightState): string {
  const { pitch, roll } = attitude(state);
  return `pitch:${whole(pitch)};roll:${whole(roll)};yaw:${whole(state.yawDegrees)};`;
}

/** The state line: fields, order and formats as captured, ends with CR LF. A plain unit says nothing of pads. */
export function formatStateLine(
  state: FlightState,
  knowsPads = true,
  pad: PadReading | null = null,
): string {
  const low = Math.round(state.temperatureC) - 1;
  return (
    (knowsPads ? padFields(pad) : '') +
    angles(state) +
    // Decimetres a second, and up is negative.
    `vgx:${whole(state.velocity.forward / 10)};vgy:${whole(state.velocity.right / 10)};` +
    `vgz:${whole(-state.velocity.up / 10)};` +
    `templ:${low};temph:${low + 2};tof:${tofCm(state)};` +
    // Moves in steps of ten.
    `h:${whole(state.heightCm / 10) * 10};bat:${Math.ceil(state.batteryPercent)};` +
    `baro:${baro(state)};time:${Math.floor(state.motorSeconds)};${accelerations(state)}\r\n`
  );
}

/** Captured of an EDU that sees none. */
function padFields(pad: PadReading | null): string {
  if (pad === null) return 'mid:-1;x:-100;y:-100;z:-100;mpry:-1,-1,-1;';
  const { number, xCm, yCm, zCm, yawDegrees } = pad;
  return (
    `mid:${number};x:${whole(xCm)};y:${whole(yCm)};z:${whole(zCm)};` +
    `mpry:0,0,${whole(yawDegrees)};`
  );
}

/** A rounded number that is never `-0`. */
function whole(value: number): number {
  return Math.round(value) + 0;
}
