import { describe, expect, it } from 'vitest';
import { type ReadinessFacts, reasonsAgainst } from '../../../electron/flight/readiness.ts';
import { droneState } from './states.ts';

const ready: ReadinessFacts = {
  isOpen: true,
  link: 'fresh',
  phase: 'grounded',
  state: droneState({ batteryPercent: 80, highestTemperatureC: 60 }),
  isTakingOff: false,
  hasImuError: false,
  offNeutral: false,
};

describe('ready to take off, or why not', () => {
  it('is ready', () => {
    expect(reasonsAgainst(ready)).toEqual([]);
    expect(reasonsAgainst({ ...ready, phase: 'motors-stopped' })).toEqual([]);
  });

  it.each([
    ['no-drone', { isOpen: false }],
    ['state-missing', { link: 'none', state: null }],
    ['state-stale', { link: 'stale' }],
    ['taking-off', { isTakingOff: true }],
    ['already-flying', { phase: 'flying' }],
    ['phase-unknown', { phase: 'unknown' }],
    ['battery-low', { state: droneState({ batteryPercent: 9 }) }],
    ['too-hot', { state: droneState({ highestTemperatureC: 90 }) }],
    ['tilted', { state: droneState({ rollDegrees: -178 }) }],
    ['imu-error', { hasImuError: true }],
    ['sticks-not-neutral', { offNeutral: true }],
  ] as const)('is not: %s, with a tip', (code, part) => {
    const reasons = reasonsAgainst({ ...ready, ...part });
    expect(reasons.map((reason) => reason.code)).toEqual([code]);
    expect(reasons[0]?.tip).toMatch(/\.$/);
  });
});
