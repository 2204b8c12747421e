import type { Percentiles, Status } from '../../shared/status.ts';
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

/** One figure of the top bar. `value` is `–` where nothing is known: no figure is ever made up. */
export type Figure = {
  key: 'delay' | 'fps' | 'bitrate' | 'size' | 'dropped' | 'battery';
  name: string;
  value: string;
  unit: string;
  tone: Tone;
  /** The whole story, for the tooltip and for screen readers. */
  explanation: string;
};

/** Above this the picture feels late to whoever steers by it. */
const DELAY_DEGRADED_MS = 150;
/** A Tello refuses to take off below 10 %, and flips below 50 %. */
const BATTERY_DANGER_PERCENT = 10;
const BATTERY_DEGRADED_PERCENT = 25;
/** Shown alone, without a unit, where nothing is known. */
export const UNKNOWN = '–';

/** The figures for the top bar, always the same ones for the same source, so that nothing jumps. */
export function figures(status: Status, drawn: Drawn | null): Figure[] {
  // Figures of a former session are not this one's.
  const mine = drawn?.generation === status.generation ? drawn : null;
  const list = [
    delayFigure(mine),
    fpsFigure(status, mine),
    bitrateFigure(status),
    sizeFigure(status, mine),
    droppedFigure(status, mine),
  ];
  if (status.source?.kind !== 'webcam') list.push(batteryFigure(status));
  return list;
}

function delayFigure(drawn: Drawn | null): Figure {
  const delay = drawn?.delayMs ?? null;
  return {
    key: 'delay',
    name: 'Delay',
    value: delay ? `${milliseconds(delay.p50)} / ${milliseconds(delay.p95)}` : UNKNOWN,
    unit: 'ms',
    tone: delay && delay.p95 > DELAY_DEGRADED_MS ? 'degraded' : 'neutral',
    explanation: 'From the last datagram to the drawn picture: half are faster / 95 % are faster',
  };
}

function fpsFigure(status: Status, drawn: Drawn | null): Figure {
  const arriving = status.video ? ` (${status.video.fps.toFixed(1)} arriving)` : '';
  return {
    key: 'fps',
    name: 'Rate',
    value: drawn ? drawn.fps.toFixed(0) : UNKNOWN,
    unit: 'fps',
    tone: 'neutral',
    explanation: `Pictures drawn in the last second${arriving}`,
  };
}

function bitrateFigure(status: Status): Figure {
  const bitrateBps = status.video?.bitrateBps;
  return {
    key: 'bitrate',
    name: 'Bitrate',
    value: bitrateBps === undefined ? UNKNOWN : (bitrateBps / 1e6).toFixed(1),
    unit: 'Mbit/s',
    tone: 'neutral',
    explanation: `Video arriving${status.video ? `, codec ${status.video.codec}` : ''}`,
  };
}

function sizeFigure(status: Status, drawn: Drawn | null): Figure {
  const width = drawn?.width || status.video?.width || 0;
  const height = drawn?.height || status.video?.height || 0;
  return {
    key: 'size',
    name: 'Size',
    value: width > 0 && height > 0 ? `${width} × ${height}` : UNKNOWN,
    unit: '',
    tone: 'neutral',
    explanation: 'Size of the picture as it arrives, in pixels',
  };
}

function droppedFigure(status: Status, drawn: Drawn | null): Figure {
  const inStation = status.video?.framesDropped ?? 0;
  const here = drawn?.framesDropped ?? 0;
  return {
    key: 'dropped',
    name: 'Dropped',
    value: status.video || drawn ? String(inStation + here) : UNKNOWN,
    unit: '',
    tone: 'neutral',
    explanation: `Pictures given up since Connect: ${inStation} before this page, ${here} in it`,
  };
}

function batteryFigure(status: Status): Figure {
  const percent = status.drone?.batteryPercent;
  let tone: Tone = 'neutral';
  if (percent !== undefined && percent <= BATTERY_DEGRADED_PERCENT) tone = 'degraded';
  if (percent !== undefined && percent <= BATTERY_DANGER_PERCENT) tone = 'danger';
  return {
    key: 'battery',
    name: 'Battery',
    value: percent === undefined ? UNKNOWN : String(Math.round(percent)),
    unit: '%',
    tone,
    explanation: 'The drone’s battery',
  };
}

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(1) : value.toFixed(0);
}
