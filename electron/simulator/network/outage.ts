import type { OutagePlace, OutageSpec } from './line-faults.ts';

/** Says when a line is dead. Times are monotonic milliseconds. */
export class Outage {
  readonly #spec: OutageSpec;
  #nextMs: number | null = null;
  #untilMs = Number.NEGATIVE_INFINITY;

  constructor(spec: OutageSpec) {
    this.#spec = spec;
  }

  /** To be asked for every datagram, with what begins with it; null on a line without such places. */
  isDead(nowMs: number, begins: ReadonlySet<OutagePlace> | null): boolean {
    const { atMs, everyMs, forMs, on } = this.#spec;
    this.#nextMs ??= nowMs + atMs;
    const isPlace = on === 'anywhere' || begins === null || begins.has(on);
    if (nowMs >= this.#nextMs && isPlace) {
      this.#untilMs = nowMs + forMs;
      this.#nextMs =
        everyMs === null
          ? Number.POSITIVE_INFINITY
          : this.#nextMs + (Math.floor((nowMs - this.#nextMs) / everyMs) + 1) * everyMs;
    }
    return nowMs < this.#untilMs;
  }
}
