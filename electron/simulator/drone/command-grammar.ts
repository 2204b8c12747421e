/** One command as the drone understands it. Distances in cm, angles in degrees, speeds in cm/s. */
export type Command =
  | { kind: 'command' | 'takeoff' | 'land' | 'emergency' | 'stop' | 'streamon' | 'streamoff' }
  | { kind: 'move'; direction: MoveDirection; distanceCm: number }
  | { kind: 'turn'; degrees: number }
  | { kind: 'flip'; direction: string }
  | { kind: 'go'; xCm: number; yCm: number; zCm: number; speedCmS: number }
  | { kind: 'speed'; speedCmS: number }
  | {
      kind: 'rc';
      rightPercent: number;
      forwardPercent: number;
      upPercent: number;
      yawPercent: number;
    }
  | { kind: 'port'; statePort: number; videoPort: number }
  | { kind: 'fps'; fps: number }
  | { kind: 'bitrate'; megabits: number }
  | { kind: 'resolution'; level: 'low' | 'high' }
  | { kind: 'accepted' }
  | { kind: 'read'; name: ReadName };

const MOVE_DIRECTIONS = ['up', 'down', 'left', 'right', 'forward', 'back'] as const;
export type MoveDirection = (typeof MOVE_DIRECTIONS)[number];

const READ_NAMES = [
  'speed',
  'battery',
  'time',
  'height',
  'temp',
  'attitude',
  'baro',
  'acceleration',
  'tof',
  'wifi',
  'sdk',
  'sn',
  'hardware',
] as const;
export type ReadName = (typeof READ_NAMES)[number];

/** A command, or the answer to what is none. */
type Parsed = { ok: true; command: Command } | { ok: false; answer: string };

const OUT_OF_RANGE: Parsed = { ok: false, answer: 'out of range' };
const PLAIN = ['command', 'takeoff', 'land', 'emergency', 'stop', 'streamon', 'streamoff'] as const;
/** Known to the vendor's guides, without effect here: answered `ok`. */
const ACCEPTED = ['mon', 'moff', 'mdirection', 'downvision', 'motoron', 'motoroff'];
const FPS = new Map([
  ['low', 5],
  ['middle', 15],
  ['high', 30],
]);
/** `go` does not fly to a place this near. */
const GO_NEAREST_CM = 20;

/** Reads one command (SDK 1.3 to 3.0) as sent, with or without a line end. */
export function parseCommand(text: string): Parsed {
  const line = text.trim();
  const [name = '', ...words] = line.split(/\s+/);
  const plain = PLAIN.find((known) => known === name);
  if (plain && words.length === 0) return accept({ kind: plain });
  const read = READ_NAMES.find((known) => `${known}?` === line);
  if (read) return accept({ kind: 'read', name: read });
  if (ACCEPTED.includes(name)) return accept({ kind: 'accepted' });
  return parseWithArguments(name, words) ?? { ok: false, answer: `unknown command: ${line}` };
}

function parseWithArguments(name: string, words: string[]): Parsed | null {
  const direction = MOVE_DIRECTIONS.find((known) => known === name);
  const [first = ''] = words;
  if (direction) {
    return numbers(words, [[20, 500]], ([cm = 0]) => ({ kind: 'move', direction, distanceCm: cm }));
  }
  switch (name) {
    case 'cw':
      return numbers(words, [[1, 3600]], ([degrees = 0]) => ({ kind: 'turn', degrees }));
    case 'ccw':
      return numbers(words, [[1, 3600]], ([degrees = 0]) => ({ kind: 'turn', degrees: -degrees }));
    case 'flip':
      return /^[lrfb]$/.test(first) ? accept({ kind: 'flip', direction: first }) : null;
    case 'go':
      return parseGo(words);
    case 'speed':
      return numbers(words, [[10, 100]], ([speed = 0]) => ({ kind: 'speed', speedCmS: speed }));
    case 'rc':
      return numbers(
        words,
        Array(4).fill([-100, 100]),
        ([right = 0, forward = 0, up = 0, yaw = 0]) => ({
          kind: 'rc',
          rightPercent: right,
          forwardPercent: forward,
          upPercent: up,
          yawPercent: yaw,
        }),
      );
    case 'port':
      return numbers(words, Array(2).fill([1, 65_535]), ([statePort = 0, videoPort = 0]) => ({
        kind: 'port',
        statePort,
        videoPort,
      }));
    case 'setfps': {
      const fps = FPS.get(first);
      return fps === undefined ? null : accept({ kind: 'fps', fps });
    }
    case 'setbitrate':
      return numbers(words, [[0, 5]], ([megabits = 0]) => ({ kind: 'bitrate', megabits }));
    case 'setresolution':
      return first === 'low' || first === 'high'
        ? accept({ kind: 'resolution', level: first })
        : null;
    default:
      return null;
  }
}

function parseGo(words: string[]): Parsed | null {
  const parsed = numbers(
    words,
    [...Array(3).fill([-500, 500]), [10, 100]],
    ([xCm = 0, yCm = 0, zCm = 0, speedCmS = 0]) => ({ kind: 'go', xCm, yCm, zCm, speedCmS }),
  );
  if (!parsed?.ok || parsed.command.kind !== 'go') return parsed;
  const { xCm, yCm, zCm } = parsed.command;
  const isNear = [xCm, yCm, zCm].every((value) => Math.abs(value) < GO_NEAREST_CM);
  return isNear ? OUT_OF_RANGE : parsed;
}

/** Whole numbers within limits; null where they are not numbers or not as many. */
function numbers(
  words: string[],
  limits: readonly (readonly [number, number])[],
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
