import type { Percentiles } from './status.ts';

/** Five seconds at 60 fps, and some. */
const MAX_SAMPLES = 512;

/** p50 and p95 of the samples of the last `windowMs`; older ones are forgotten. */
export class RecentPercentiles {
  readonly #windowUs: number;
  readonly #samples: { atUs: number; value: number }[] = [];

  constructor(windowMs: number) {
    this.#windowUs = windowMs * 1_000;
  }

  add(nowUs: number, value: number): void {
    this.#samples.push({ atUs: nowUs, value });
    if (this.#samples.length > MAX_SAMPLES) this.#samples.shift();
  }

  read(nowUs: number): Percentiles | null {
    while (this.#samples[0] !== undefined && this.#samples[0].atUs < nowUs - this.#windowUs) {
      this.#samples.shift();
    }
    const sorted = this.#samples.map((sample) => sample.value).sort((a, b) => a - b);
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    const p50 = at(0.5);
    const p95 = at(0.95);
    return p50 === undefined || p95 === undefined ? null : { p50: round(p50), p95: round(p95) };
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
