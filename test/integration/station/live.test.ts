import { createSocket } from 'node:dgram';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Status } from '../../../shared/status.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { MemoryPort } from '../../support/memory-port.ts';
import { freeUdpPorts, startSimulator, type TestSimulator } from '../../support/simulator.ts';
import { startTestStation, type TestStation } from '../../support/test-station.ts';

const simulated = { source: { kind: 'simulator' } } as const;
let station: TestStation;

// First, because vitest runs the last `afterEach` first: everything is closed when this one looks.
assertNoLeaks();

beforeEach(async () => {
  station = await startTestStation();
});
afterEach(() => station.close());

const status = () => station.ask('status.get', {});
const until = (accept: (status: Status) => boolean, timeoutMs?: number) =>
  eventually(status, accept, timeoutMs);
const untilLive = (generation?: number) =>
  until(
    (now) => now.state === 'live' && (generation === undefined || now.generation === generation),
  );
const photosIn = (folder: string) => readdir(join(folder, 'pictures', 'Hoverdeck')).catch(() => []);

describe('the simulated drone', () => {
  it('is live after one request, with true figures and a true picture', async () => {
    await station.ask('source.connect', simulated);
    await untilLive();
    const now = await until((seen) => (seen.video?.framesReceived ?? 0) > 60);
    expect(now).toMatchObject({
      sourceName: 'Simulated drone',
      error: null,
      video: { codec: 'avc1.4D4028', width: 960, height: 720, framesDropped: 0 },
      drone: { batteryPercent: expect.any(Number) },
    });
    expect(now.video?.fps).toBeGreaterThan(20);
    expect(now.video?.bitrateBps).toBeGreaterThan(200_000);
    expect(now.video?.datagrams).toBeGreaterThan(60);

    const first = decodeJpeg(await station.station.snapshot());
    expect(first).toMatchObject({ width: 960, height: 720 });
    await until((seen) => (seen.video?.framesReceived ?? 0) > (now.video?.framesReceived ?? 0) + 5);
    const second = decodeJpeg(await station.station.snapshot());
    expect(second.code?.frame).toBeGreaterThan(first.code?.frame ?? Number.POSITIVE_INFINITY);
    expect(Math.abs(Date.now() - (second.code?.timeMs ?? 0))).toBeLessThan(10_000);
  });

  it('gives a second viewer its first picture from the cache', async () => {
    await station.ask('source.connect', simulated);
    await untilLive();
    const port = new MemoryPort();
    station.station.attachViewer(port, 'window');
    expect(port.received).toEqual([]);
    port.say({ type: 'ready' });
    expect(port.received[0]).toMatchObject({ type: 'format', width: 960, height: 720 });
    expect(port.frames()[0]).toMatchObject({ keyframe: true });
    expect(port.frames().at(-1)).toMatchObject({ catchUp: false });
  });

  it('comes and goes as fast as one can click, and leaves nothing behind', async () => {
    const source = simulated.source;
    for (let i = 0; i < 12; i++) {
      void station.request('source.connect', { source });
      if (i % 2 === 1) void station.request('source.disconnect', {});
      if (i % 4 === 0) await new Promise((resolve) => setTimeout(resolve, i * 30));
    }
    const { generation } = await station.ask('source.connect', { source });
    await untilLive(generation);
    await station.ask('source.disconnect', {});
    expect(await status()).toMatchObject({ state: 'idle', video: null, source: null });
  });

  it('keeps a photo: whole, named, listed, with a thumbnail', async () => {
    await station.ask('source.connect', simulated);
    await untilLive();
    const capture = await station.ask('capture.take', {});
    expect(capture).toMatchObject({
      width: 960,
      height: 720,
      format: 'jpeg',
      sourceName: 'Simulated drone',
    });
    expect(await photosIn(station.folder)).toEqual([capture.fileName]);
    const file = await readFile(capture.path);
    expect(file.byteLength).toBe(capture.sizeBytes);
    expect(decodeJpeg(file).code).not.toBeNull();
    const thumbnail = station.station.thumbnail(capture.id);
    expect(thumbnail && decodeJpeg(thumbnail)).toMatchObject({ width: 320, height: 240 });
    expect(await station.ask('capture.list', {})).toEqual([capture]);
    const kept = await station.station.picture(capture.id);
    expect(kept?.format).toBe('jpeg');
    expect(file.equals(kept?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(await station.station.picture('none')).toBeUndefined();
    await rm(capture.path);
    await expect(station.station.picture(capture.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('keeps a PNG, and a picture as viewed, when asked to', async () => {
    await station.ask('source.connect', simulated);
    await untilLive();
    await station.ask('settings.set', { photoFormat: 'png', rotateDegrees: 90, mirror: true });
    const upright = await station.ask('capture.take', {});
    expect(upright).toMatchObject({ format: 'png', width: 960, height: 720 });
    const signature = (await readFile(upright.path)).subarray(0, 8).toString('latin1');
    expect(signature).toBe('\x89PNG\r\n\x1a\n');
    await station.ask('settings.set', { photoAsViewed: true });
    expect(await station.ask('capture.take', {})).toMatchObject({ width: 720, height: 960 });
  });

  it('takes one of a hundred photos asked for at once; the others are told when to come back', async () => {
    await station.ask('source.connect', simulated);
    await untilLive();
    const results = await Promise.all(
      Array.from({ length: 100 }, () => station.request('capture.take', {})),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    for (const result of results.filter((each) => !each.ok)) {
      expect(result).toMatchObject({ error: { code: 'busy', retryAfterMs: expect.any(Number) } });
    }
    expect(await photosIn(station.folder)).toHaveLength(1);
    expect((await station.request('capture.take', {})).ok).toBe(true);
  });

  it('holds the last ten photos at hand', async () => {
    await station.ask('source.connect', simulated);
    await untilLive();
    const taken: string[] = [];
    for (let i = 0; i < 12; i++) taken.unshift((await station.ask('capture.take', {})).id);
    const listed = (await station.ask('capture.list', {})).map((capture) => capture.id);
    expect(listed).toEqual(taken.slice(0, 10));
    expect(station.station.thumbnail(taken[11] ?? '')).toBeUndefined();
    expect(await photosIn(station.folder)).toHaveLength(12);
  });

  it('finishes a photo, or says what failed, when the source is switched meanwhile', async () => {
    await station.ask('source.connect', simulated);
    await untilLive();
    for (let i = 0; i < 3; i++) {
      const pending = station.request('capture.take', {});
      const { generation } = await station.ask('source.connect', simulated);
      const result = await pending;
      if (!result.ok) expect(result.error.message).toMatch(/\S/);
      await untilLive(generation);
    }
    const kept = await station.ask('capture.list', {});
    const onDisk = await photosIn(station.folder);
    expect(onDisk.sort()).toEqual(kept.map((capture) => capture.fileName).sort());
    for (const capture of kept)
      expect(decodeJpeg(await readFile(capture.path)).code).not.toBeNull();
  });

  it('refuses a photo where there is no picture, and says why', async () => {
    expect(await station.request('capture.take', {})).toMatchObject({
      error: { code: 'not-connected' },
    });
  });
});

describe('a drone with faults', () => {
  let drone: TestSimulator;
  afterEach(() => drone.close());

  async function connect(args: readonly string[] = []): Promise<void> {
    drone = await startSimulator(args);
    await station.ask('source.connect', { source: drone.source });
  }

  /** Shows a picture again within one group of pictures and a little. */
  const pictureIsBack = async () => {
    const before = (await status()).video?.framesReceived ?? 0;
    await until((now) => now.state === 'live' && (now.video?.framesReceived ?? 0) > before + 10);
    expect(decodeJpeg(await station.station.snapshot())).toMatchObject({ width: 960, height: 720 });
  };

  it.each([
    ['half a percent of loss', { loss: 0.005 }],
    ['five percent of loss', { loss: 0.05 }],
    ['reordering', { reorder: 0.02 }],
    ['duplicates', { duplicate: 0.05 }],
    ['all of them', { loss: 0.02, reorder: 0.02, duplicate: 0.02 }],
  ])('stays live through %s, and is clean afterwards', async (_what, faults) => {
    await connect(['--seed', '7']);
    await untilLive();
    await drone.setFaults(faults);
    const begun = (await status()).video?.framesReceived ?? 0;
    await until((now) => (now.video?.framesReceived ?? 0) > begun + 60, 20_000);
    await station.station.snapshot();
    await drone.setFaults({ loss: 0, reorder: 0, duplicate: 0 });
    await pictureIsBack();
  });

  it('says when it is silent, refuses old pictures, and comes back by itself', async () => {
    await connect();
    await untilLive();
    await drone.setFaults({ silenceAfterS: 0 });
    const silent = await until((now) => now.state === 'reconnecting');
    expect(silent).toMatchObject({
      phase: 'silent',
      error: { code: 'video-lost', tip: expect.any(String) },
    });
    expect(await station.request('capture.take', {})).toMatchObject({
      error: { code: 'stale-picture' },
    });
    await expect(station.station.snapshot()).rejects.toMatchObject({ code: 'stale-picture' });
    await drone.setFaults({ silenceAfterS: null });
    await pictureIsBack();
    expect(await status()).toMatchObject({ state: 'live', error: null });
  });

  it('with its video blocked is a state of its own, with a tip about the firewall', async () => {
    await connect(['--no-video']);
    const blocked = await until((now) => now.phase === 'no-video');
    expect(blocked).toMatchObject({ state: 'connecting', error: { code: 'no-video' } });
    expect(blocked.error?.tip).toMatch(/firewall/i);
    expect(blocked.error?.tip).toContain(String(drone.source.ports.video));
    await drone.setFaults({ noVideo: false });
    await pictureIsBack();
  });

  it('that sends P slices only shows no picture and says so, until a keyframe comes', async () => {
    await connect(['--p-frames-only']);
    const waiting = await until((now) => now.error !== null);
    expect(waiting).toMatchObject({
      state: 'connecting',
      phase: 'waiting-for-keyframe',
      error: { code: 'no-keyframe' },
      video: null,
    });
    expect(await station.request('capture.take', {})).toMatchObject({
      error: { code: 'no-picture' },
    });
    await drone.setFaults({ pFramesOnly: false });
    await pictureIsBack();
  });

  it('may begin in the middle of a group, with a binary datagram, late and lost answers', async () => {
    await connect([
      '--start-mid-gop',
      '--garbage-first',
      '--answer-delay',
      '300',
      '--lose-answers',
      '0.3',
      '--seed',
      '5',
    ]);
    await pictureIsBack();
  });

  it('may change its resolution; viewers are told', async () => {
    await connect();
    await untilLive();
    const port = new MemoryPort();
    station.station.attachViewer(port, 'window');
    port.say({ type: 'ready' });
    await drone.setFaults({ resolutionChangeAfterS: 0 });
    await eventually(
      () => {
        port.acknowledgeAll();
        return port.received;
      },
      (received) => received.some((each) => each.type === 'format' && each.width === 640),
    );
    expect((await status()).video).toMatchObject({ width: 640, height: 480 });
    expect(decodeJpeg(await station.station.snapshot())).toMatchObject({ width: 640, height: 480 });
  });

  it('that does not answer fails with a tip, within seconds, and can be given up at once', async () => {
    await connect();
    await station.ask('source.disconnect', {});
    const [command = 0, state = 0, video = 0] = await freeUdpPorts(3);
    const nobody = { ...drone.source, ports: { command, state, video } };
    await station.ask('source.connect', { source: nobody });
    expect((await status()).state).toBe('connecting');
    await station.ask('source.disconnect', {});
    expect((await status()).state).toBe('idle');
    await station.ask('source.connect', { source: nobody });
    const failed = await until((now) => now.state === 'failed');
    expect(failed.error).toMatchObject({
      code: 'drone-unreachable',
      tip: expect.stringMatching(/wi-?fi/i),
    });
  });

  it('whose video port is taken names the port', async () => {
    drone = await startSimulator();
    const other = createSocket('udp4');
    await new Promise<void>((resolve) => other.bind(drone.source.ports.video, resolve));
    try {
      await station.ask('source.connect', { source: drone.source });
      const failed = await until((now) => now.state === 'failed');
      expect(failed.error?.code).toBe('port-in-use');
      expect(failed.error?.message).toContain(String(drone.source.ports.video));
    } finally {
      await new Promise<void>((resolve) => other.close(resolve));
    }
  });
});
