import type { Percentiles, Status } from '../../shared/status.ts';
import { say } from './language.ts';
import { decimal, spokenDuration } from './time.ts';
import type { Tone } from './tone.ts';

/** What the figures need to know of the pictures drawn. */
type Drawn = {
  generation: number;
  /** Size of the picture; 0 before the first. */
  width: number;
  height: number;
  fps: number;
  delayMs: Percentiles | null;
  framesDropped: number;
};

/** One figure on screen. `value` is `–` where nothing is known: no figure is ever made up. */
export type Figure = {
  key: 'delay' | 'fps' | 'bitrate' | 'size' | 'dropped' | 'battery' | 'height' | 'temperature';
  name: string;
  value: string;
  unit: string;
  tone: Tone;
  /** `4 s ago`, once it is no longer of now. */
  age: string | null;
  /** The whole story, for the tooltip and for screen readers. */
  explanation: string;
};

/** What a figure is taken from: a status, and how long ago it came. */
export type Reading = { status: Status; ageMs: number };

/** Above this the picture feels late to whoever steers by it. */
const DELAY_DEGRADED_MS = 150;
/** A Tello refuses to take off below 10 %, and flips below 50 %. */
const BATTERY_DANGER_PERCENT = 10;
const BATTERY_DEGRADED_PERCENT = 25;
/** Beyond this a Tello switches its motors off to cool. */
const TEMPERATURE_DEGRADED_C = 80;
/** What a sensor can say in this world; anything else is a fault on the way. */
const RANGES = {
  batteryPercent: [0, 100],
  /** A Tello climbs 30 m above where it took off, and may fly below it. */
  heightCm: [-10_000, 10_000],
  temperatureC: [-40, 130],
} as const;
/** Older than this a figure is told with its age; state comes ten times a second. */
const AGED_AFTER_MS = 2_000;
/** Older than this it is nobody's figure any more. */
const UNKNOWN_AFTER_MS = 10_000;
/** Shown alone, without a unit, where nothing is known. */
export const UNKNOWN = '–';

/** How the picture comes: always the same figures, so that nothing jumps. */
export function pictureFigures({ status, ageMs }: Reading, drawn: Drawn | null): Figure[] {
  // Figures of a former session are not this one's.
  const mine = drawn?.generation === status.generation ? drawn : null;
  return [
    delayFigure(mine),
    fpsFigure(status, mine),
    aged(bitrateFigure(status), ageMs),
    sizeFigure(status, mine),
    aged(droppedFigure(status, mine), ageMs),
  ];
}

/** What the drone says of itself; nothing for a camera. */
export function droneFigures({ status, ageMs }: Reading): Figure[] {
  if (status.source?.kind === 'webcam') return [];
  const stateAgeMs = ageMs + (status.drone?.ageMs ?? 0);
  return [batteryFigure(status), heightFigure(status), temperatureFigure(status)].map((figure) =>
    aged(figure, stateAgeMs),
  );
}

/** The rule for every figure: past two seconds it says how old it is, past ten it is gone. */
function aged(figure: Figure, ageMs: number): Figure {
  if (figure.value === UNKNOWN || ageMs < AGED_AFTER_MS) return figure;
  if (ageMs >= UNKNOWN_AFTER_MS) return { ...figure, value: UNKNOWN, tone: 'neutral' };
  return { ...figure, age: say().time.ago(spokenDuration(ageMs)) };
}

function delayFigure(drawn: Drawn | null): Figure {
  const delay = drawn?.delayMs ?? null;
  return {
    key: 'delay',
    name: say().figures.delay,
    value: delay ? `${milliseconds(delay.p50)} / ${milliseconds(delay.p95)}` : UNKNOWN,
    unit: 'ms',
    tone: delay && delay.p95 > DELAY_DEGRADED_MS ? 'degraded' : 'neutral',
    age: null,
    explanation: say().figures.delayAbout,
  };
}

function fpsFigure(status: Status, drawn: Drawn | null): Figure {
  const words = say().figures;
  return {
    key: 'fps',
    name: words.rate,
    value: drawn ? decimal(drawn.fps, 0) : UNKNOWN,
    unit: words.fps,
    tone: 'neutral',
    age: null,
    explanation: status.video ? words.rateArriving(decimal(status.video.fps, 1)) : words.rateAbout,
  };
}

function bitrateFigure(status: Status): Figure {
  const bitrateBps = status.video?.bitrateBps;
  return {
    key: 'bitrate',
    name: say().figures.bitrate,
    value: bitrateBps === undefined ? UNKNOWN : decimal(bitrateBps / 1e6, 1),
    unit: 'Mbit/s',
    tone: 'neutral',
    age: null,
    explanation: say().figures.bitrateAbout(status.video?.codec ?? UNKNOWN),
  };
}

function sizeFigure(status: Status, drawn: Drawn | null): Figure {
  const width = drawn?.width || status.video?.width || 0;
  const height = drawn?.height || status.video?.height || 0;
  return {
    key: 'size',
    name: say().figures.size,
    value: width > 0 && height > 0 ? `${width} × ${height}` : UNKNOWN,
    unit: '',
    tone: 'neutral',
    age: null,
    explanation: say().figures.sizeAbout,
  };
}

function droppedFigure(status: Status, drawn: Drawn | null): Figure {
  const inStation = status.video?.framesDropped ?? 0;
  const here = drawn?.framesDropped ?? 0;
  return {
    key: 'dropped',
    name: say().figures.dropped,
    value: status.video || drawn ? String(inStation + here) : UNKNOWN,
    unit: '',
    tone: 'neutral',
    age: null,
    explanation: say().figures.droppedAbout(inStation, here),
  };
}

function batteryFigure({ drone }: Status): Figure {
  const percent = within(drone?.batteryPercent, RANGES.batteryPercent);
  let tone: Tone = 'neutral';
  if (percent !== null && percent <= BATTERY_DEGRADED_PERCENT) tone = 'degraded';
  if (percent !== null && percent <= BATTERY_DANGER_PERCENT) tone = 'danger';
  return {
    key: 'battery',
    name: say().figures.battery,
    value: percent === null ? UNKNOWN : String(Math.round(percent)),
    unit: '%',
    tone,
    age: null,
    explanation: say().figures.batteryAbout,
  };
}

function heightFigure({ drone }: Status): Figure {
  const heightCm = within(drone?.heightCm, RANGES.heightCm);
  return {
    key: 'height',
    name: say().figures.height,
    value: heightCm === null ? UNKNOWN : decimal(heightCm / 100, 1),
    unit: 'm',
    tone: 'neutral',
    age: null,
    explanation: say().figures.heightAbout,
  };
}

function temperatureFigure({ drone }: Status): Figure {
  const temperatureC = within(drone?.temperatureC, RANGES.temperatureC);
  return {
    key: 'temperature',
    name: say().figures.inside,
    value: temperatureC === null ? UNKNOWN : decimal(temperatureC, 0),
    unit: '°C',
    tone: temperatureC !== null && temperatureC >= TEMPERATURE_DEGRADED_C ? 'degraded' : 'neutral',
    age: null,
    explanation: say().figures.insideAbout,
  };
}

function within(value: number | undefined, [least, most]: readonly [number, number]) {
  return value !== undefined && value >= least && value <= most ? value : null;
}

function milliseconds(value: number): string {
  return decimal(value, value < 10 ? 1 : 0);
}
