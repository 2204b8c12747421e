import type { Log } from '../base/log.ts';

/**
 * A promise that fails with nobody waiting is a mistake of ours, and no reason to take the picture away
 * from a pilot: it is reported and the app goes on. An exception out of nowhere still ends the process,
 * since nobody knows what it left behind.
 */
export function surviveRejections(log: Log): void {
  process.on('unhandledRejection', (error) => {
    log.error('Something failed that nobody was waiting for', error);
  });
}

/**
 * Node ends a process whose stdout or stderr fails while nobody listens for it: the terminal was closed
 * (EIO), the reader of a pipe went away (EPIPE), the disk behind a log file is full (ENOSPC). What only
 * tells must not stop what it tells of, so every process calls this first, before anything is written.
 */
export function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    // There is nowhere left to say it; whoever writes through `tell` counts it.
    stream.on('error', () => undefined);
  }
}

/** What every child process calls first. */
export function prepareChild(): void {
  surviveLostOutput();
  // It ends with its parent; whether a closed terminal ends that one is not a child's to decide.
  process.on('SIGHUP', () => undefined);
}
