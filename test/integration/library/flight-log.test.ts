import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import piexif from 'piexif-ts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  FLIGHT_LOG_ENDING,
  type FlightLine,
  flightLineSchema,
} from '../../../shared/flight-log.ts';
import { eventually } from '../../support/eventually.ts';
import { type FlyingStation, startFlyingStation } from '../../support/flying-station.ts';
import { assertNoLeaks } from '../../support/leaks.ts';

assertNoLeaks();

let flying: FlyingStation;
beforeEach(async () => {
  flying = await startFlyingStation();
});
afterEach(() => flying.close());

const takeOff = async () => {
  await flying.controls().send('takeoff', { timeoutMs: 20_000 });
  return await eventually(
    () => flying.ask('flightLog.state', {}),
    (state) => state.flightId !== null,
  );
};

async function lines(fileName: string): Promise<FlightLine[]> {
  const text = await readFile(join(flying.films, fileName), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => flightLineSchema.parse(JSON.parse(line)));
}

const logs = async () => (await readdir(flying.films)).filter((n) => n.endsWith(FLIGHT_LOG_ENDING));

it('a flight is written down from before the motors turn until they stand still', async () => {
  const { fileName, flightId } = await takeOff();
  await flying.controls().land();
  await eventually(
    () => flying.ask('flightLog.state', {}),
    (state) => state.flightId === null,
    25_000,
  );
  await eventually(
    () => lines(fileName ?? ''),
    (all) => all.at(-1)?.type === 'end',
  );
  const all = await lines(fileName ?? '');
  expect(all[0]).toMatchObject({ type: 'begin', version: 1, flight: flightId, app: '0.0.0' });
  expect(all.at(-1)).toMatchObject({ type: 'end', why: 'landed' });
  const states = all.flatMap((line) => (line.type === 'state' ? [line] : []));
  expect(states[0]?.t).toBeLessThan(0);
  expect(Math.max(...states.map(({ heightCm = 0 }) => heightCm))).toBeGreaterThan(50);
  expect(states.at(-1)?.heightCm ?? 0).toBeLessThanOrEqual(0);
  expect(all.some((line) => line.type === 'link')).toBe(true);
  expect(await logs()).toEqual([fileName]);
});

it('what the pilot asks for is in it, with what became of it, and where the sticks went', async () => {
  await eventually(
    () => flying.ask('flight.state', {}),
    ({ ready }) => ready,
  );
  await flying.ask('flight.takeOff', {});
  const { fileName } = await flying.ask('flightLog.state', {});
  await flying.ask('flight.takeControls', {});
  const centred = { right: 0, forward: 0, up: 0, yaw: 0 };
  await flying.ask('flight.sticks', centred);
  const moved = (all: FlightLine[]) =>
    all.some((line) => line.type === 'sticks' && line.forward > 0);
  await eventually(async () => {
    await flying.ask('flight.sticks', { ...centred, forward: 30 });
    return await lines(fileName ?? '');
  }, moved);
  const isCommand = (line: FlightLine, command: string) =>
    line.type === 'command' && line.command === command;
  await flying.ask('flight.land', {});
  const all = await eventually(
    () => lines(fileName ?? ''),
    (seen) => seen.some((line) => isCommand(line, 'land')),
  );
  // Seen in the air before it is answered, as with a real one: then the answer is not waited for.
  expect(all.find((line) => isCommand(line, 'takeoff'))).toMatchObject({
    outcome: expect.stringMatching(/^(ok|cancelled)$/),
  });
  expect(all.some((line) => line.type === 'note' && line.words.startsWith('asked'))).toBe(true);
});

it('a photo knows how high and how it was taken, and the log knows the photo', async () => {
  const { fileName, flightId } = await takeOff();
  const { path, fileName: photo } = await flying.ask('capture.take', {});
  const jpeg = await readFile(path);
  const exif = piexif.load(jpeg.toString('latin1'));
  expect(exif).toMatchObject({ '0th': { 271: 'Ryze', 272: 'Tello', 305: 'Hoverdeck 0.0.0' } });
  const xmp = jpeg.toString('latin1');
  expect(/drone-dji:RelativeAltitude="\+(\d\.\d\d)"/.exec(xmp)?.[1]).toBeDefined();
  expect(xmp).toContain(`hoverdeck:FlightId="${flightId}"`);
  await eventually(
    () => lines(fileName ?? ''),
    (all) => all.some((line) => line.type === 'photo' && line.fileName === photo),
  );
});

it('nothing is written of a drone on the ground, nor where it is not wanted', async () => {
  expect((await flying.ask('flightLog.state', {})).flightId).toBeNull();
  await flying.ask('settings.set', { flightLog: false });
  await flying.controls().send('takeoff', { timeoutMs: 20_000 });
  expect(await flying.ask('flightLog.state', {})).toMatchObject({ flightId: null });
  await expect(readdir(flying.films)).rejects.toMatchObject({ code: 'ENOENT' });
});

it('a flight with a film becomes a table, JSON, and subtitles beside the film', async () => {
  await flying.ask('record.start', {});
  const { flightId } = await takeOff();
  await eventually(
    () => flying.ask('record.state', {}),
    (recording) => recording.durationMs > 5_000,
  );
  const { films } = await flying.ask('record.stop', {});
  await flying.controls().land();
  await eventually(
    () => flying.ask('flightLog.state', {}),
    (state) => state.flightId === null,
    25_000,
  );
  const { items } = await flying.ask('library.list', { kinds: ['flight'] });
  const id = items[0]?.id ?? '';
  const exported = async (format: 'csv' | 'json' | 'srt' | 'ass') => {
    const { files } = await flying.ask('flightLog.export', { id, format });
    return { name: files[0]?.fileName, text: await readFile(files[0]?.path ?? '', 'utf8') };
  };
  const table = await exported('csv');
  expect(table.name).toBe(`${flightId}.csv`);
  expect(table.text.split('\r\n').length).toBeGreaterThan(50);
  const json: unknown[] = JSON.parse((await exported('json')).text);
  expect(json.map((line) => flightLineSchema.parse(line).type)).toContain('film');
  const srt = await exported('srt');
  expect(srt.name).toBe(films[0]?.fileName.replace('.mp4', '.srt'));
  // Read back by FFmpeg: whole, and within the film.
  const seconds = probeSubtitles(join(flying.films, srt.name ?? ''));
  expect(seconds.length).toBeGreaterThan(5);
  expect(seconds[0]).toBeLessThan((films[0]?.durationMs ?? 0) / 1_000);
  expect(probeSubtitles(join(flying.films, (await exported('ass')).name ?? ''))).toHaveLength(
    seconds.length,
  );
});

function probeSubtitles(path: string): number[] {
  const text = execFileSync('ffprobe', [
    ...['-v', 'error', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', path],
  ]).toString();
  return text.trim().split('\n').map(Number);
}
