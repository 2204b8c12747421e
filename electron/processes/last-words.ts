/** Enough for a stack trace; a child that floods stderr costs no more than this. */
const LAST_WORDS_CHARS = 4_000;

/** The end of what a child wrote to stderr, for the error message when it dies. */
export class LastWords {
  #text = '';

  add(text: string): void {
    this.#text = (this.#text + text).slice(-LAST_WORDS_CHARS);
  }

  text(): string {
    return this.#text.trim();
  }
}
