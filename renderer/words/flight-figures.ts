import type { FlightState, TelemetryReport } from '../../shared/flight.ts';
import type { Status } from '../../shared/status.ts';
import { UNKNOWN } from './figures.ts';
import { clock, decimal, decimalWithoutMinusZero } from './time.ts';

/** Ready to be put on screen; `–` where nothing is known. */
export type HudFigures = {
  height: string;
  ground: string;
  speed: string;
  climb: string;
  heading: string;
  time: string;
  minutes: string;
  temperature: string;
  roundTrip: string;
};

/** Farther than this the drone's ground sensor sees nothing; it says 6553. */
const MAX_GROUND_CM = 3_000;
/** Nothing of a drone is as fast: a value beyond is a fault on the way. */
const MAX_SPEED_DM_S = 500;

/** What the instruments say of the newest report. Units: metres, metres a second, degrees, °C, ms. */
export function hudFigures(report: TelemetryReport | null, state: FlightState | null): HudFigures {
  const within = (value: number | undefined, most: number) =>
    value !== undefined && Math.abs(value) <= most ? value : undefined;
  const { xSpeedDmS, ySpeedDmS } = report ?? {};
  const x = within(xSpeedDmS, MAX_SPEED_DM_S);
  const y = within(ySpeedDmS, MAX_SPEED_DM_S);
  const z = within(report?.zSpeedDmS, MAX_SPEED_DM_S);
  const yaw = within(report?.yawDegrees, 360);
  return {
    height: number(within(report?.heightCm, 10_000), 0.01, 1),
    ground: number(within(report?.distanceCm, MAX_GROUND_CM), 0.01, 2),
    speed: x === undefined || y === undefined ? UNKNOWN : decimal(Math.hypot(x, y) / 10, 1),
    // The drone counts down as positive.
    climb: number(z === undefined ? undefined : -z, 0.1, 1),
    heading: yaw === undefined ? UNKNOWN : String(Math.round(yaw + 360) % 360).padStart(3, '0'),
    time: report?.motorSeconds === undefined ? UNKNOWN : clock(report.motorSeconds),
    minutes: state?.batteryMinutes == null ? UNKNOWN : decimal(state.batteryMinutes, 0),
    temperature: number(report?.highestTemperatureC ?? report?.lowestTemperatureC, 1, 0),
    roundTrip: state?.roundTripMs == null ? UNKNOWN : decimal(state.roundTripMs.p50, 0),
  };
}

/** How old the newest report is, and how many pictures of the last five seconds were lost or patched. */
export function linkFigures(ageMs: number | null, status: Status | null): Record<string, string> {
  const loss = status?.state === 'live' ? status.video?.loss : undefined;
  return {
    age: ageMs === null ? UNKNOWN : decimal(ageMs / 1_000, 1),
    lost: loss === undefined ? UNKNOWN : String(loss.framesLost + loss.framesHealed),
  };
}

function number(value: number | undefined, scale: number, digits: number): string {
  if (value === undefined) return UNKNOWN;
  return decimalWithoutMinusZero(value * scale, digits);
}
