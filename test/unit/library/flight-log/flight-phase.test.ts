import { expect, it } from 'vitest';
import { FlightPhase } from '../../../../electron/library/flight-log/flight-phase.ts';
import type { DroneState } from '../../../../electron/video/drone-controls.ts';

const state = (part: Omit<DroneState, 'fields'>): DroneState => ({ ...part, fields: new Map() });

it('flies while the motors’ seconds go up, and a little longer', () => {
  const phase = new FlightPhase();
  expect(phase.update(state({ motorSeconds: 7, heightCm: 0 }), 1_000)).toBe(false);
  expect(phase.update(state({ motorSeconds: 7, heightCm: 0 }), 90_000)).toBe(false);
  expect(phase.update(state({ motorSeconds: 8, heightCm: 0 }), 91_000)).toBe(true);
  expect(phase.update(state({ motorSeconds: 8, heightCm: 0 }), 94_000)).toBe(true);
  expect(phase.update(state({ motorSeconds: 8, heightCm: 0 }), 96_000)).toBe(false);
});

it('a drone switched off and on is not one that flies', () => {
  const phase = new FlightPhase();
  phase.update(state({ motorSeconds: 120 }), 1_000);
  expect(phase.update(state({ motorSeconds: 0 }), 2_000)).toBe(false);
});

it('one that is held in the hand does not fly, one that does not count its seconds may', () => {
  const phase = new FlightPhase();
  phase.update(state({ motorSeconds: 0, heightCm: 120 }), 1_000);
  expect(phase.update(state({ motorSeconds: 0, heightCm: 120 }), 2_000)).toBe(false);
  const uncounted = new FlightPhase();
  expect(uncounted.update(state({ heightCm: 120 }), 1_000)).toBe(true);
  expect(uncounted.update(state({ heightCm: 0 }), 2_000)).toBe(false);
});
