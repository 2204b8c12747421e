import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../../shared/status.ts';
import { childrenRunning } from '../../support/children-of.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { MemoryPort } from '../../support/memory-port.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

const webcam = { source: { kind: 'webcam', device: 'test' } } as const;
const simulator = { source: { kind: 'simulator' } } as const;
let station: TestStation;

assertNoLeaks();

beforeEach(async () => {
  station = await startTestStation();
  // The other reader has the same suite, in the camera machine.
  await station.ask('settings.set', { reader: 'ffmpeg' });
});
afterEach(() => station.close());

const status = () => station.ask('status.get', {});
const until = (accept: (status: Status) => boolean, timeoutMs?: number) =>
  eventually(status, accept, timeoutMs);
const untilLive = () => until((now) => now.state === 'live');

function reader(): number {
  const pids = childrenRunning('webcam-reader');
  expect(pids, 'exactly one reader').toHaveLength(1);
  return pids[0] ?? 0;
}

describe('a camera in the station', () => {
  it('is live, photographed, and listed by name', async () => {
    expect(await station.ask('cameras.list', {})).toContainEqual(
      expect.objectContaining({ device: 'test', name: 'Test picture', synthetic: true }),
    );
    await station.ask('source.connect', webcam);
    await untilLive();
    expect(await status()).toMatchObject({
      sourceName: 'Test picture',
      video: { codec: 'jpeg', width: 1280, height: 720 },
      reader: { reader: 'ffmpeg', restarts: 0, lastReaderError: null },
    });
    const { path } = await station.ask('capture.take', {});
    expect(decodeJpeg(await readFile(path))).toMatchObject({ width: 1280, height: 720 });
    expect(decodeJpeg(await station.station.snapshot())).toMatchObject({ width: 1280 });
  });

  it('has one reader, however many watch', async () => {
    await station.ask('source.connect', webcam);
    await untilLive();
    const ports = [new MemoryPort(), new MemoryPort()];
    for (const port of ports) {
      station.station.attachViewer(port, 'window');
      port.say({ type: 'ready' });
    }
    await eventually(
      () => ports.map((port) => port.frames().length),
      (counts) => counts.every((count) => count > 1),
    );
    reader();
  });

  it('comes back by itself when its reader dies, and the status says so', async () => {
    await station.ask('source.connect', webcam);
    await untilLive();
    process.kill(reader(), 'SIGKILL');
    const lost = await until((now) => now.state === 'reconnecting');
    expect(lost.error).toMatchObject({ code: 'reader-crashed', tip: expect.stringMatching(/\S/) });
    expect(lost.reader, 'known while there is none').toMatchObject({ reader: 'ffmpeg' });
    const back = await until((now) => now.state === 'live');
    expect(back.reader).toMatchObject({
      restarts: 1,
      lastReaderError: { code: 'reader-crashed' },
    });
    reader();
  });

  it('that hangs costs its own process only: all is answered meanwhile, and it comes back', async () => {
    await station.ask('source.connect', webcam);
    await untilLive();
    const hung = reader();
    process.kill(hung, 'SIGSTOP');
    await until((now) => now.state === 'reconnecting');
    // Still stopped, and the station answers everything.
    expect(reader()).toBe(hung);
    expect(await station.request('capture.take', {})).toMatchObject({
      error: { code: 'stale-picture' },
    });
    const killed = await until((now) => now.error?.code === 'camera-hung', 20_000);
    expect(killed.state).toBe('reconnecting');
    await untilLive();
    expect(reader()).not.toBe(hung);
  });

  it('can be left while it hangs', async () => {
    await station.ask('source.connect', webcam);
    await untilLive();
    process.kill(reader(), 'SIGSTOP');
    await station.ask('source.connect', simulator);
    await until((now) => now.state === 'live' && now.source?.kind === 'simulator');
    expect(childrenRunning('webcam-reader')).toEqual([]);
  });

  it('is switched with the drone and back, as often as one likes', async () => {
    for (let i = 0; i < 3; i++) {
      for (const choice of [webcam, simulator]) {
        const { generation } = await station.ask('source.connect', choice);
        await until((now) => now.state === 'live' && now.generation === generation);
      }
    }
    await station.ask('source.disconnect', {});
    expect(childrenRunning('webcam-reader')).toEqual([]);
    expect(childrenRunning('simulator')).toEqual([]);
  });

  it('that is not there fails plainly, and is not tried for ever', async () => {
    await station.ask('source.connect', { source: { kind: 'webcam', device: 'No such camera' } });
    const failed = await until((now) => now.state === 'failed');
    expect(failed.error).toMatchObject({ code: 'no-camera', tip: expect.stringMatching(/\S/) });
    expect(childrenRunning('webcam-reader')).toEqual([]);
  });
});
