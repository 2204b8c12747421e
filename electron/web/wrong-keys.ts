/** A person mistypes a key twice; a program tries thousands. */
const MAX_WRONG = 10;
const FORGET_AFTER_MS = 60_000;
/** A network has no more computers than this; when it seems to, the oldest are forgotten. */
const MAX_ADDRESSES = 1_000;

/** Counts wrong keys by address: whoever tries too many waits a minute. */
export class WrongKeys {
  readonly #nowMs: () => number;
  readonly #tries = new Map<string, { count: number; sinceMs: number }>();

  constructor(nowMs = () => performance.now()) {
    this.#nowMs = nowMs;
  }

  isShutOut(address: string): boolean {
    const tries = this.#tries.get(address);
    if (tries === undefined) return false;
    if (this.#nowMs() - tries.sinceMs < FORGET_AFTER_MS) return tries.count >= MAX_WRONG;
    this.#tries.delete(address);
    return false;
  }

  add(address: string): void {
    const tries = this.#tries.get(address);
    if (tries !== undefined) tries.count++;
    else this.#tries.set(address, { count: 1, sinceMs: this.#nowMs() });
    const [oldest] = this.#tries.keys();
    if (this.#tries.size > MAX_ADDRESSES && oldest !== undefined) this.#tries.delete(oldest);
  }
}
