import type { StateLine } from '../../../shared/flight-log.ts';

/** A caption lasts until the next one, and no longer than this where telemetry was lost. */
const LONGEST_MS = 1_500;
/** Twice a second: to be read, not to flicker. */
const EVERY_MS = 500;

export type Caption = { fromMs: number; toMs: number; lines: readonly string[] };

/** Makes captions of what a drone said, with times since a film's first picture. Call `end` at the end. */
export class Captions {
  readonly #filmStartMs: number;
  readonly #emit: (caption: Caption) => void;
  #open: { fromMs: number; lines: readonly string[] } | null = null;

  /** @param filmStartMs when the film began, on the clock of the log */
  constructor(filmStartMs: number, emit: (caption: Caption) => void) {
    this.#filmStartMs = filmStartMs;
    this.#emit = emit;
  }

  state(state: StateLine): void {
    const atMs = state.t - this.#filmStartMs;
    if (atMs < 0 || (this.#open !== null && atMs - this.#open.fromMs < EVERY_MS)) return;
    const lines = captionLines(state);
    if (lines.length === 0) return;
    this.#close(atMs);
    this.#open = { fromMs: atMs, lines };
  }

  end(): void {
    this.#close(Number.POSITIVE_INFINITY);
  }

  #close(atMs: number): void {
    if (this.#open === null) return;
    const { fromMs, lines } = this.#open;
    this.#emit({ fromMs, toMs: Math.min(atMs, fromMs + LONGEST_MS), lines });
    this.#open = null;
  }
}

/** What is known, and nothing else. */
function captionLines(state: StateLine): string[] {
  const { xSpeedDmS, ySpeedDmS } = state;
  const known = (value: number | undefined, words: (value: number) => string) =>
    value === undefined ? [] : [words(value)];
  const groundSpeed =
    xSpeedDmS === undefined || ySpeedDmS === undefined
      ? undefined
      : Math.hypot(xSpeedDmS, ySpeedDmS) / 10;
  const first = [
    ...known(state.heightCm, (cm) => `Height ${(cm / 100).toFixed(1)} m`),
    ...known(groundSpeed, (speed) => `Speed ${speed.toFixed(1)} m/s`),
    ...known(state.zSpeedDmS, (dm) => `Climb ${signed(-dm / 10)} m/s`),
    ...known(state.batteryPercent, (percent) => `Battery ${percent} %`),
  ];
  const second = [
    ...known(state.yawDegrees, (degrees) => `Yaw ${degrees}°`),
    ...known(state.pitchDegrees, (degrees) => `Pitch ${degrees}°`),
    ...known(state.rollDegrees, (degrees) => `Roll ${degrees}°`),
  ];
  return [first, second].filter((words) => words.length > 0).map((words) => words.join('  '));
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;
}

/** SubRip: `1`, `00:00:01,500 --> 00:00:02,000`, lines, an empty line. */
export function subRip({ fromMs, toMs, lines }: Caption, number: number): string {
  const times = `${clock(fromMs, ',', 3)} --> ${clock(toMs, ',', 3)}`;
  return `${number}\r\n${times}\r\n${lines.join('\r\n')}\r\n\r\n`;
}

/** Advanced SubStation Alpha: small, at the bottom left, readable over anything. */
export const ASS_HEAD = [
  '[Script Info]',
  'Title: Telemetry',
  'ScriptType: v4.00+',
  'PlayResX: 960',
  'PlayResY: 720',
  '',
  '[V4+ Styles]',
  'Format: Name, Fontname, Fontsize, PrimaryColour, OutlineColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
  'Style: Telemetry,sans-serif,26,&H00FFFFFF,&H00000000,&H80000000,0,0,1,2,0,1,24,24,20,1',
  '',
  '[Events]',
  'Format: Layer, Start, End, Style, Text',
  '',
].join('\r\n');

export function assLine({ fromMs, toMs, lines }: Caption): string {
  const times = `${clock(fromMs, '.', 2)},${clock(toMs, '.', 2)}`;
  return `Dialogue: 0,${times},Telemetry,${lines.join('\\N')}\r\n`;
}

/** `00:00:01,500`; hours have two digits in SubRip, and one at least in ASS. */
function clock(ms: number, point: ',' | '.', digits: 2 | 3): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const whole = Math.round(ms);
  const seconds = Math.floor(whole / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const rest = String(whole % 1_000)
    .padStart(3, '0')
    .slice(0, digits);
  const head = digits === 3 ? two(hours) : String(hours);
  return `${head}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${point}${rest}`;
}
