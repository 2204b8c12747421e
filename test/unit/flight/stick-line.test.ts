import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NEUTRAL, StickLine } from '../../../electron/flight/stick-line.ts';
import type { Sticks } from '../../../electron/video/drone-controls.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function stickLine() {
  const sent: { atMs: number; sticks: Sticks }[] = [];
  const expired = { count: 0 };
  const startMs = performance.now();
  const line = new StickLine({
    send: (sticks) => sent.push({ atMs: performance.now() - startMs, sticks }),
    expiryMs: 300,
    onExpired: () => {
      expired.count++;
    },
    nowMs: () => performance.now(),
  });
  return { line, sent, expired };
}

const up = (percent: number): Sticks => ({ ...NEUTRAL, up: percent });

describe('the line of sticks', () => {
  it('sends a change at once, and what is held 25 times a second', () => {
    const { line, sent } = stickLine();
    line.hold(up(10));
    expect(sent).toEqual([{ atMs: 0, sticks: up(10) }]);
    vi.advanceTimersByTime(200);
    expect(sent).toHaveLength(6);
  });

  it('sends the newest of a burst, no two within 20 ms', () => {
    const { line, sent } = stickLine();
    for (let percent = 1; percent <= 50; percent++) {
      line.hold(up(percent));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(20);
    expect(sent.map(({ sticks }) => sticks.up)).toEqual([1, 20, 40, 50]);
  });

  it('delays no change by a repetition that left a moment before', () => {
    const { line, sent } = stickLine();
    line.hold(up(10));
    vi.advanceTimersByTime(41);
    line.hold(up(20));
    expect(sent.map(({ atMs, sticks }) => [atMs, sticks.up])).toEqual([
      [0, 10],
      [40, 10],
      [41, 20],
    ]);
  });

  it('expires 300 ms after the last update, then says zero for half a second and is silent', () => {
    const { line, sent, expired } = stickLine();
    line.hold(up(10));
    vi.advanceTimersByTime(360);
    expect(sent.at(-1)?.sticks).toEqual(NEUTRAL);
    expect(expired.count).toBe(1);
    vi.advanceTimersByTime(600);
    const count = sent.length;
    expect(sent.filter(({ sticks }) => sticks.up === 0).length).toBeGreaterThan(10);
    vi.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(count);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('says zero at once, however short ago the last was', () => {
    const { line, sent } = stickLine();
    line.hold(up(10));
    line.hold(NEUTRAL);
    expect(sent.map(({ sticks }) => sticks.up)).toEqual([10, 0]);
  });

  it('says nothing while nothing was held', () => {
    const { line, sent } = stickLine();
    line.hold(NEUTRAL);
    line.letGo();
    vi.advanceTimersByTime(1_000);
    expect(sent).toEqual([]);
  });
});
