import type { Command, Sdk } from './command.ts';

/** A command, or the answer to what is none. */
export type Parsed = { ok: true; command: Command } | { ok: false; answer: string };
export type Range = readonly [low: number, high: number];
/** Reads the words behind a name; null where they are not of the command's form. */
type ReadWords = (words: string[], sdk: Sdk) => Parsed | null;
/** A name, the guide that brought it, and what may stand behind it. */
export type Rule = readonly [name: string, since: Sdk, read: ReadWords];

export const OUT_OF_RANGE = { ok: false, answer: 'out of range' } as const satisfies Parsed;

export function accept(command: Command): Parsed {
  return { ok: true, command };
}

/** A command of one word. */
export function alone(command: Command): ReadWords {
  return (words) => (words.length === 0 ? accept(command) : null);
}

/** Whole numbers within limits; null where they are not numbers or not as many. */
export function numbers(
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
