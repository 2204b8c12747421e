/** Enough for the story of a session; older lines go, and are counted. */
const MAX_LINES = 1_000;
const MAX_LINE_CHARS = 2_000;

export type Log = {
  info(message: string): void;
  /** A failure nobody was waiting for, with its cause. */
  error(what: string, error: unknown): void;
  /** The remembered lines, oldest first, for "Copy diagnostics". */
  lines(): readonly string[];
};

/** A bounded log in memory; `write` sees every line as well (stderr, as a rule). */
export function createLog(write: (line: string) => void, now: () => Date = () => new Date()): Log {
  const lines: string[] = [];
  const add = (level: string, text: string) => {
    const line = `${now().toISOString()} ${level} ${text}`.slice(0, MAX_LINE_CHARS);
    lines.push(line);
    if (lines.length > MAX_LINES) lines.shift();
    write(line);
  };
  return {
    info: (message) => add('info', message),
    error: (what, error) =>
      add(
        'error',
        `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      ),
    lines: () => lines,
  };
}
