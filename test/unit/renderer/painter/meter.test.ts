import { describe, expect, it } from 'vitest';
import { Meter } from '../../../../renderer/painter/meter.ts';

const size = { width: 960, height: 720 };
const S = 1_000_000;

describe('the painter’s meter', () => {
  it('says nothing it has not measured', () => {
    expect(new Meter(3, 0).read(S, null)).toEqual({
      generation: 3,
      width: 0,
      height: 0,
      fps: 0,
      delayMs: null,
      firstPictureMs: null,
      framesDrawn: 0,
      longestGapMs: 0,
      framesDropped: 0,
      decodeErrors: 0,
      pictureAgeMs: null,
      unable: null,
    });
  });

  it('forgets that a stream could not be shown as soon as a picture is', () => {
    const meter = new Meter(1, 0);
    meter.unable({ kind: 'no-decoder' });
    expect(meter.read(S, null).unable).toEqual({ kind: 'no-decoder' });
    meter.drawn({ nowUs: S, capturedAtUs: S, delayMs: null }, size);
    expect(meter.read(S, null).unable).toBeNull();
  });

  it('counts what was drawn in the last second, and how old the newest picture is', () => {
    const meter = new Meter(1, 0);
    for (let i = 1; i <= 60; i++) {
      const nowUs = (i * S) / 30;
      meter.drawn({ nowUs, capturedAtUs: nowUs + 50 * S - 5_000, delayMs: 5 }, size);
    }
    expect(meter.read(2 * S + 1, 52 * S)).toMatchObject({
      fps: 30,
      framesDrawn: 60,
      delayMs: { p50: 5, p95: 5 },
      firstPictureMs: expect.closeTo(33.3, 0),
      pictureAgeMs: expect.closeTo(5, 0),
    });
    expect(meter.read(10 * S, 60 * S)).toMatchObject({
      fps: 0,
      delayMs: null,
      pictureAgeMs: 8_005,
    });
  });

  it('knows a picture’s age from its own clock until the station’s is known', () => {
    const meter = new Meter(1, 0);
    meter.drawn({ nowUs: S, capturedAtUs: 99 * S, delayMs: null }, size);
    expect(meter.read(4 * S, null)).toMatchObject({ pictureAgeMs: 3_000, delayMs: null });
  });
});
