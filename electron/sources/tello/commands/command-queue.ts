import { cancelled, StationError } from '../../../base/failures.ts';

/** Commands that wait while one is in flight. More would reach the drone long after they were meant. */
const MAX_WAITING_COMMANDS = 16;
const RETRY_AFTER_MS = 1_000;

export type CommandOptions = {
  /** Wait for the answer to each try. */
  timeoutMs: number;
  /** Only commands that may be repeated are; anything that moves the drone is sent once whatever this says. */
  tries?: number;
  signal?: AbortSignal;
};

/** One command until its turn comes. */
export type Job = {
  command: string;
  options: CommandOptions;
  resolve(answer: string): void;
  reject(error: unknown): void;
};

/** The commands that wait, in order. One whose signal fires leaves at once. */
export class CommandQueue {
  readonly #waiting: { job: Job; onAbort(): void }[] = [];

  add(job: Job): void {
    if (this.#waiting.length >= MAX_WAITING_COMMANDS) {
      job.reject(
        new StationError('busy', 'The drone is still busy with earlier commands.', {
          retryAfterMs: RETRY_AFTER_MS,
        }),
      );
      return;
    }
    const entry = {
      job,
      onAbort: () => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        job.reject(cancelled());
      },
    };
    this.#waiting.push(entry);
    job.options.signal?.addEventListener('abort', entry.onAbort, { once: true });
  }

  next(): Job | undefined {
    const entry = this.#waiting.shift();
    entry?.job.options.signal?.removeEventListener('abort', entry.onAbort);
    return entry?.job;
  }

  cancelAll(): void {
    for (let job = this.next(); job !== undefined; job = this.next()) job.reject(cancelled());
  }
}
