import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Kept } from '../../../shared/recording.ts';
import { childrenRunning } from '../../support/children-of.ts';
import { eventually } from '../../support/eventually.ts';
import { decodeFilm, probeFilm } from '../../support/film.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

assertNoLeaks();

let station: TestStation;
let films: string;

beforeEach(async () => {
  station = await startTestStation();
  films = join(station.folder, 'pictures', 'Hoverdeck');
});
afterEach(() => station.close());

async function live(): Promise<void> {
  await eventually(
    () => station.ask('status.get', {}),
    (status) => status.state === 'live',
  );
}

const recorded = (ms: number) =>
  eventually(
    () => station.ask('record.state', {}),
    (recording) => recording.durationMs >= ms,
  );

describe('a recording of the drone', () => {
  beforeEach(async () => {
    await station.ask('source.connect', { source: { kind: 'simulator' } });
    await live();
  });

  it('is a film that every picture of can be decoded, with the times they were taken at', async () => {
    await sleep(500);
    const begun = await station.ask('record.start', {});
    expect(begun).toMatchObject({ phase: 'recording', sourceName: 'Simulated drone', error: null });
    await recorded(2_000);
    const kept = await station.ask('record.stop', {});
    expect(kept).toMatchObject({ why: 'asked', error: null });
    const [film] = kept.films;
    expect(kept.films).toHaveLength(1);
    expect(await readdir(films)).toEqual([film?.fileName]);
    const path = film?.path ?? '';
    const { codec, width, height, times, durationS } = probeFilm(path);
    expect({ codec, width, height }).toEqual({ codec: 'h264', width: 960, height: 720 });
    expect(decodeFilm(path)).toHaveLength(times.length);
    expect(times[0]).toBe(0);
    expect(durationS).toBeCloseTo((film?.durationMs ?? 0) / 1_000, 1);
    expect(childrenRunning('recorder')).toEqual([]);
  });

  it('is announced, and another one is refused while it runs', async () => {
    const told: Kept[] = [];
    station.station.on('kept', (kept) => told.push(kept));
    const [first, second] = await Promise.all([
      station.request('record.start', {}),
      station.request('record.start', {}),
    ]);
    expect([first.ok, second.ok]).toEqual([true, false]);
    expect(second).toMatchObject({ error: { code: 'busy' } });
    await recorded(500);
    const kept = await Promise.all([
      station.ask('record.stop', {}),
      station.ask('record.stop', {}),
    ]);
    expect(kept[0]).toEqual(kept[1]);
    expect(told).toEqual([kept[0]]);
    expect(await station.request('record.stop', {})).toMatchObject({
      error: { code: 'not-found' },
    });
  });

  it('ends with its source', async () => {
    const told: Kept[] = [];
    station.station.on('kept', (kept) => told.push(kept));
    await station.ask('record.start', {});
    await recorded(500);
    await station.ask('source.disconnect', {});
    await eventually(
      () => told.length,
      (count) => count === 1,
    );
    expect(told[0]).toMatchObject({ why: 'source-closed', error: null });
    decodeFilm(told[0]?.films[0]?.path ?? '');
  });
});

it('of nothing is refused', async () => {
  expect(await station.request('record.start', {})).toMatchObject({
    error: { code: 'not-connected' },
  });
});

it('of a webcam is encoded once', async () => {
  await station.ask('source.connect', { source: { kind: 'webcam', device: 'test' } });
  await live();
  await station.ask('record.start', {});
  await recorded(1_500);
  const { films: kept } = await station.ask('record.stop', {});
  const path = kept[0]?.path ?? '';
  const { codec, times } = probeFilm(path);
  expect(codec).toBe('h264');
  expect(decodeFilm(path)).toHaveLength(times.length);
});

it('of a webcam keeps its own pictures where that is wanted', async () => {
  await station.ask('settings.set', { keepCameraJpeg: true });
  await station.ask('source.connect', { source: { kind: 'webcam', device: 'test' } });
  await live();
  await station.ask('record.start', {});
  await recorded(1_000);
  const { films: kept } = await station.ask('record.stop', {});
  const path = kept[0]?.path ?? '';
  expect(path).toMatch(/\.mov$/);
  const { codec, times } = probeFilm(path);
  expect(codec).toBe('mjpeg');
  expect(decodeFilm(path)).toHaveLength(times.length);
});
