import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type FlightLine, flightLineSchema } from '../../../shared/flight-log.ts';

/** A day of a busy flight; a longer file is not one of ours. */
const MAX_LINES = 2_000_000;
/** What ours never have: a file without line ends would fill memory. */
const MAX_LINE_CHARS = 64 * 1_024;

/**
 * The lines of a flight log, in order of their time. Lines that make no sense are left out: the last one
 * of a flight that was cut short, and those of a version to come.
 */
export async function* readLog(path: string, signal: AbortSignal): AsyncGenerator<FlightLine> {
  const input = createReadStream(path, { encoding: 'utf8', signal });
  let sinceLineEnd = 0;
  input.on('data', (part) => {
    const end = String(part).lastIndexOf('\n');
    sinceLineEnd = end < 0 ? sinceLineEnd + part.length : part.length - end;
    if (sinceLineEnd > MAX_LINE_CHARS) input.destroy(new Error(`${path} is no flight log`));
  });
  let count = 0;
  for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    count++;
    if (count > MAX_LINES) throw new Error(`${path} is too long`);
    const line = parseLine(text);
    if (line !== null) yield line;
  }
}

function parseLine(text: string): FlightLine | null {
  try {
    return flightLineSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
