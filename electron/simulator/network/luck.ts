import { scramble } from '../seeded-random.ts';
import { type LineFaults, LONGEST_PAUSE_MS, type PauseLength } from './line-faults.ts';

/** What chance has in store for one datagram. */
export type Luck = {
  loss: 'loss' | 'burst' | null;
  isSwapped: boolean;
  isDoubled: boolean;
  /** Null where no pause begins with it. */
  pauseMs: number | null;
};

const PURPOSES = ['loss', 'burst', 'reorder', 'duplicate', 'pause', 'pauseLength'] as const;
type Purpose = (typeof PURPOSES)[number];

const WEYL_STEP = 0x9e3779b9;

/**
 * The luck of the k-th datagram of a line. Each number drawn depends on seed, purpose and k alone, so
 * that a datagram meets the same fate in every run, whatever came before it and whichever other
 * faults are on. Bursts alone have a memory; it begins at the last `restart`.
 */
export class LineLuck {
  readonly #keys: Record<Purpose, number>;
  #isInBurst = false;

  constructor(seed: number) {
    const key = (purpose: Purpose) => scramble(scramble(seed) + PURPOSES.indexOf(purpose) + 1);
    this.#keys = {
      loss: key('loss'),
      burst: key('burst'),
      reorder: key('reorder'),
      duplicate: key('duplicate'),
      pause: key('pause'),
      pauseLength: key('pauseLength'),
    };
  }

  /** To be asked once for each `seq`, in order. */
  of(seq: number, faults: LineFaults): Luck {
    const isInBurst = this.#burst(seq, faults.burst);
    const isLost = this.#draw('loss', seq) < faults.loss;
    return {
      loss: isLost ? 'loss' : isInBurst ? 'burst' : null,
      isSwapped: this.#draw('reorder', seq) < faults.reorder,
      isDoubled: this.#draw('duplicate', seq) < faults.duplicate,
      pauseMs:
        this.#draw('pause', seq) < faults.pause
          ? lengthOf(faults.pauseLength, this.#draw('pauseLength', seq))
          : null,
    };
  }

  restart(): void {
    this.#isInBurst = false;
  }

  /** Two states (Gilbert): left with 1 / mean length, entered so often that the average comes out. */
  #burst(seq: number, burst: LineFaults['burst']): boolean {
    if (!burst || burst.loss === 0) return false;
    if (burst.loss === 1) return true;
    const leave = 1 / burst.length;
    const enter = (leave * burst.loss) / (1 - burst.loss);
    const drawn = this.#draw('burst', seq);
    this.#isInBurst = this.#isInBurst ? drawn >= leave : drawn < enter;
    return this.#isInBurst;
  }

  /** Uniform in [0, 1). */
  #draw(purpose: Purpose, seq: number): number {
    return scramble(this.#keys[purpose] + Math.imul(seq + 1, WEYL_STEP)) / 2 ** 32;
  }
}

function lengthOf(length: PauseLength, drawn: number): number {
  switch (length.kind) {
    case 'fixed':
      return length.ms;
    case 'uniform':
      return length.fromMs + drawn * (length.toMs - length.fromMs);
    case 'exponential':
      return Math.min(LONGEST_PAUSE_MS, -Math.log(1 - drawn) * length.meanMs);
  }
}
