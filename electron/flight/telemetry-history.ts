import type { HistoryPoint } from '../../shared/flight.ts';
import type { Telemetry } from '../video/drone-controls.ts';

/** Twice a second is enough for a line on a screen. */
const PERIOD_MS = 500;
/** A quarter of an hour: more than one battery. */
const MAX_POINTS = 1_800;
/** The drone's pace in the air, until this flight has shown its own: about 13 minutes a battery. */
const USUAL_PERCENT_S = 100 / 780;
/** Fewer steps of a per cent say nothing of the pace. */
const MIN_DROP_PERCENT = 3;

type Point = { atMs: number; fields: Omit<HistoryPoint, 'agoMs'> };

/** The recent past of the telemetry, for plots, and what it tells of the battery. */
export class TelemetryHistory {
  readonly #points: Point[] = [];
  #flightBegan: { atMs: number; percent: number } | null = null;

  add({ state }: Telemetry, inTheAir: boolean, nowMs: number): void {
    this.#measurePace(state.batteryPercent, inTheAir, nowMs);
    const last = this.#points.at(-1);
    if (last !== undefined && nowMs - last.atMs < PERIOD_MS) return;
    const { fields: _fields, missionPad: _pad, ...numbers } = state;
    this.#points.push({ atMs: nowMs, fields: numbers });
    if (this.#points.length > MAX_POINTS) this.#points.shift();
  }

  points(nowMs: number): HistoryPoint[] {
    return this.#points.map(({ atMs, fields }) => ({ ...fields, agoMs: nowMs - atMs }));
  }

  /** How long the charge lasts in the air; null for an unknown one. */
  minutesLeft(percent: number | undefined, nowMs: number): number | null {
    if (percent === undefined) return null;
    const began = this.#flightBegan;
    const drop = began === null ? 0 : began.percent - percent;
    const pace =
      began !== null && drop >= MIN_DROP_PERCENT
        ? drop / ((nowMs - began.atMs) / 1_000)
        : USUAL_PERCENT_S;
    return percent / pace / 60;
  }

  #measurePace(percent: number | undefined, inTheAir: boolean, nowMs: number): void {
    if (!inTheAir) this.#flightBegan = null;
    else if (percent !== undefined) this.#flightBegan ??= { atMs: nowMs, percent };
  }
}
