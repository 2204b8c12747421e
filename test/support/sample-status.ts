import type { Status } from '../../shared/status.ts';

/** A live session with the simulated drone; a test changes what it is about. */
export function sampleStatus(changes: Partial<Status> = {}): Status {
  return {
    state: 'live',
    phase: 'streaming',
    stateAgeMs: 1_000,
    generation: 3,
    source: { kind: 'simulator' },
    sourceName: 'Simulated drone',
    video: {
      codec: 'avc1.4D4028',
      width: 960,
      height: 720,
      fps: 29.97,
      bitrateBps: 3_240_000,
      framesReceived: 900,
      framesDropped: 2,
      loss: { framesLost: 0, framesHealed: 0 },
      datagrams: 9_000,
      lastFrameAgeMs: 12,
    },
    consumers: [],
    drone: { batteryPercent: 87, ageMs: 40 },
    reader: null,
    links: null,
    error: null,
    ...changes,
  };
}
