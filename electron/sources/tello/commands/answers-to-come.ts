import type { AnswerShape } from './answers.ts';

/** Queries whose answers cannot be mistaken for anything a control command is answered with. */
const QUERIES = [
  { command: 'battery?', shape: 'number' },
  { command: 'attitude?', shape: 'attitude' },
  { command: 'acceleration?', shape: 'acceleration' },
] as const;

export type ResyncQuery = (typeof QUERIES)[number];

/** Keeps the shapes of answers that may still arrive for commands that were given up. None: in step with the drone. */
export class AnswersToCome {
  readonly #shapes = new Set<AnswerShape>();
  #nextQuery = 0;

  get inStep(): boolean {
    return this.#shapes.size === 0;
  }

  add(shape: AnswerShape): void {
    this.#shapes.add(shape);
  }

  /** An answer came that proves all earlier ones to be past. */
  settle(): void {
    this.#shapes.clear();
  }

  /**
   * Tries queries whose answer cannot be confused with one still to come, another one first each time,
   * until `ask` says that it was answered. If none was, the next attempt may try the same ones again.
   */
  async resync(ask: (query: ResyncQuery) => Promise<boolean>): Promise<boolean> {
    const before = [...this.#shapes];
    for (let tried = 0; tried < QUERIES.length; tried++) {
      const query = QUERIES[this.#nextQuery];
      this.#nextQuery = (this.#nextQuery + 1) % QUERIES.length;
      if (query !== undefined && this.#isDistinct(query.shape) && (await ask(query))) {
        this.settle();
        return true;
      }
    }
    this.settle();
    for (const shape of before) this.add(shape);
    return false;
  }

  /** A `text` answer can be a number (`sdk?`). */
  #isDistinct(shape: AnswerShape): boolean {
    if (this.#shapes.has(shape)) return false;
    return shape !== 'number' || !this.#shapes.has('text');
  }
}
