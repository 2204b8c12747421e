import { describe, expect, it } from 'vitest';
import { type WarningFacts, Warnings } from '../../../electron/flight/warnings.ts';

const well: WarningFacts = {
  batteryPercent: 87,
  minutesLeft: 11,
  hottestC: 60,
  onGroundMs: 0,
  link: 'fresh',
  roundTripP95Ms: 30,
  isSlowToAnswer: false,
  couldBeFlying: true,
  hasImuError: false,
  hasRestarted: false,
  landsByItself: null,
};

function said(steps: readonly Partial<WarningFacts>[], stepMs = 100): string[] {
  const warnings = new Warnings();
  return steps.flatMap((step, nth) =>
    warnings.update({ ...well, ...step }, nth * stepMs).map(({ code }) => code),
  );
}

describe('warnings', () => {
  it('are silent while all is well', () => {
    expect(said([{}, {}, {}])).toEqual([]);
  });

  it('say each step of the battery once, though the charge wavers for minutes', () => {
    const charges = [31, 30, 31, 30, 29, 20, 21, 20, 24, 20, 10, 9, 11, 10];
    const steps = charges.map((batteryPercent) => ({ batteryPercent, minutesLeft: 3.6 }));
    expect(said(steps, 30_000)).toEqual(['battery-30', 'battery-20', 'battery-10']);
  });

  it('begin anew with a charged battery', () => {
    const charges = [30, 100, 100, 30].map((batteryPercent) => ({ batteryPercent }));
    expect(said(charges, 20_000)).toEqual(['battery-30', 'battery-30']);
  });

  it('name heat, a long stand, a weak link, a lost one, and the landing to come', () => {
    const landsByItself = { by: 'drone', inMs: 4_800 } as const;
    expect(said([{ hottestC: 80 }])).toEqual(['overheating']);
    expect(said([{ onGroundMs: 180_000 }])).toEqual(['warm-on-ground']);
    expect(said([{ link: 'stale' }])).toEqual(['link-weak']);
    expect(said([{ link: 'lost', landsByItself }])).toEqual(['link-lost', 'lands-by-itself']);
    expect(said([{ landsByItself: { by: 'hoverdeck', inMs: 5_001 } }])).toEqual([]);
  });

  it('count down while they last, and are said once', () => {
    const steps = Array.from({ length: 50 }, (_, nth) => ({
      landsByItself: { by: 'hoverdeck', inMs: 5_000 - nth * 100 } as const,
    }));
    expect(said(steps)).toEqual(['lands-by-itself']);
  });
});
