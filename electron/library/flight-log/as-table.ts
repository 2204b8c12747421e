import type { FlightLine, StateLine } from '../../../shared/flight-log.ts';

type Figure = Exclude<keyof StateLine, 't' | 'type' | 'pad'>;

/** Columns of figures: name in the log, name and unit in the table. */
const FIGURES: readonly [Figure, string][] = [
  ['batteryPercent', 'battery_percent'],
  ['heightCm', 'height_cm'],
  ['distanceCm', 'distance_below_cm'],
  ['pitchDegrees', 'pitch_degrees'],
  ['rollDegrees', 'roll_degrees'],
  ['yawDegrees', 'yaw_degrees'],
  ['xSpeedDmS', 'x_speed_dm_per_s'],
  ['ySpeedDmS', 'y_speed_dm_per_s'],
  ['zSpeedDmS', 'z_speed_dm_per_s'],
  ['xAccelerationMilliG', 'x_acceleration_milli_g'],
  ['yAccelerationMilliG', 'y_acceleration_milli_g'],
  ['zAccelerationMilliG', 'z_acceleration_milli_g'],
  ['barometerM', 'barometer_m'],
  ['lowestTemperatureC', 'lowest_temperature_c'],
  ['highestTemperatureC', 'highest_temperature_c'],
  ['motorSeconds', 'motor_seconds'],
];

/** The first row of the table (RFC 4180). */
export const TABLE_HEAD = `${['time_ms', 'type', ...FIGURES.map(([, column]) => column), 'details'].join(',')}\r\n`;

/** One line of the log as one row; what has no column of its own is told in the last. */
export function tableRow(line: FlightLine): string {
  const figures = FIGURES.map(([name]) => {
    const value = line.type === 'state' ? line[name] : undefined;
    return value === undefined ? '' : String(value);
  });
  return `${[String(line.t), line.type, ...figures, quoted(details(line))].join(',')}\r\n`;
}

function details(line: FlightLine): string {
  const { t, type, ...rest } = line;
  if (line.type === 'state') return line.pad === undefined ? '' : `pad ${line.pad.id}`;
  return Object.entries(rest)
    .map(([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join('; ');
}

/** A cell that begins like a formula would be run by a spreadsheet. */
function quoted(text: string): string {
  if (text === '') return '';
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
