import { lineText } from '../line-text.ts';

/** The longest answer in the vendor's guides has some 60 characters (`attitude?` and the like). */
const MAX_ANSWER_BYTES = 512;
const PRINTABLE = /^[\x20-\x7e]+$/;

/**
 * The text of a datagram from the command port, without line end; null for anything but printable ASCII.
 * Real units also send binary there: 35 bytes beginning with 0xCC, a moment before the `ok` to `command`.
 */
export function parseAnswer(datagram: Uint8Array): string | null {
  if (datagram.length > MAX_ANSWER_BYTES) return null;
  const text = lineText(datagram);
  return PRINTABLE.test(text) ? text : null;
}

export function isOk(answer: string): boolean {
  return answer.toLowerCase() === 'ok';
}

/** What kind of answer a command gets; answers of another kind belong to an earlier command. */
export type AnswerShape = 'word' | 'number' | 'attitude' | 'acceleration' | 'text';

const SHAPES: Record<Exclude<AnswerShape, 'word' | 'text'>, RegExp> = {
  number: /^-?\d+(?:\.\d+)?$/,
  attitude: /^pitch:/,
  acceleration: /^agx:/,
};

const NUMBER_QUERIES = new Set(['battery?', 'speed?', 'wifi?', 'baro?']);

/** The shape of a command's answer: `ok`, `error …` and other words, or what a query asks for. */
export function answerShape(command: string): AnswerShape {
  if (NUMBER_QUERIES.has(command)) return 'number';
  if (command === 'attitude?') return 'attitude';
  if (command === 'acceleration?') return 'acceleration';
  return command.endsWith('?') ? 'text' : 'word';
}

/** Whether an answer has exactly the shape of a query; refusals do not count. */
export function hasShape(answer: string, shape: keyof typeof SHAPES): boolean {
  return SHAPES[shape].test(answer);
}

/** Whether an answer can be the one to a command of this shape: the shape itself, or a refusal. */
export function couldAnswer(answer: string, shape: AnswerShape): boolean {
  if (shape === 'text') return !isOk(answer);
  const isValue = Object.values(SHAPES).some((pattern) => pattern.test(answer));
  if (shape === 'word') return !isValue;
  return SHAPES[shape].test(answer) || (!isValue && !isOk(answer));
}

/** Commands that leave the drone in the same state however often they arrive, so that a lost one may be sent again. */
const REPEATABLE = new Set(['command', 'streamon', 'streamoff', 'port']);

export function mayBeRepeated(command: string): boolean {
  return command.endsWith('?') || REPEATABLE.has(nameOf(command));
}

/** Answered as soon as they arrive. */
const PROMPT = new Set([
  ...REPEATABLE,
  'stop',
  'emergency',
  'speed',
  'mon',
  'moff',
  'mdirection',
  'wifi',
  'ap',
  'setfps',
  'setbitrate',
  'setresolution',
  'downvision',
]);

/** Whether the answer comes only when a manoeuvre is over: takeoff, land, moves, and what nobody knows. */
export function answersWhenDone(command: string): boolean {
  return !command.endsWith('?') && !PROMPT.has(nameOf(command));
}

function nameOf(command: string): string {
  return command.split(' ')[0] ?? '';
}
