import { describe, expect, it } from 'vitest';
import { FailSafes, type PilotFacts } from '../../../electron/flight/fail-safes.ts';
import { flightLimits } from '../../../electron/flight/flight-limits.ts';

const alone: PilotFacts = {
  phase: 'flying',
  couldBeFlying: true,
  link: 'fresh',
  stateAgeMs: 50,
  pilotHeardAtMs: 0,
  isBusy: false,
};

function watched() {
  const time = { nowMs: 0 };
  return { time, failSafes: new FailSafes(flightLimits, () => time.nowMs) };
}

describe('a drone nobody flies', () => {
  it('is counted down, and told to land once in 20 s', () => {
    const { time, failSafes } = watched();
    time.nowMs = 4_000;
    expect(failSafes.landsByItself(alone)).toBeNull();
    time.nowMs = 12_000;
    expect(failSafes.landsByItself(alone)).toEqual({ by: 'hoverdeck', inMs: 3_000 });
    expect(failSafes.shouldLand(alone)).toBe(false);
    time.nowMs = 15_000;
    expect(failSafes.shouldLand(alone)).toBe(true);
    time.nowMs = 34_000;
    expect(failSafes.shouldLand(alone)).toBe(false);
    time.nowMs = 36_000;
    expect(failSafes.shouldLand({ ...alone, phase: 'landing' })).toBe(false);
    expect(failSafes.shouldLand(alone)).toBe(true);
  });

  it('is left alone where nobody here ever flew it, and while something asked for goes on', () => {
    const { time, failSafes } = watched();
    time.nowMs = 60_000;
    const stranger = { ...alone, pilotHeardAtMs: Number.NEGATIVE_INFINITY };
    expect(failSafes.shouldLand(stranger)).toBe(false);
    expect(failSafes.landsByItself(stranger)).toBeNull();
    expect(failSafes.shouldLand({ ...alone, isBusy: true })).toBe(false);
    time.nowMs = 74_000;
    expect(failSafes.shouldLand(alone)).toBe(false);
    time.nowMs = 75_000;
    expect(failSafes.shouldLand(alone)).toBe(true);
  });

  it('lands by its own rule when it hears nothing, 15 s after the last word at the latest', () => {
    const { failSafes } = watched();
    const lost = { ...alone, link: 'lost', phase: 'unknown', stateAgeMs: 11_000 } as const;
    expect(failSafes.landsByItself(lost)).toEqual({ by: 'drone', inMs: 4_000 });
    expect(failSafes.landsByItself({ ...lost, stateAgeMs: 99_000 })?.inMs).toBe(0);
    expect(failSafes.shouldLand(lost)).toBe(false);
  });
});
