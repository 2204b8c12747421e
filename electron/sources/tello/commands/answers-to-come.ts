import { type AnswerShape, answersWhenDone, couldAnswer } from './answers.ts';

/** Queries whose answers cannot be mistaken for anything a control command is answered with. */
const QUERIES = [
  { command: 'battery?', shape: 'number' },
  { command: 'attitude?', shape: 'attitude' },
  { command: 'acceleration?', shape: 'acceleration' },
] as const;

export type ResyncQuery = (typeof QUERIES)[number];

/**
 * Keeps what may still be answered of commands nobody waits for any more.
 *
 * A drone answers its prompt commands in order, so the answer to a later question proves theirs to be past
 * (`resync`). A manoeuvre is answered when it is over, in between and long after: only time ends that.
 */
export class AnswersToCome {
  /** By shape: when the oldest of the prompt commands left. */
  readonly #prompt = new Map<AnswerShape, number>();
  readonly #lateManoeuvreMs: number;
  #manoeuvreUntilMs = Number.NEGATIVE_INFINITY;
  #nextQuery = 0;

  constructor(lateManoeuvreMs: number) {
    this.#lateManoeuvreMs = lateManoeuvreMs;
  }

  add(command: string, shape: AnswerShape, sentMs: number): void {
    if (answersWhenDone(command)) this.#manoeuvreUntilMs = sentMs + this.#lateManoeuvreMs;
    else if (!this.#prompt.has(shape)) this.#prompt.set(shape, sentMs);
  }

  /** Whether asking something first makes the answer to a command of this shape certain. */
  needsResync(shape: AnswerShape): boolean {
    // What a `text` query gets is never `ok`; a manoeuvre need not wait for it.
    const harmless = shape === 'word' && this.#prompt.size === 1 && this.#prompt.has('text');
    return this.#prompt.size > 0 && !harmless;
  }

  /** The shapes of all that is still to come. */
  shapes(nowMs: number): AnswerShape[] {
    const shapes = [...this.#prompt.keys()];
    if (nowMs < this.#manoeuvreUntilMs && !shapes.includes('word')) shapes.push('word');
    return shapes;
  }

  /** When the oldest prompt command left that this may be the answer to; null if it is none's. */
  sentMs(answer: string): number | null {
    const sent = [...this.#prompt]
      .filter(([shape]) => couldAnswer(answer, shape))
      .map(([, sentMs]) => sentMs);
    return sent.length === 0 ? null : Math.min(...sent);
  }

  /** What was asked before is answered, or never will be. */
  settle(): void {
    this.#prompt.clear();
  }

  /**
   * Tries queries whose answer cannot be confused with one still to come, another one first each time,
   * until `ask` says that it was answered. If none was, the next attempt may try the same ones again.
   * `untried`: an answer of every shape is still to come, so that no query would prove anything.
   */
  async resync(
    ask: (query: ResyncQuery) => Promise<boolean>,
  ): Promise<'in-step' | 'unanswered' | 'untried'> {
    const before = new Map(this.#prompt);
    let outcome: 'unanswered' | 'untried' = 'untried';
    try {
      for (let tried = 0; tried < QUERIES.length; tried++) {
        const query = QUERIES[this.#nextQuery];
        this.#nextQuery = (this.#nextQuery + 1) % QUERIES.length;
        if (query === undefined || !this.#isDistinct(query.shape)) continue;
        outcome = 'unanswered';
        if (!(await ask(query))) continue;
        before.clear();
        return 'in-step';
      }
      return outcome;
    } finally {
      // Interrupted or in vain: what these queries may still get must not bar the way to the next attempt.
      this.#prompt.clear();
      for (const [shape, sentMs] of before) this.#prompt.set(shape, sentMs);
    }
  }

  /** A `text` answer can be a number (`sdk?`). */
  #isDistinct(shape: AnswerShape): boolean {
    if (this.#prompt.has(shape)) return false;
    return shape !== 'number' || !this.#prompt.has('text');
  }
}
