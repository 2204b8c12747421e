import { type Extension, parseExtension } from './extension.ts';
import { PAD_CAMERAS, type PadCamera, type PadName, splitPads } from './pad-words.ts';

/** The vendor's guides, by version times ten: plain Tello, Tello EDU, Tello Talent. */
export type Sdk = 13 | 20 | 30;

/** One command as the drone understands it. Distances in cm, angles in degrees, speeds in cm/s. */
export type Command =
  | { kind: PlainName }
  | { kind: 'move'; direction: MoveDirection; distanceCm: number }
  | { kind: 'turn'; degrees: number }
  | { kind: 'flip'; direction: FlipDirection }
  /** From where it is, or from a mission pad. */
  | { kind: 'go'; to: Point; speedCmS: number; pad?: PadName }
  | { kind: 'curve'; via: Point; to: Point; speedCmS: number; pad?: PadName }
  /** To a place seen from a mission pad, and from there over another. */
  | { kind: 'jump'; to: Point; speedCmS: number; yawDegrees: number; from: PadName; over: PadName }
  | { kind: 'pads'; on: boolean }
  | { kind: 'pad-camera'; looks: PadCamera }
  | { kind: 'speed'; speedCmS: number }
  | {
      kind: 'rc';
      rightPercent: number;
      forwardPercent: number;
      upPercent: number;
      yawPercent: number;
    }
  /** A new name for its own network, or another network to join: either way it starts again. */
  | { kind: 'wifi' }
  | { kind: 'port'; statePort: number; videoPort: number }
  | { kind: 'fps'; fps: number }
  | { kind: 'bitrate'; megabits: number }
  | { kind: 'resolution'; level: 'low' | 'high' }
  | { kind: 'camera'; looksDown: boolean }
  | { kind: 'accepted' }
  | { kind: 'extension'; extension: Extension }
  | { kind: 'read'; name: ReadName };

/** Forward, left, up, as the drone counts. */
export type Point = { xCm: number; yCm: number; zCm: number };

const MOVE_DIRECTIONS = ['up', 'down', 'left', 'right', 'forward', 'back'] as const;
const FLIP_DIRECTIONS = ['l', 'r', 'f', 'b'] as const;
export type FlipDirection = (typeof FLIP_DIRECTIONS)[number];
export type MoveDirection = (typeof MOVE_DIRECTIONS)[number];

/** Commands of one word, by the guide that brought them. */
const PLAIN = [
  ['command', 13],
  ['takeoff', 13],
  ['land', 13],
  ['emergency', 13],
  ['streamon', 13],
  ['streamoff', 13],
  ['stop', 20],
  ['motoron', 30],
  ['motoroff', 30],
  ['throwfly', 30],
  ['reboot', 30],
] as const satisfies readonly (readonly [string, Sdk])[];
type PlainName = (typeof PLAIN)[number][0];

const READS = [
  ['speed', 13],
  ['battery', 13],
  ['time', 13],
  ['height', 13],
  ['temp', 13],
  ['attitude', 13],
  ['baro', 13],
  ['acceleration', 13],
  ['tof', 13],
  ['wifi', 13],
  ['sdk', 20],
  ['sn', 20],
  // In no guide, but asked by clients.
  ['active', 20],
  ['hardware', 30],
  ['wifiversion', 30],
  ['ap', 30],
  ['ssid', 30],
] as const satisfies readonly (readonly [string, Sdk])[];
export type ReadName = (typeof READS)[number][0];

/** A command, or the answer to what is none. */
type Parsed = { ok: true; command: Command } | { ok: false; answer: string };
type Range = readonly [low: number, high: number];
/** Reads the words behind a name; null where they are not of the command's form. */
type ReadWords = (words: string[], sdk: Sdk) => Parsed | null;
type Rule = { since: Sdk; read: ReadWords };

const OUT_OF_RANGE: Parsed = { ok: false, answer: 'out of range' };
const COORDINATE: Range = [-500, 500];
const SPEED: Range = [10, 100];
const CURVE_SPEED: Range = [10, 60];
/** The drone does not fly to a place this near. */
const NEAREST_CM = 20;
const STICK_PERCENT = 100;
const FPS = new Map([
  ['low', 5],
  ['middle', 15],
  ['high', 30],
]);

const RULES = new Map<string, Rule>([
  ...plainRules(),
  ...MOVE_DIRECTIONS.map((direction): [string, Rule] => [
    direction,
    since(13, (words) =>
      numbers(words, [[20, 500]], ([cm = 0]) => ({ kind: 'move', direction, distanceCm: cm })),
    ),
  ]),
  ['cw', since(13, (words, sdk) => readTurn(words, sdk, 1))],
  ['ccw', since(13, (words, sdk) => readTurn(words, sdk, -1))],
  ['flip', since(13, readFlip)],
  ['go', since(13, readGo)],
  ['curve', since(13, readCurve)],
  ['jump', since(20, readJump)],
  [
    'speed',
    since(13, (words) =>
      numbers(words, [SPEED], ([speedCmS = 0]) => ({ kind: 'speed', speedCmS })),
    ),
  ],
  ['rc', since(13, readSticks)],
  ['wifi', since(13, readNetwork)],
  ['ap', since(20, readNetwork)],
  ['multiwifi', since(30, readNetwork)],
  ['wifisetchannel', since(30, (words) => numbers(words, [[1, 13]], () => ({ kind: 'accepted' })))],
  ['mon', since(20, (words) => (words.length === 0 ? accept({ kind: 'pads', on: true }) : null))],
  ['moff', since(20, (words) => (words.length === 0 ? accept({ kind: 'pads', on: false }) : null))],
  [
    'mdirection',
    since(20, (words) =>
      numbers(words, [[0, 2]], ([way = 0]) => ({
        kind: 'pad-camera',
        looks: PAD_CAMERAS[way] ?? 'down',
      })),
    ),
  ],
  // In no guide, but sent by clients so that the drone does not land by itself.
  ['keepalive', since(13, noWords)],
  ['port', since(30, readPorts)],
  ['setfps', since(30, readFps)],
  [
    'setbitrate',
    since(30, (words) =>
      numbers(words, [[0, 5]], ([megabits = 0]) => ({ kind: 'bitrate', megabits })),
    ),
  ],
  ['setresolution', since(30, readResolution)],
  [
    'downvision',
    since(30, (words) =>
      numbers(words, [[0, 1]], ([on]) => ({ kind: 'camera', looksDown: on === 1 })),
    ),
  ],
]);

/** Reads one command as sent, with or without a line end. */
export function parseCommand(text: string, sdk: Sdk = 30): Parsed {
  const line = text.trim();
  const unknown: Parsed = { ok: false, answer: `unknown command: ${line}` };
  const [name = '', ...words] = line.split(/\s+/);
  const read = READS.find(([known, firstSdk]) => `${known}?` === line && firstSdk <= sdk);
  if (read) return accept({ kind: 'read', name: read[0] });
  if (name === 'EXT' && sdk >= 30) {
    const extension = parseExtension(words);
    return extension ? accept({ kind: 'extension', extension }) : unknown;
  }
  const rule = RULES.get(name);
  return (rule && rule.since <= sdk && rule.read(words, sdk)) || unknown;
}

function since(sdk: Sdk, read: ReadWords): Rule {
  return { since: sdk, read };
}

function plainRules(): [string, Rule][] {
  return PLAIN.map(([kind, sdk]) => [
    kind,
    since(sdk, (words) => (words.length === 0 ? accept({ kind }) : null)),
  ]);
}

function noWords(words: string[]): Parsed | null {
  return words.length === 0 ? accept({ kind: 'accepted' }) : null;
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

function readNetwork(words: string[]): Parsed | null {
  return words.length === 2 ? accept({ kind: 'wifi' }) : null;
}

function readPorts(words: string[]): Parsed | null {
  const port: Range = [1_025, 65_535];
  return numbers(words, [port, port], ([statePort = 0, videoPort = 0]) => ({
    kind: 'port',
    statePort,
    videoPort,
  }));
}

function readFps([word = '', ...more]: string[]): Parsed | null {
  const fps = FPS.get(word);
  return fps === undefined || more.length > 0 ? null : accept({ kind: 'fps', fps });
}

function readResolution([level, ...more]: string[]): Parsed | null {
  if (more.length > 0 || (level !== 'low' && level !== 'high')) return null;
  return accept({ kind: 'resolution', level });
}

/** Whole numbers within limits; null where they are not numbers or not as many. */
function numbers(
  words: string[],
  limits: readonly Range[],
  build: (values: number[]) => Command,
): Parsed | null {
  if (words.length !== limits.length || !words.every((word) => /^-?\d{1,9}$/.test(word)))
    return null;
  const values = words.map(Number);
  const fits = values.every((value, index) => {
    const [low, high] = limits[index] ?? [0, 0];
    return value >= low && value <= high;
  });
  return fits ? accept(build(values)) : OUT_OF_RANGE;
}

function accept(command: Command): Parsed {
  return { ok: true, command };
}
