import { describe, expect, it } from 'vitest';
import { StationClock } from '../../../../renderer/painter/station-clock.ts';

describe('the station’s clock, seen from the worker', () => {
  it('is unknown before the first comparison and after it is forgotten', () => {
    const clock = new StationClock();
    expect(clock.stationNowUs(5)).toBeNull();
    clock.compare(0, 1_000, 10);
    expect(clock.stationNowUs(5)).toBe(1_000);
    clock.forget();
    expect(clock.stationNowUs(5)).toBeNull();
  });

  it('believes the quickest of the last comparisons', () => {
    const clock = new StationClock();
    // Truly 1,000 ahead; slow answers are off by half of what they were late.
    clock.compare(0, 1_900, 1_000);
    clock.compare(2_000, 3_005, 2_010);
    clock.compare(3_000, 4_700, 3_800);
    expect(clock.stationNowUs(10_000)).toBe(11_000);
  });

  it('forgets a quick comparison once it is old: clocks drift', () => {
    const clock = new StationClock();
    clock.compare(0, 1_000, 0);
    for (let i = 1; i <= 10; i++) clock.compare(i * 100, i * 100 + 2_050, i * 100 + 100);
    expect(clock.stationNowUs(0)).toBe(2_000);
  });

  it('ignores what cannot be', () => {
    const clock = new StationClock();
    clock.compare(100, 5, 50);
    clock.compare(Number.NaN, 5, 50);
    expect(clock.stationNowUs(0)).toBeNull();
  });
});
