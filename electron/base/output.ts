import { createWriteStream, type WriteStream } from 'node:fs';
import type { Writable } from 'node:stream';

/** More than this unread, and nobody reads: what comes is dropped and counted until somebody does. */
const MAX_UNREAD_BYTES = 256 * 1024;

type Where = 'stdout' | 'stderr';

const terminals: Partial<Record<Where, WriteStream>> = {};
let lostTexts = 0;

/**
 * Writes to stdout or stderr, and cannot fail or block: a reader that went away or has stopped reading,
 * a terminal that was closed or stopped (Ctrl-S), a full disk cost the text and nothing else.
 */
export function tell(where: Where, text: string): void {
  const stream = process[where].isTTY ? terminal(where) : process[where];
  if (stream.writableLength > MAX_UNREAD_BYTES) {
    lostTexts++;
    return;
  }
  try {
    stream.write(text, (error) => {
      if (error) lostTexts++;
    });
  } catch {
    // Most failures come to the callback; those that are thrown weigh no more.
    lostTexts++;
  }
}

/** How many texts nobody could be told. */
export function untold(): number {
  return lostTexts;
}

/** Node writes to a terminal synchronously; a file stream waits in a thread, where it holds nobody up. */
function terminal(where: Where): Writable {
  const standard = process[where];
  // A Windows console wants its own writer, for the sake of everything beyond ASCII.
  if (process.platform === 'win32') return standard;
  const known = terminals[where];
  if (known !== undefined) return known;
  const stream = createWriteStream('', { fd: standard.fd, autoClose: false });
  // The callback of the write has counted it.
  stream.on('error', () => undefined);
  terminals[where] = stream;
  return stream;
}
