/** Real lines have some 150 characters; the numbers below leave room for firmware that says more. */
const MAX_LINE_BYTES = 2_048;
const MAX_FIELDS = 64;
/** What `tof` says when it measures nothing. */
const NO_DISTANCE = 6_553;
const FIELD = /^([A-Za-z][A-Za-z0-9_]{0,31}):([\x21-\x7e]{1,64})$/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** One state datagram (10 Hz). A field the drone did not send is absent: never 0. */
export type DroneState = {
  batteryPercent?: number;
  /** Relative to the take-off point, in steps of 10; can be negative after landing. */
  heightCm?: number;
  /** Downward distance; absent where the sensor reads nothing. */
  distanceCm?: number;
  lowestTemperatureC?: number;
  highestTemperatureC?: number;
  pitchDegrees?: number;
  rollDegrees?: number;
  yawDegrees?: number;
  motorSeconds?: number;
  /** Everything as it was sent, by the drone's own names, known or not. */
  fields: ReadonlyMap<string, string>;
};

/** Reads `name:value;name:value;…`; damaged fields are left out. Null when nothing of it can be read. */
export function parseStateLine(datagram: Uint8Array): DroneState | null {
  if (datagram.length > MAX_LINE_BYTES) return null;
  const line = Buffer.from(datagram.buffer, datagram.byteOffset, datagram.length).toString(
    'latin1',
  );
  const fields = new Map<string, string>();
  for (const part of line.split(';', MAX_FIELDS)) {
    const [, name, value] = FIELD.exec(part.trim()) ?? [];
    if (name !== undefined && value !== undefined) fields.set(name, value);
  }
  if (fields.size === 0) return null;
  const distanceCm = numberOf(fields, 'tof');
  return {
    ...present('batteryPercent', numberOf(fields, 'bat')),
    ...present('heightCm', numberOf(fields, 'h')),
    ...present('distanceCm', distanceCm === NO_DISTANCE ? undefined : distanceCm),
    ...present('lowestTemperatureC', numberOf(fields, 'templ')),
    ...present('highestTemperatureC', numberOf(fields, 'temph')),
    ...present('pitchDegrees', numberOf(fields, 'pitch')),
    ...present('rollDegrees', numberOf(fields, 'roll')),
    ...present('yawDegrees', numberOf(fields, 'yaw')),
    ...present('motorSeconds', numberOf(fields, 'time')),
    fields,
  };
}

/** The three numbers of `mpry` (attitude over a mission pad: pitch, roll, yaw), which share one field. */
export function missionPadAttitude(state: DroneState): readonly [number, number, number] | null {
  const parts = state.fields.get('mpry')?.split(',') ?? [];
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
