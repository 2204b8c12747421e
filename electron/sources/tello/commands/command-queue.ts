import { StationError } from '../../../base/failures.ts';
import type { Canceller, CommandOutcome } from '../../../video/drone-controls.ts';

/** Commands that wait while one is in flight. More would reach the drone long after they were meant. */
const MAX_WAITING_COMMANDS = 16;
const RETRY_AFTER_MS = 1_000;

/**
 * Whose a command is. What a `pilot` asked for is given up when the express lane is used; the `station`'s own
 * harmless commands are not. `background` questions go when nothing else wants to, and give way.
 */
type Sender = 'pilot' | 'station' | 'background';

export type CommandOptions = {
  /** Wait for the answer to each try. */
  timeoutMs: number;
  /** Only commands that may be repeated are; anything that moves the drone is sent once whatever this says. */
  tries?: number;
  signal?: AbortSignal;
  sender?: Sender;
  /** False: goes out even where the link is out of step with the drone. */
  resync?: boolean;
};

/** A background question may also be cancelled because something else wanted to go. */
export type LinkOutcome =
  | CommandOutcome
  | { outcome: 'cancelled'; by: Canceller | 'pre-empted'; sent: boolean };

/** One command until its turn comes. */
export type Job = {
  command: string;
  options: CommandOptions;
  done(outcome: LinkOutcome): void;
};

type Entry = { job: Job; onAbort(): void };

/** Who goes first, whenever they came. */
const RANKS: Record<Sender, number> = { pilot: 0, station: 1, background: 2 };

/** The commands that wait: the pilot's first, each in order. One whose signal fires leaves at once. */
export class CommandQueue {
  #waiting: Entry[] = [];

  add(job: Job): void {
    if (this.#waiting.length >= MAX_WAITING_COMMANDS) {
      const error = new StationError('busy', 'The drone is still busy with earlier commands.', {
        retryAfterMs: RETRY_AFTER_MS,
      });
      job.done({ outcome: 'not-sent', error });
      return;
    }
    const entry = { job, onAbort: () => this.#cancel([entry], 'signal') };
    job.options.signal?.addEventListener('abort', entry.onAbort, { once: true });
    const behind = this.#waiting.findIndex((other) => rank(other.job) > rank(job));
    this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, entry);
  }

  next(): Job | undefined {
    const entry = this.#waiting.shift();
    entry?.job.options.signal?.removeEventListener('abort', entry.onAbort);
    return entry?.job;
  }

  /** Gives up what the pilot had waiting. */
  cancelPilots(by: Canceller): void {
    this.#cancel(
      this.#waiting.filter(({ job }) => job.options.sender === 'pilot'),
      by,
    );
  }

  cancelAll(): void {
    this.#cancel(this.#waiting, 'closed');
  }

  #cancel(entries: readonly Entry[], by: Canceller): void {
    this.#waiting = this.#waiting.filter((entry) => !entries.includes(entry));
    for (const { job, onAbort } of entries) {
      job.options.signal?.removeEventListener('abort', onAbort);
      job.done({ outcome: 'cancelled', by, sent: false });
    }
  }
}

function rank(job: Job): number {
  return RANKS[job.options.sender ?? 'station'];
}
