import {
  FLIP_DIRECTIONS,
  MOVE_DIRECTIONS,
  type MoveDirection,
  type Point,
  type Sdk,
} from './command.ts';
import {
  accept,
  numbers,
  OUT_OF_RANGE,
  type Parsed,
  type Range,
  type Rule,
} from './command-words.ts';
import { splitPads } from './pad-words.ts';

const DISTANCE: Range = [20, 500];
const COORDINATE: Range = [-500, 500];
const SPEED: Range = [10, 100];
const CURVE_SPEED: Range = [10, 60];
/** The drone does not fly to a place this near. */
const NEAREST_CM = 20;
const STICK_PERCENT = 100;

/** What moves the drone, and how fast. */
export const FLIGHT_RULES: readonly Rule[] = [
  ...MOVE_DIRECTIONS.map(
    (direction): Rule => [direction, 13, (words) => readMove(direction, words)],
  ),
  ['cw', 13, (words, sdk) => readTurn(words, sdk, 1)],
  ['ccw', 13, (words, sdk) => readTurn(words, sdk, -1)],
  ['flip', 13, readFlip],
  ['go', 13, readGo],
  ['curve', 13, readCurve],
  ['jump', 20, readJump],
  ['speed', 13, readSpeed],
  ['rc', 13, readSticks],
];

function readMove(direction: MoveDirection, words: string[]): Parsed | null {
  return numbers(words, [DISTANCE], ([distanceCm = 0]) => ({
    kind: 'move',
    direction,
    distanceCm,
  }));
}

function readSpeed(words: string[]): Parsed | null {
  return numbers(words, [SPEED], ([speedCmS = 0]) => ({ kind: 'speed', speedCmS }));
}

/** The first guide says ten turns, the later ones say one. */
function readTurn(words: string[], sdk: Sdk, sign: 1 | -1): Parsed | null {
  const most = sdk === 13 ? 3_600 : 360;
  return numbers(words, [[1, most]], ([degrees = 0]) => ({
    kind: 'turn',
    degrees: sign * degrees,
  }));
}

function readFlip(words: string[]): Parsed | null {
  const direction = FLIP_DIRECTIONS.find((known) => known === words[0]);
  return words.length === 1 && direction !== undefined ? accept({ kind: 'flip', direction }) : null;
}

function readGo(words: string[], sdk: Sdk): Parsed | null {
  const [plain, pads] = splitPads(words, sdk >= 20 ? 1 : 0);
  const ranges = [COORDINATE, COORDINATE, COORDINATE, SPEED];
  const parsed = numbers(plain, ranges, ([xCm = 0, yCm = 0, zCm = 0, speedCmS = 0]) => ({
    kind: 'go',
    to: { xCm, yCm, zCm },
    speedCmS,
  }));
  if (!parsed?.ok || parsed.command.kind !== 'go') return parsed;
  const [pad] = pads;
  if (pad !== undefined) return accept({ ...parsed.command, pad });
  return isNear(parsed.command.to) ? OUT_OF_RANGE : parsed;
}

function readCurve(words: string[], sdk: Sdk): Parsed | null {
  const [plain, pads] = splitPads(words, sdk >= 20 ? 1 : 0);
  const ranges = [...Array<Range>(6).fill(COORDINATE), CURVE_SPEED];
  const parsed = numbers(
    plain,
    ranges,
    ([x1 = 0, y1 = 0, z1 = 0, x2 = 0, y2 = 0, z2 = 0, speedCmS = 0]) => ({
      kind: 'curve',
      via: { xCm: x1, yCm: y1, zCm: z1 },
      to: { xCm: x2, yCm: y2, zCm: z2 },
      speedCmS,
    }),
  );
  if (!parsed?.ok || parsed.command.kind !== 'curve') return parsed;
  const [pad] = pads;
  if (pad !== undefined) return accept({ ...parsed.command, pad });
  return isNear(parsed.command.via) || isNear(parsed.command.to) ? OUT_OF_RANGE : parsed;
}

function readJump(words: string[]): Parsed | null {
  const [plain, pads] = splitPads(words, 2);
  const [from, over] = pads;
  if (from === undefined || over === undefined) return null;
  const ranges: Range[] = [COORDINATE, COORDINATE, COORDINATE, SPEED, [-360, 360]];
  return numbers(plain, ranges, ([xCm = 0, yCm = 0, zCm = 0, speedCmS = 0, yawDegrees = 0]) => ({
    kind: 'jump',
    to: { xCm, yCm, zCm },
    speedCmS,
    yawDegrees,
    from,
    over,
  }));
}

function isNear({ xCm, yCm, zCm }: Point): boolean {
  return [xCm, yCm, zCm].every((value) => Math.abs(value) < NEAREST_CM);
}

/** Never answered, so never refused either: what is beyond the range is a full stick. */
function readSticks(words: string[]): Parsed | null {
  const anything: Range = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const stick = (value: number) => Math.max(-STICK_PERCENT, Math.min(STICK_PERCENT, value));
  return numbers(
    words,
    Array<Range>(4).fill(anything),
    ([right = 0, forward = 0, up = 0, yaw = 0]) => ({
      kind: 'rc',
      rightPercent: stick(right),
      forwardPercent: stick(forward),
      upPercent: stick(up),
      yawPercent: stick(yaw),
    }),
  );
}
