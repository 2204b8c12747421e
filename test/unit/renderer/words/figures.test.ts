import { describe, expect, it } from 'vitest';
import { droneFigures, type Figure, pictureFigures } from '../../../../renderer/words/figures.ts';
import type { DroneStatus } from '../../../../shared/status.ts';
import { sampleMeters } from '../../../support/sample-meters.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

function shown(list: Figure[], key: Figure['key']) {
  return list.find((figure) => figure.key === key)?.value;
}

const fresh = (changes: Parameters<typeof sampleStatus>[0] = {}) => ({
  status: sampleStatus(changes),
  ageMs: 0,
});

/** A drone's figures, `ageMs` after the status that brought them. */
function drone(drone: DroneStatus, ageMs = 0) {
  return droneFigures({ status: sampleStatus({ drone }), ageMs });
}

describe('figures of the picture', () => {
  it('are what the painter and the station measured', () => {
    const list = pictureFigures(fresh(), sampleMeters());
    expect(list.map(({ key, value }) => [key, value])).toEqual([
      ['delay', '5.0 / 13'],
      ['fps', '30'],
      ['bitrate', '3.2'],
      ['size', '960 × 720'],
      ['dropped', '3'],
    ]);
  });

  it('are never made up', () => {
    const list = pictureFigures(fresh({ video: null }), null);
    expect(list.map((figure) => figure.value)).toEqual(['–', '–', '–', '–', '–']);
  });

  it('are not another session’s', () => {
    const list = pictureFigures(fresh(), sampleMeters({ generation: 2 }));
    expect(shown(list, 'delay')).toBe('–');
    expect(shown(list, 'dropped')).toBe('2');
  });

  it('warn of a late picture', () => {
    const late = pictureFigures(fresh(), sampleMeters({ delayMs: { p50: 90, p95: 400 } }));
    expect(late[0]?.tone).toBe('degraded');
  });

  it('of a station that is gone grow old, and go', () => {
    const bitrate = (ageMs: number) =>
      pictureFigures({ status: sampleStatus(), ageMs }, null).find(({ key }) => key === 'bitrate');
    expect(bitrate(1_999)).toMatchObject({ value: '3.2', age: null });
    expect(bitrate(4_000)).toMatchObject({ value: '3.2', age: '4 s ago' });
    expect(bitrate(10_000)).toMatchObject({ value: '–', age: null });
  });
});

describe('figures of a drone', () => {
  it('keep their places while it has told nothing, and a camera has none', () => {
    const list = droneFigures(fresh({ drone: null }));
    expect(list.map(({ key, value }) => [key, value])).toEqual([
      ['battery', '–'],
      ['height', '–'],
      ['temperature', '–'],
    ]);
    expect(droneFigures(fresh({ source: { kind: 'webcam' }, drone: null }))).toEqual([]);
  });

  it('say how old they are after two seconds, and nothing after ten', () => {
    const battery = (stateAgeMs: number, statusAgeMs: number) =>
      drone({ batteryPercent: 8, ageMs: stateAgeMs }, statusAgeMs)[0];
    expect(battery(1_000, 900)).toMatchObject({ value: '8', age: null, tone: 'danger' });
    expect(battery(1_000, 1_000)).toMatchObject({ value: '8', age: '2 s ago' });
    expect(battery(9_000, 500)).toMatchObject({ value: '8', age: '9 s ago' });
    expect(battery(9_500, 500)).toMatchObject({ value: '–', age: null, tone: 'neutral' });
  });

  it.each([
    ['battery', { batteryPercent: 250 }, '–'],
    ['battery', { batteryPercent: -1 }, '–'],
    ['battery', { batteryPercent: Number.NaN }, '–'],
    ['battery', { batteryPercent: 0 }, '0'],
    ['battery', { batteryPercent: 100 }, '100'],
    ['height', { heightCm: 65_535 }, '–'],
    ['height', { heightCm: -30 }, '-0.3'],
    ['height', { heightCm: 140 }, '1.4'],
    ['temperature', { temperatureC: 999 }, '–'],
    ['temperature', { temperatureC: 63.4 }, '63'],
  ] as const)('%s of %o is %s', (key, facts, value) => {
    expect(shown(drone({ ...facts, ageMs: 0 }), key)).toBe(value);
  });

  it('warn of a low battery and of heat', () => {
    const tone = (batteryPercent: number) => drone({ batteryPercent, ageMs: 0 })[0]?.tone;
    expect([tone(50), tone(20), tone(8)]).toEqual(['neutral', 'degraded', 'danger']);
    expect(drone({ temperatureC: 85, ageMs: 0 })[2]?.tone).toBe('degraded');
  });
});
