import { describe, expect, it } from 'vitest';
import { RecentPercentiles } from '../../../shared/recent-percentiles.ts';

describe('recent percentiles', () => {
  it('are null without samples', () => {
    expect(new RecentPercentiles(1_000).read(0)).toBeNull();
  });

  it('give the middle and the twentieth worst', () => {
    const percentiles = new RecentPercentiles(1_000);
    for (let i = 1; i <= 100; i++) percentiles.add(0, i);
    expect(percentiles.read(0)).toEqual({ p50: 51, p95: 96 });
  });

  it('forget what is older than the window', () => {
    const percentiles = new RecentPercentiles(1_000);
    percentiles.add(0, 500);
    percentiles.add(900_000, 5);
    expect(percentiles.read(1_000_001)).toEqual({ p50: 5, p95: 5 });
    expect(percentiles.read(2_000_001)).toBeNull();
  });
});
