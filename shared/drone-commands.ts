/** One word or number after a command's name, with what the vendor's guides allow. */
type CommandArgument =
  | { name: string; low: number; high: number; unit?: string }
  | { name: string; choices: readonly string[] }
  | { name: string; text: true };

type DroneCommand = {
  name: string;
  /** `moves`: it leaves its place, or starts motors. `sets`, `reads`: it does not. `express`: leaves at once. */
  kind: 'moves' | 'sets' | 'reads' | 'express' | 'sticks' | 'station';
  /** The first SDK that has it: 1.3, 2.0 or 3.0. */
  since: 13 | 20 | 30;
  arguments: readonly CommandArgument[];
  /** Arguments at the end that may be left out. */
  optional?: number;
  about: string;
};

const cm = (name: string, low = -500, high = 500): CommandArgument => ({
  name,
  low,
  high,
  unit: 'cm',
});
const way = [cm('distance', 20, 500)];
const speed = (high: number): CommandArgument => ({ name: 'speed', low: 10, high, unit: 'cm/s' });
const percent = (name: string): CommandArgument => ({ name, low: -100, high: 100, unit: '%' });
/** `m-1` and `m-2`: the nearest, or any; the others by their number. */
const pad = (name: string): CommandArgument => ({
  name,
  choices: ['m-1', 'm-2', 'm1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8'],
});
const text = (name: string): CommandArgument => ({ name, text: true });
const degrees = [{ name: 'degrees', low: 1, high: 3600, unit: '°' }] as const;
const reads = (name: string, since: DroneCommand['since'], about: string): DroneCommand => ({
  name,
  kind: 'reads',
  since,
  arguments: [],
  about,
});

/** The commands of the vendor's SDK guides 1.3, 2.0 and 3.0, with their ranges: for completion, and to check. */
export const droneCommands: readonly DroneCommand[] = [
  { name: 'takeoff', kind: 'moves', since: 13, arguments: [], about: 'take off and hover' },
  { name: 'land', kind: 'express', since: 13, arguments: [], about: 'land here' },
  { name: 'stop', kind: 'express', since: 20, arguments: [], about: 'hover here' },
  {
    name: 'emergency',
    kind: 'express',
    since: 13,
    arguments: [],
    about: 'stop all motors: it falls',
  },
  { name: 'up', kind: 'moves', since: 13, arguments: way, about: 'climb' },
  { name: 'down', kind: 'moves', since: 13, arguments: way, about: 'sink' },
  { name: 'left', kind: 'moves', since: 13, arguments: way, about: 'fly left' },
  { name: 'right', kind: 'moves', since: 13, arguments: way, about: 'fly right' },
  { name: 'forward', kind: 'moves', since: 13, arguments: way, about: 'fly forward' },
  { name: 'back', kind: 'moves', since: 13, arguments: way, about: 'fly back' },
  { name: 'cw', kind: 'moves', since: 13, arguments: degrees, about: 'turn clockwise' },
  { name: 'ccw', kind: 'moves', since: 13, arguments: degrees, about: 'turn anticlockwise' },
  {
    name: 'flip',
    kind: 'moves',
    since: 13,
    arguments: [{ name: 'direction', choices: ['l', 'r', 'f', 'b'] }],
    about: 'flip over; wants 50 % of battery',
  },
  {
    name: 'go',
    kind: 'moves',
    since: 13,
    arguments: [cm('x'), cm('y'), cm('z'), speed(100), pad('pad')],
    optional: 1,
    about: 'fly to a place seen from here, or from a pad',
  },
  {
    name: 'curve',
    kind: 'moves',
    since: 13,
    arguments: [cm('x1'), cm('y1'), cm('z1'), cm('x2'), cm('y2'), cm('z2'), speed(60), pad('pad')],
    optional: 1,
    about: 'fly an arc by way of one place to another',
  },
  {
    name: 'jump',
    kind: 'moves',
    since: 20,
    arguments: [
      cm('x'),
      cm('y'),
      cm('z'),
      speed(100),
      { name: 'yaw', low: -360, high: 360, unit: '°' },
      pad('from'),
      pad('to'),
    ],
    about: 'fly from one pad to the next',
  },
  { name: 'throwfly', kind: 'moves', since: 30, arguments: [], about: 'throw it and it flies' },
  { name: 'motoron', kind: 'moves', since: 30, arguments: [], about: 'turn slowly, to cool' },
  { name: 'motoroff', kind: 'sets', since: 30, arguments: [], about: 'end that' },
  {
    name: 'rc',
    kind: 'sticks',
    since: 13,
    arguments: [percent('right'), percent('forward'), percent('up'), percent('yaw')],
    about: 'sticks',
  },
  { name: 'speed', kind: 'sets', since: 13, arguments: [speed(100)], about: 'speed of moves' },
  { name: 'mon', kind: 'sets', since: 20, arguments: [], about: 'look for mission pads' },
  { name: 'moff', kind: 'sets', since: 20, arguments: [], about: 'look for none' },
  {
    name: 'mdirection',
    kind: 'sets',
    since: 20,
    arguments: [{ name: 'camera', choices: ['0', '1', '2'] }],
    about: 'look for pads below, ahead, or both',
  },
  {
    name: 'setfps',
    kind: 'sets',
    since: 30,
    arguments: [{ name: 'rate', choices: ['low', 'middle', 'high'] }],
    about: '5, 15 or 30 pictures a second',
  },
  {
    name: 'setbitrate',
    kind: 'sets',
    since: 30,
    arguments: [{ name: 'rate', low: 0, high: 5, unit: 'Mbit/s' }],
    about: '0 = as the drone sees fit',
  },
  {
    name: 'setresolution',
    kind: 'sets',
    since: 30,
    arguments: [{ name: 'size', choices: ['low', 'high'] }],
    about: '480 or 720 lines',
  },
  {
    name: 'downvision',
    kind: 'sets',
    since: 30,
    arguments: [{ name: 'down', choices: ['0', '1'] }],
    about: 'the camera that looks down',
  },
  {
    name: 'wifi',
    kind: 'station',
    since: 13,
    arguments: [text('name'), text('password')],
    about: 'name its own network; it restarts',
  },
  {
    name: 'ap',
    kind: 'station',
    since: 20,
    arguments: [text('name'), text('password')],
    about: 'join another network; it restarts',
  },
  { name: 'reboot', kind: 'station', since: 30, arguments: [], about: 'restart it' },
  { name: 'command', kind: 'sets', since: 13, arguments: [], about: 'listen to commands' },
  { name: 'streamon', kind: 'sets', since: 13, arguments: [], about: 'send video' },
  { name: 'streamoff', kind: 'sets', since: 13, arguments: [], about: 'send no video' },
  reads('speed?', 13, 'speed of moves, cm/s'),
  reads('battery?', 13, 'charge, %'),
  reads('time?', 13, 'how long the motors ran'),
  reads('height?', 13, 'height over the start'),
  reads('temp?', 13, 'temperature'),
  reads('attitude?', 13, 'pitch, roll and yaw'),
  reads('baro?', 13, 'height by the barometer'),
  reads('acceleration?', 13, 'acceleration'),
  reads('tof?', 13, 'distance below'),
  reads('wifi?', 13, 'signal to noise of the link'),
  reads('sdk?', 20, 'version of the SDK'),
  reads('sn?', 20, 'serial number'),
  reads('hardware?', 30, 'kind of drone'),
  reads('wifiversion?', 30, 'firmware of the radio'),
  reads('ap?', 30, 'network it joined'),
  reads('ssid?', 30, 'its own network'),
];

const byName = new Map(droneCommands.map((command) => [command.name, command]));
const NUMBER = /^-?\d{1,6}$/;

export type ReadCommand =
  /** `command` is null for one that no guide knows: the drone may. */
  | { ok: true; text: string; command: DroneCommand | null; words: readonly string[] }
  | { ok: false; problem: string };

/** Reads one line as the drone would, and says in words what its guides do not allow. */
export function readDroneCommand(line: string): ReadCommand {
  const [name = '', ...words] = line.trim().split(/ +/);
  if (!/^[\x21-\x7e]+$/.test(name) || words.some((word) => !/^[\x21-\x7e]+$/.test(word))) {
    return { ok: false, problem: 'A command is one line of plain letters, digits and signs.' };
  }
  const joined = [name, ...words].join(' ');
  const command = byName.get(name);
  if (command === undefined) return { ok: true, text: joined, command: null, words };
  const least = command.arguments.length - (command.optional ?? 0);
  if (words.length < least || words.length > command.arguments.length) {
    return { ok: false, problem: `It is written so: ${usageOf(command)}` };
  }
  for (const [at, word] of words.entries()) {
    const argument = command.arguments[at];
    const problem = argument === undefined ? null : problemWith(argument, word);
    if (problem !== null) return { ok: false, problem };
  }
  return { ok: true, text: joined, command, words };
}

/** `forward <distance>`, for a person. */
export function usageOf(command: DroneCommand): string {
  const least = command.arguments.length - (command.optional ?? 0);
  const words = command.arguments.map(({ name }, at) => (at < least ? `<${name}>` : `[${name}]`));
  return [command.name, ...words].join(' ');
}

function problemWith(argument: CommandArgument, word: string): string | null {
  if ('text' in argument) return null;
  if ('choices' in argument) {
    if (argument.choices.includes(word)) return null;
    return `“${argument.name}” is one of ${argument.choices.join(', ')}.`;
  }
  const { name, low, high, unit } = argument;
  if (NUMBER.test(word) && Number(word) >= low && Number(word) <= high) return null;
  return `“${name}” is a whole number from ${low} to ${high}${unit === undefined ? '' : ` ${unit}`}.`;
}
