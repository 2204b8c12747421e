import type { MacroblockRecords, SliceOutcome } from './slice-outcome.ts';

/** What a whole unit teaches is forgotten at 2 % a unit: a change of scene is learned within two seconds. */
const FORGET_PER_UNIT = 0.98;
/** Values this much above what whole units of this stream have do not come from its encoder. */
const ODD_FACTOR = 1.5;
/** Below these a value is never odd, whatever a still picture taught. */
const LEAST_ODD_LEVEL = 12;
const LEAST_ODD_DIFFERENCE = 24;
const LEAST_ODD_QP_DELTA = 3;

/** The greatest values that whole slices of a stream had lately, I and P apart. */
class UsualValues {
  level = 0;
  difference = 0;
  qpDelta = 0;
  known = false;
}

/**
 * Finds where in a damaged slice the damage begins. Lost datagrams leave gaps only between datagrams, so
 * that is at one of their borders; and CABAC, once out of step, goes on with plausible looking nonsense
 * for a while, so it is at the last border before the failure, or at an earlier one if what follows it
 * has values that whole slices of this stream do not have.
 */
export class DamagePlace {
  readonly #usual = { intra: new UsualValues(), inter: new UsualValues() };

  /** Learns from a whole slice. */
  learn(intra: boolean, outcome: SliceOutcome, records: MacroblockRecords): void {
    let level = 0;
    let difference = 0;
    let qpDelta = 0;
    for (let mb = outcome.firstMb; mb < outcome.endMb; mb++) {
      level = Math.max(level, records.level[mb] ?? 0);
      difference = Math.max(difference, records.difference[mb] ?? 0);
      qpDelta = Math.max(qpDelta, records.qpDelta[mb] ?? 0);
    }
    const usual = intra ? this.#usual.intra : this.#usual.inter;
    usual.level = Math.max(level, usual.level * FORGET_PER_UNIT);
    usual.difference = Math.max(difference, usual.difference * FORGET_PER_UNIT);
    usual.qpDelta = Math.max(qpDelta, usual.qpDelta * FORGET_PER_UNIT);
    usual.known = true;
  }

  /**
   * The macroblock behind the last one that can be trusted, at most `limit`. `borders` are the byte
   * offsets in the payload where a later datagram begins, ascending; `truncated`: the end of the slice
   * never arrived, so running out of data says nothing against what was read.
   */
  find(
    intra: boolean,
    outcome: SliceOutcome,
    records: MacroblockRecords,
    borders: readonly number[],
    truncated: boolean,
    limit: number,
  ): number {
    const end = Math.min(outcome.endMb, limit);
    // Nothing wrong but that it stops: all that was read is good, unless it is odd.
    const onlyEnds = truncated && outcome.failure === 'overrun' && outcome.endMb <= limit;
    const failedAtByte = outcome.failedAt >> 3;
    let last = -1;
    for (const [index, border] of borders.entries()) if (border <= failedAtByte) last = index;
    const trusted = onlyEnds ? end : this.#before(borders[last], outcome.firstMb, end, records);
    return this.#beforeOdd(intra, outcome.firstMb, trusted, borders, records);
  }

  /** The first macroblock that is not wholly before this byte of the payload. */
  #before(
    border: number | undefined,
    firstMb: number,
    end: number,
    records: MacroblockRecords,
  ): number {
    if (border === undefined) return firstMb;
    const bits = border * 8;
    let low = firstMb;
    let high = end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((records.taken[middle] ?? 0) <= bits) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #beforeOdd(
    intra: boolean,
    firstMb: number,
    end: number,
    borders: readonly number[],
    records: MacroblockRecords,
  ): number {
    const usual = intra ? this.#usual.intra : this.#usual.inter;
    if (!usual.known) return end;
    const level = Math.max(usual.level * ODD_FACTOR, LEAST_ODD_LEVEL);
    const difference = Math.max(usual.difference * ODD_FACTOR, LEAST_ODD_DIFFERENCE);
    const qpDelta = Math.max(usual.qpDelta * ODD_FACTOR, LEAST_ODD_QP_DELTA);
    for (const border of borders) {
      const from = this.#before(border, firstMb, end, records);
      if (from >= end) break;
      const next = borders[borders.indexOf(border) + 1];
      const to = next === undefined ? end : this.#before(next, firstMb, end, records);
      for (let mb = from; mb < to; mb++) {
        const odd =
          (records.level[mb] ?? 0) > level ||
          (records.difference[mb] ?? 0) > difference ||
          (records.qpDelta[mb] ?? 0) > qpDelta;
        if (odd) return from;
      }
    }
    return end;
  }
}
