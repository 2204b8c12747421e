import type { Canceller } from '../../../video/drone-controls.ts';
import { AnswerWait } from './answer-wait.ts';
import type { AnswerShape } from './answers.ts';
import type { Job } from './command-queue.ts';

/** Why a command ends before its answer. */
export type Interruption = Canceller | 'pre-empted';

/** One command while it is being carried out: from its place at the head of the queue to its outcome. */
export class Turn {
  readonly job: Job;
  /** Whether the command itself has left, and is not merely about to. */
  sent = false;
  interruption: Interruption | null = null;
  /** Shapes of the answers that earlier commands may still get. */
  elsewhere: AnswerShape[] = [];
  readonly #abort = new AbortController();
  readonly #onCallerAbort = () => this.interrupt('signal');
  #wait: AnswerWait | null = null;
  #giveWay: NodeJS.Timeout | undefined;

  constructor(job: Job) {
    this.job = job;
    const { signal } = job.options;
    if (signal?.aborted) this.interrupt('signal');
    else signal?.addEventListener('abort', this.#onCallerAbort, { once: true });
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** Ends whatever this turn waits for; the first reason stays. */
  interrupt(by: Interruption): void {
    this.interruption ??= by;
    this.#abort.abort();
  }

  /** Something else wants to go: a background question gets this much longer. */
  giveWay(afterMs: number): void {
    if (this.job.options.sender !== 'background') return;
    this.#giveWay ??= setTimeout(() => this.interrupt('pre-empted'), afterMs);
  }

  expect(accepts: (answer: string) => boolean, timeoutMs: number): AnswerWait {
    this.#wait = new AnswerWait(accepts, timeoutMs, this.#abort.signal);
    return this.#wait;
  }

  /** Whether this was the answer waited for. */
  offer(answer: string): boolean {
    const taken = this.#wait?.offer(answer) ?? false;
    if (taken) this.#wait = null;
    return taken;
  }

  endExchange(): void {
    this.#wait?.stop();
    this.#wait = null;
  }

  dispose(): void {
    clearTimeout(this.#giveWay);
    this.endExchange();
    this.job.options.signal?.removeEventListener('abort', this.#onCallerAbort);
  }
}
