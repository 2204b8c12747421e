/** A reader of our output that goes away (`npm start | head -1`) must not end what we started. */
export function surviveLostOutput() {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/**
 * Hands on what a child writes, and goes on reading when nobody reads us any more: the child must not
 * stall on a full pipe.
 * @param {import('node:stream').Readable | null} from
 * @param {NodeJS.WriteStream} to
 */
export function passThrough(from, to) {
  from?.on('data', (chunk) => to.write(chunk));
}
