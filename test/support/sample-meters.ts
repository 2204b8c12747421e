import type { Meters } from '../../renderer/painter/messages.ts';

export function sampleMeters(changes: Partial<Meters> = {}): Meters {
  return {
    generation: 3,
    width: 960,
    height: 720,
    fps: 30,
    delayMs: { p50: 5.04, p95: 12.6 },
    firstPictureMs: 90,
    framesDrawn: 300,
    longestGapMs: 41,
    framesDropped: 1,
    decodeErrors: 0,
    pictureAgeMs: 20,
    unable: null,
    ...changes,
  };
}
