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
