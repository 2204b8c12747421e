import { type FlightLine, flightLineSchema, type StateLine } from '../../../shared/flight-log.ts';

/** Past this a log is no flight of a Tello's any more: its battery lasts a quarter of an hour. */
const MAX_LOG_BYTES = 64_000_000;

/** A flight as it is looked at: columns of the same length, `null` where nothing was said. */
export type FlightData = {
  begin: Extract<FlightLine, { type: 'begin' }> | null;
  /** Seconds since it began. */
  seconds: number[];
  heightM: (number | null)[];
  batteryPercent: (number | null)[];
  speedMs: (number | null)[];
  climbMs: (number | null)[];
  rollDegrees: (number | null)[];
  pitchDegrees: (number | null)[];
  yawDegrees: (number | null)[];
  /** Command to answer, on its own times. */
  link: { seconds: number[]; roundTripMs: (number | null)[] };
  /** Metres to the right and ahead of where it took off, as far as its speeds tell. */
  path: { x: number[]; y: number[] };
  films: { name: string; second: number }[];
  events: { second: number; words: string }[];
  /** Lines that made no sense: the end of one that was cut off, or somebody else's file. */
  unread: number;
};

/** Fetches a log and reads it. Rejects where it is not there, or is none. */
export async function fetchFlight(address: string, signal: AbortSignal): Promise<FlightData> {
  const response = await fetch(address, { signal });
  if (!response.ok) throw new Error(`The log was not served: ${response.status}.`);
  if (Number(response.headers.get('content-length') ?? 0) > MAX_LOG_BYTES) {
    throw new Error('The log is larger than any flight.');
  }
  return readFlight(await response.text());
}

export function readFlight(text: string): FlightData {
  const data: FlightData = {
    begin: null,
    seconds: [],
    heightM: [],
    batteryPercent: [],
    speedMs: [],
    climbMs: [],
    rollDegrees: [],
    pitchDegrees: [],
    yawDegrees: [],
    link: { seconds: [], roundTripMs: [] },
    path: { x: [], y: [] },
    films: [],
    events: [],
    unread: 0,
  };
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const parsed = flightLineSchema.safeParse(parse(line));
    if (parsed.success) take(data, parsed.data);
    else data.unread++;
  }
  return data;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function take(data: FlightData, line: FlightLine): void {
  const second = line.t / 1_000;
  switch (line.type) {
    case 'begin':
      data.begin = line;
      break;
    case 'state':
      takeState(data, line, second);
      break;
    case 'link':
      data.link.seconds.push(second);
      data.link.roundTripMs.push(line.roundTripMs);
      break;
    case 'film':
      data.films.push({ name: line.name, second });
      break;
    case 'command':
      data.events.push({ second, words: `${line.command}: ${line.outcome}` });
      break;
    case 'failsafe':
      data.events.push({ second, words: line.words });
      break;
    default:
  }
}

function takeState(data: FlightData, line: StateLine, second: number): void {
  const { xSpeedDmS, ySpeedDmS, zSpeedDmS, yawDegrees } = line;
  const before = data.seconds.at(-1);
  data.seconds.push(second);
  data.heightM.push(line.heightCm === undefined ? null : line.heightCm / 100);
  data.batteryPercent.push(line.batteryPercent ?? null);
  const isKnown = xSpeedDmS !== undefined && ySpeedDmS !== undefined;
  data.speedMs.push(isKnown ? Math.hypot(xSpeedDmS, ySpeedDmS) / 10 : null);
  data.climbMs.push(zSpeedDmS === undefined ? null : -zSpeedDmS / 10);
  data.rollDegrees.push(line.rollDegrees ?? null);
  data.pitchDegrees.push(line.pitchDegrees ?? null);
  data.yawDegrees.push(yawDegrees ?? null);
  // What it did in a gap of its telemetry nobody knows: there it stands still.
  const passed = before === undefined ? 0 : Math.min(0.5, Math.max(0, second - before));
  const yaw = ((yawDegrees ?? 0) * Math.PI) / 180;
  const ahead = ((xSpeedDmS ?? 0) / 10) * passed;
  const aside = ((ySpeedDmS ?? 0) / 10) * passed;
  const { x, y } = data.path;
  x.push((x.at(-1) ?? 0) + ahead * Math.sin(yaw) + aside * Math.cos(yaw));
  y.push((y.at(-1) ?? 0) + ahead * Math.cos(yaw) - aside * Math.sin(yaw));
}

/** The place in the columns that is true at a time: the newest that is not later. */
export function placeAt(seconds: readonly number[], second: number): number {
  let low = 0;
  let high = seconds.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((seconds[middle] ?? 0) <= second) low = middle;
    else high = middle - 1;
  }
  return low;
}
