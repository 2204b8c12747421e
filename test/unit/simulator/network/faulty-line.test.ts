import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaultyLine } from '../../../../electron/simulator/network/faulty-line.ts';
import {
  type LineFaults,
  NO_LINE_FAULTS,
} from '../../../../electron/simulator/network/line-faults.ts';
import type { VideoPart } from '../../../../electron/simulator/network/line-record.ts';

const COUNT = 4_000;
const IN_ORDER = Array.from({ length: COUNT }, (_, index) => index);

/** A line that carries numbers. */
function newLine(faults: Partial<LineFaults>, seed = 1) {
  const arrived: number[] = [];
  const line = new FaultyLine<number>(seed, { ...NO_LINE_FAULTS, ...faults }, (number) =>
    arrived.push(number),
  );
  return { line, arrived };
}

/** Sends numbered datagrams through a line and returns the numbers that arrive. */
function arrivals(faults: Partial<LineFaults>, seed = 1): number[] {
  const { line, arrived } = newLine(faults, seed);
  for (const number of IN_ORDER) line.send(number);
  return arrived;
}

const lostOf = (arrived: readonly number[]) => {
  const there = new Set(arrived);
  return IN_ORDER.filter((number) => !there.has(number));
};

/** How many neighbours each loss takes with it. */
function burstLengths(lost: readonly number[]): number[] {
  const lengths: number[] = [];
  for (const [index, number] of lost.entries()) {
    if (lost[index - 1] === number - 1) lengths.push((lengths.pop() ?? 0) + 1);
    else lengths.push(1);
  }
  return lengths;
}

const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** Some pictures: the keyframe has SPS, PPS and four parts, the others three parts each. */
function pictures(count: number, interval = 5): VideoPart[] {
  return Array.from({ length: count }, (_, frame) => {
    const sinceKeyframe = frame % interval;
    const nals =
      sinceKeyframe === 0
        ? [[7, 0], [8, 0], ...[0, 1, 2, 3].map((part) => [5, part])]
        : [0, 1, 2].map((part) => [1, part]);
    return nals.map(([nalType = 0, partOfNal = 0], part) => ({
      stream: 1,
      frame,
      sinceKeyframe,
      nalType,
      partOfNal,
      part,
      parts: nals.length,
    }));
  }).flat();
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('faulty line', () => {
  it('without faults changes nothing', () => {
    expect(arrivals({})).toEqual(IN_ORDER);
  });

  it('loses about as much as it is told to, the same for the same seed', () => {
    const arrived = arrivals({ loss: 0.1 });
    expect(COUNT - arrived.length).toBeGreaterThan(320);
    expect(COUNT - arrived.length).toBeLessThan(480);
    expect(arrivals({ loss: 0.1 })).toEqual(arrived);
    expect(arrivals({ loss: 0.1 }, 2)).not.toEqual(arrived);
    expect(arrivals({ loss: 1 })).toEqual([]);
  });

  it('loses the same ones whichever other faults are on, and whenever they were switched on', () => {
    const lost = lostOf(arrivals({ loss: 0.1 }));
    expect(lostOf(arrivals({ loss: 0.1, reorder: 0.1, duplicate: 0.3 }))).toEqual(lost);
    const { line, arrived } = newLine({});
    for (const number of IN_ORDER) {
      if (number === 1_000) line.faults = { ...NO_LINE_FAULTS, loss: 0.1 };
      line.send(number);
    }
    expect(lostOf(arrived)).toEqual(lost.filter((number) => number >= 1_000));
  });

  it('begins anew with a new stream', () => {
    const faults = { loss: 0.2, burst: { loss: 0.05, length: 6 }, reorder: 0.05, duplicate: 0.05 };
    const { line, arrived } = newLine(faults);
    for (const number of IN_ORDER) line.send(number);
    line.flush();
    const first = arrived.splice(0);
    line.restart();
    for (const number of IN_ORDER) line.send(number);
    line.flush();
    expect(arrived).toEqual(first);
  });

  it('loses in bursts of the mean length, and as much as told', () => {
    const lost = lostOf(arrivals({ burst: { loss: 0.1, length: 8 } }));
    expect(lost.length / COUNT).toBeGreaterThan(0.07);
    expect(lost.length / COUNT).toBeLessThan(0.13);
    expect(mean(burstLengths(lost))).toBeGreaterThan(6);
    expect(mean(burstLengths(lost))).toBeLessThan(10);
    expect(mean(burstLengths(lostOf(arrivals({ loss: 0.1 }))))).toBeLessThan(1.3);
  });

  it('swaps neighbours without losing one', () => {
    const arrived = arrivals({ reorder: 0.1 });
    const swapped = arrived.filter((number, index) => number < (arrived[index - 1] ?? 0));
    expect(swapped.length).toBeGreaterThan(200);
    expect(arrived.length).toBeGreaterThanOrEqual(COUNT - 1);
    expect(new Set(arrived).size).toBe(arrived.length);
  });

  it('doubles', () => {
    expect(arrivals({ duplicate: 1 }).slice(0, 6)).toEqual([0, 0, 1, 1, 2, 2]);
  });

  it('delivers what it holds when the stream ends or the faults change', () => {
    const { line, arrived } = newLine({ reorder: 1 });
    line.send(1);
    expect(arrived).toEqual([]);
    line.flush();
    expect(arrived).toEqual([1]);
    line.send(2);
    line.faults = NO_LINE_FAULTS;
    expect(arrived).toEqual([1, 2]);
  });
});

describe('pauses', () => {
  it('hold a datagram and all behind it, then deliver them at once and in order', () => {
    const { line, arrived } = newLine({ pause: 1, pauseLength: { kind: 'fixed', ms: 20 } });
    for (const number of [1, 2, 3]) line.send(number);
    vi.advanceTimersByTime(19);
    expect(arrived).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(arrived).toEqual([1, 2, 3]);
    line.dispose();
  });

  it('never begin with the first datagram of a picture', () => {
    const { line, arrived } = newLine({ pause: 1, pauseLength: { kind: 'fixed', ms: 20 } });
    const [first, second, third] = pictures(1);
    line.send(1, first);
    line.send(2, second);
    line.send(3, third);
    expect(arrived).toEqual([1]);
    line.dispose();
    expect(arrived).toEqual([1]);
    expect(line.report(0).fates).toEqual([{ seq: 1, fate: 'paused', pauseMs: 20, video: second }]);
  });

  it.each([
    [{ kind: 'fixed', ms: 20 } as const, 20, 20, 20],
    [{ kind: 'uniform', fromMs: 10, toMs: 30 } as const, 10, 30, 20],
    [{ kind: 'exponential', meanMs: 20 } as const, 0, 10_000, 20],
  ])('last as long as %j says', (pauseLength, low, high, average) => {
    const { line } = newLine({ pause: 0.5, pauseLength });
    for (let number = 0; number < COUNT; number++) {
      line.send(number);
      vi.advanceTimersByTime(10_000);
    }
    const lengths = line.report(0).fates.map(({ pauseMs }) => pauseMs ?? Number.NaN);
    expect(lengths.length).toBeGreaterThan(1_800);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(high);
    expect(mean(lengths)).toBeGreaterThan(average - 1.5);
    expect(mean(lengths)).toBeLessThan(average + 1.5);
  });

  it('lose what comes when too much is held', () => {
    const { line, arrived } = newLine({ pause: 1, pauseLength: { kind: 'fixed', ms: 9_999 } });
    for (let number = 0; number < 10_050; number++) line.send(number);
    expect(line.report(0).counts).toMatchObject({ arrived: 10_000, overflow: 50 });
    vi.advanceTimersByTime(9_999);
    expect(arrived).toHaveLength(10_000);
  });
});

describe('outages', () => {
  /** Sends a datagram a millisecond and returns which were lost. */
  function lostBy(
    outage: Partial<NonNullable<LineFaults['outage']>>,
    parts: readonly VideoPart[],
  ): VideoPart[] {
    const { line } = newLine({
      outage: { atMs: 0, everyMs: null, forMs: 0, on: 'anywhere', ...outage },
    });
    for (const [number, part] of parts.entries()) {
      line.send(number, part);
      vi.advanceTimersByTime(1);
    }
    return line
      .report(0)
      .fates.flatMap(({ fate, video }) => (fate === 'outage' && video ? [video] : []));
  }
  const parts = pictures(30);

  it('begin when they are due, and again', () => {
    const lost = lostBy({ atMs: 10, everyMs: 40, forMs: 5 }, parts).map((part) =>
      parts.indexOf(part),
    );
    expect(lost).toEqual([10, 11, 12, 13, 14, 50, 51, 52, 53, 54, 90, 91, 92, 93, 94]);
  });

  it('once last once', () => {
    expect(lostBy({ atMs: 10, forMs: 3 }, parts)).toEqual(parts.slice(10, 13));
  });

  it.each([
    ['parameter-sets', { nalType: 7, partOfNal: 0, part: 0 }],
    ['idr', { nalType: 5, partOfNal: 0, part: 2 }],
    ['after-idr', { nalType: 1, partOfNal: 0, part: 0 }],
  ] as const)('wait for %s', (on, first) => {
    const lost = lostBy({ atMs: 25, forMs: 4, on }, parts);
    expect(lost).toHaveLength(4);
    // Due in the second group of pictures, whose IDR is over: it is the third one's.
    expect(lost[0]).toMatchObject({ frame: on === 'after-idr' ? 11 : 10, ...first });
  });
});

describe('the record of a line', () => {
  it('tells which datagrams of which pictures were lost, and counts', () => {
    const { line, arrived } = newLine({ loss: 0.1, duplicate: 0.1 });
    const parts = pictures(200);
    for (const [number, part] of parts.entries()) line.send(number, part);
    const { counts, fates, next, forgotten } = line.report(0);
    const lost = fates.filter(({ fate }) => fate === 'lost');
    expect(forgotten).toBe(0);
    expect(next).toBe(fates.length);
    expect(counts).toMatchObject({
      datagrams: parts.length,
      arrived: new Set(arrived).size,
      lost: parts.length - new Set(arrived).size,
      doubled: arrived.length - new Set(arrived).size,
      pictures: 200,
      damagedPictures: new Set(lost.map(({ video }) => video?.frame)).size,
    });
    for (const { seq, video } of lost) {
      expect(arrived).not.toContain(seq);
      expect(video).toBe(parts[seq]);
    }
    expect(line.report(next).fates).toEqual([]);
    expect(line.report(next + 5).next).toBe(next);
  });

  it('is bounded, and says what it forgot', () => {
    const { line } = newLine({ loss: 1 });
    for (let number = 0; number < 20_000; number++) line.send(number);
    const first = line.report(0);
    expect(first.forgotten).toBe(20_000 - 16_384);
    expect(first.fates).toHaveLength(4_096);
    expect(first.fates[0]?.seq).toBe(first.forgotten);
    const second = line.report(first.next);
    expect(second).toMatchObject({ forgotten: 0, next: first.next + 4_096 });
    expect(second.fates[0]?.seq).toBe(first.next);
  });

  it('counts what a silence takes as that', () => {
    const { line, arrived } = newLine({});
    line.send(1, null, true);
    expect(arrived).toEqual([]);
    expect(line.report(0)).toMatchObject({ counts: { silence: 1, arrived: 0 } });
  });
});
