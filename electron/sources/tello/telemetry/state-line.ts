import type { DroneState, MissionPad } from '../../../video/drone-controls.ts';
import { lineText } from '../line-text.ts';

/** Real lines have some 150 characters; the numbers below leave room for firmware that says more. */
const MAX_LINE_BYTES = 2_048;
const MAX_FIELDS = 64;
/** What `tof` says when it measures nothing. */
const NO_DISTANCE = 6_553;
const FIELD = /^([A-Za-z][A-Za-z0-9_]{0,31}):([\x21-\x7e]{1,64})$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** Reads `name:value;name:value;…`; damaged fields are left out. Null when nothing of it can be read. */
export function parseStateLine(datagram: Uint8Array): DroneState | null {
  if (datagram.length > MAX_LINE_BYTES) return null;
  const fields = new Map<string, string>();
  for (const part of lineText(datagram).split(';', MAX_FIELDS)) {
    const [, name, value] = FIELD.exec(part.trim()) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  if (fields.size === 0) return null;
  const distanceCm = numberOf(fields, 'tof');
  const missionPad = missionPadOf(fields);
  return {
    ...present('batteryPercent', numberOf(fields, 'bat')),
    ...present('heightCm', numberOf(fields, 'h')),
    ...present('distanceCm', distanceCm === NO_DISTANCE ? undefined : distanceCm),
    ...present('lowestTemperatureC', numberOf(fields, 'templ')),
    ...present('highestTemperatureC', numberOf(fields, 'temph')),
    ...present('pitchDegrees', numberOf(fields, 'pitch')),
    ...present('rollDegrees', numberOf(fields, 'roll')),
    ...present('yawDegrees', numberOf(fields, 'yaw')),
    ...present('xSpeedDmS', numberOf(fields, 'vgx')),
    ...present('ySpeedDmS', numberOf(fields, 'vgy')),
    ...present('zSpeedDmS', numberOf(fields, 'vgz')),
    ...present('xAccelerationMilliG', numberOf(fields, 'agx')),
    ...present('yAccelerationMilliG', numberOf(fields, 'agy')),
    ...present('zAccelerationMilliG', numberOf(fields, 'agz')),
    ...present('barometerM', numberOf(fields, 'baro')),
    ...present('motorSeconds', numberOf(fields, 'time')),
    ...(missionPad === null ? {} : { missionPad }),
    fields,
  };
}

/** The pad below; null where the unit sees none (`mid` is negative then) or the place is not told. */
function missionPadOf(fields: ReadonlyMap<string, string>): MissionPad | null {
  const id = numberOf(fields, 'mid');
  const xCm = numberOf(fields, 'x');
  const yCm = numberOf(fields, 'y');
  const zCm = numberOf(fields, 'z');
  if (id === undefined || id < 1) return null;
  if (xCm === undefined || yCm === undefined || zCm === undefined) return null;
  const attitudeDegrees = padAttitude(fields);
  return { id, xCm, yCm, zCm, ...(attitudeDegrees === null ? {} : { attitudeDegrees }) };
}

/** The three numbers of `mpry`, which share one field. */
function padAttitude(
  fields: ReadonlyMap<string, string>,
): readonly [number, number, number] | null {
  const parts = fields.get('mpry')?.split(',') ?? [];
  const [pitch, roll, yaw] = parts.map(toNumber);
  if (parts.length !== 3 || pitch === undefined || roll === undefined || yaw === undefined)
    return null;
  return [pitch, roll, yaw];
}

function numberOf(fields: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = fields.get(name);
  return text === undefined ? undefined : toNumber(text);
}

function toNumber(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** An object with the property, or none at all: absent is not the same as undefined in the contract. */
function present<K extends string>(name: K, value: number | undefined): { [key in K]?: number } {
  const entry: { [key in K]?: number } = {};
  if (value !== undefined) entry[name] = value;
  return entry;
}
