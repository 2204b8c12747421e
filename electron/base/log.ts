import { inspect } from 'node:util';

/** Enough for the story of a session; older lines go, and are counted. */
const MAX_LINES = 1_000;
const MAX_LINE_CHARS = 2_000;

export type Log = {
  info(message: string): void;
  /** A failure nobody was waiting for, with its cause. */
  error(what: string, error: unknown): void;
  /** The remembered lines, oldest first, for "Copy diagnostics"; the first says how many are gone. */
  lines(): readonly string[];
};

/**
 * A bounded log in memory; `write` sees every line as well (stderr, as a rule). Nothing is thrown,
 * whatever there is to log and whatever `write` does.
 */
export function createLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const lines: string[] = [];
  let gone = 0;
  let unwritten = 0;
  const add = (level: string, text: string) => {
    const line = `${now().toISOString()} ${level} ${text}`.slice(0, MAX_LINE_CHARS);
    lines.push(line);
    if (lines.length > MAX_LINES) {
      lines.shift();
      gone++;
    }
    try {
      write(line);
    } catch {
      // It is remembered above, and counted here.
      unwritten++;
    }
  };
  return {
    info: (message) => add('info', message),
    error: (what, error) => add('error', `${what}: ${describe(error)}`),
    lines() {
      const counts = [
        ...(gone > 0 ? [`(${gone} older lines are gone)`] : []),
        ...(unwritten > 0 ? [`(${unwritten} lines could not be written)`] : []),
      ];
      return [...counts, ...lines];
    },
  };
}

/** With stack, cause and, of several failures at once, each of them. */
function describe(error: unknown): string {
  if (typeof error === 'string') return error;
  try {
    return inspect(error, { depth: 4 });
  } catch (reason) {
    return `a failure that cannot be described (${typeof reason})`;
  }
}
