import { describe, expect, it } from 'vitest';
import { RetryDelays } from '../../../shared/retry-delays.ts';

const next = (delays: RetryDelays, count: number) =>
  Array.from({ length: count }, () => delays.nextMs());

describe('retry delays', () => {
  it('grow to the last one, which repeats', () => {
    expect(next(new RetryDelays([1, 2, 5]), 4)).toEqual([1, 2, 5, 5]);
  });

  it('begin small again after a success', () => {
    const delays = new RetryDelays([1, 2, 5]);
    next(delays, 3);
    delays.reset();
    expect(next(delays, 2)).toEqual([1, 2]);
  });

  it('begin small again after long enough in health, and not before', () => {
    const delays = new RetryDelays([1, 2, 5], 60_000);
    next(delays, 2);
    delays.wasHealthyFor(59_999);
    expect(delays.nextMs()).toBe(5);
    delays.wasHealthyFor(60_000);
    expect(delays.nextMs()).toBe(1);
  });
});
