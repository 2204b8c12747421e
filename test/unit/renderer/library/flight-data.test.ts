import { describe, expect, it } from 'vitest';
import { placeAt, readFlight } from '../../../../renderer/library/replay/flight-data.ts';

const lines = (...all: object[]) => all.map((line) => JSON.stringify(line)).join('\n');

describe('a flight log as it is looked at', () => {
  it('has columns of one length, and nothing where nothing was said', () => {
    const data = readFlight(
      lines(
        { t: 0, type: 'state', heightCm: 80, batteryPercent: 90 },
        { t: 100, type: 'state', xSpeedDmS: 3, ySpeedDmS: -4, zSpeedDmS: -2 },
      ),
    );
    expect(data.seconds).toEqual([0, 0.1]);
    expect(data.heightM).toEqual([0.8, null]);
    expect(data.speedMs).toEqual([null, 0.5]);
    expect(data.climbMs).toEqual([null, 0.2]);
    expect(data.batteryPercent).toEqual([90, null]);
  });

  it('draws the path from speed and heading: a square comes back to where it began', () => {
    const states = [];
    for (let side = 0; side < 4; side++) {
      for (let i = 0; i < 10; i++) {
        const t = (side * 10 + i) * 100;
        states.push({ t, type: 'state', xSpeedDmS: 10, ySpeedDmS: 0, yawDegrees: side * 90 });
      }
    }
    const { path } = readFlight(lines(...states));
    expect(Math.max(...path.x)).toBeCloseTo(1, 1);
    expect(path.x.at(-1)).toBeCloseTo(0, 0);
    expect(path.y.at(-1)).toBeCloseTo(0, 0);
  });

  it('a gap is no journey', () => {
    const state = { type: 'state', xSpeedDmS: 10, ySpeedDmS: 0, yawDegrees: 0 };
    const { path } = readFlight(lines({ t: 0, ...state }, { t: 60_000, ...state }));
    expect(path.y.at(-1)).toBeLessThanOrEqual(0.5);
  });

  it('reads what can be read of a damaged one, and counts the rest', () => {
    const whole = lines({ t: 0, type: 'state', heightCm: 10 }, { t: 1, type: 'film', name: 'a' });
    const data = readFlight(`${whole}\n{"t":2,"type":"sta\n[]\nfoo`);
    expect(data).toMatchObject({ unread: 3, films: [{ name: 'a', second: 0.001 }] });
  });

  it('finds the newest that is not later', () => {
    const seconds = [0, 1, 2, 3];
    expect([-1, 0, 0.9, 1, 2.5, 99].map((second) => placeAt(seconds, second))).toEqual([
      0, 0, 0, 1, 2, 3,
    ]);
    expect(placeAt([], 5)).toBe(0);
  });
});
