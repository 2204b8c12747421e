import { cancelled } from '../../../base/failures.ts';

/** The wait for one answer: ends with it, with null after `timeoutMs`, or by rejecting with `cancelled`. */
export class AnswerWait {
  readonly answer: Promise<string | null>;
  readonly #accepts: (answer: string) => boolean;
  #settle: (finish: () => void) => void = () => undefined;
  #resolve: (answer: string | null) => void = () => undefined;

  constructor(accepts: (answer: string) => boolean, timeoutMs: number, signal: AbortSignal) {
    this.#accepts = accepts;
    this.answer = new Promise((resolve, reject) => {
      const onAbort = () => this.#settle(() => reject(cancelled()));
      const timer = setTimeout(() => this.stop(), timeoutMs);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#resolve = resolve;
      this.#settle = (finish) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        finish();
      };
    });
  }

  /** Ends the wait if this is the answer; false if it is not. */
  offer(answer: string): boolean {
    if (!this.#accepts(answer)) return false;
    this.#settle(() => this.#resolve(answer));
    return true;
  }

  /** Ends the wait without an answer, if it is not over yet. */
  stop(): void {
    this.#settle(() => this.#resolve(null));
  }
}
