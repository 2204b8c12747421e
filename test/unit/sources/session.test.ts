import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StationError } from '../../../electron/base/failures.ts';
import { SourceSession } from '../../../electron/sources/session.ts';
import { takeCachedGroup } from '../../../electron/video/cached-group.ts';
import { FrameHub } from '../../../electron/video/frame-hub.ts';
import { Viewers } from '../../../electron/video/viewers.ts';
import { MemoryPort } from '../../support/memory-port.ts';
import { type ScriptedLife, scriptedSource, someFrame } from '../../support/scripted-source.ts';

const simulator = { kind: 'simulator' } as const;
const webcam = { kind: 'webcam' } as const;
const gone = () => new StationError('camera-lost', 'It is gone.', { recoverable: true });
const forbidden = () => new StationError('camera-permission', 'It is forbidden.');

let source: ReturnType<typeof scriptedSource>;
let hub: FrameHub;
let viewers: Viewers;
let session: SourceSession;
let changes: string[];
let reports: unknown[];

beforeEach(() => {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  source = scriptedSource();
  hub = new FrameHub((_what, error) => reports.push(error));
  viewers = new Viewers(hub);
  changes = [];
  reports = [];
  session = new SourceSession({
    open: source.open,
    hub,
    onChange: () => changes.push(session.status().state),
    report: (_what, error) => reports.push(error),
  });
});

afterEach(async () => {
  await session.disconnect();
  expect(source.openNow(), 'sources left open').toBe(0);
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

/** Lets everything that waits on promises go on. */
const settle = () => vi.advanceTimersByTimeAsync(0);

async function life(index: number): Promise<ScriptedLife> {
  await settle();
  const found = source.lives[index];
  if (!found) throw new Error(`the source was opened ${source.lives.length} times`);
  return found;
}

describe('a session', () => {
  it('goes idle → connecting → live → idle', async () => {
    expect(session.status()).toMatchObject({ state: 'idle', source: null, video: null });
    session.connect(simulator);
    expect(session.status()).toMatchObject({
      state: 'connecting',
      phase: 'opening',
      sourceName: 'Simulated drone',
    });
    const first = await life(0);
    first.succeed();
    await settle();
    expect(session.status()).toMatchObject({
      state: 'connecting',
      sourceName: 'Scripted simulator',
    });
    first.listener.frame(someFrame({ keyframe: true }));
    expect(session.status()).toMatchObject({ state: 'live', phase: 'streaming', error: null });
    await session.disconnect();
    expect(session.status()).toMatchObject({
      state: 'idle',
      source: null,
      sourceName: null,
      video: null,
    });
    expect(first.disposed).toBe(true);
    expect(takeCachedGroup(hub, 'test')).toEqual([]);
  });

  it('tells how long its state lasts, whatever the wall clock does', async () => {
    session.connect(simulator);
    (await life(0)).succeed();
    await settle();
    vi.setSystemTime(Date.now() + 86_400_000);
    expect(session.status().stateAgeMs).toBeLessThan(1_000);
    vi.setSystemTime(Date.now() - 2 * 86_400_000);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(session.status().stateAgeMs).toBe(3_000);
  });

  it('fails at once where waiting would not help', async () => {
    session.connect(webcam);
    (await life(0)).fail(forbidden());
    await settle();
    expect(session.status()).toMatchObject({
      state: 'failed',
      error: { code: 'camera-permission' },
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(source.lives).toHaveLength(1);
  });

  it('tries again after 1, 2, 5, 10, 10 s where waiting may help', async () => {
    session.connect(webcam);
    const openedAt: number[] = [];
    const begin = Date.now();
    for (let i = 0; i < 6; i++) {
      (await life(i)).fail(gone());
      openedAt.push(Date.now() - begin);
      await settle();
      expect(session.status()).toMatchObject({ state: 'reconnecting', phase: 'waiting-to-retry' });
      while (source.lives.length === i + 1) await vi.advanceTimersByTimeAsync(500);
    }
    expect(openedAt).toEqual([0, 1_000, 3_000, 8_000, 18_000, 28_000]);
  });

  it('once it has worked, wants the source back whatever the error', async () => {
    session.connect(webcam);
    const first = await life(0);
    first.succeed();
    await settle();
    first.listener.frame(someFrame({ keyframe: true }));
    first.listener.lost(gone());
    await settle();
    expect(first.disposed).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    (await life(1)).fail(new StationError('no-camera', 'No camera.'));
    await settle();
    expect(session.status()).toMatchObject({ state: 'reconnecting', error: { code: 'no-camera' } });
    await vi.advanceTimersByTimeAsync(2_000);
    const third = await life(2);
    third.succeed();
    await settle();
    third.listener.frame(someFrame({ keyframe: true }));
    expect(session.status()).toMatchObject({ state: 'live', error: null });
  });

  it('begins with the shortest delay again after a minute of health', async () => {
    session.connect(webcam);
    (await life(0)).fail(gone());
    await vi.advanceTimersByTimeAsync(1_000);
    (await life(1)).fail(gone());
    await vi.advanceTimersByTimeAsync(2_000);
    const healthy = await life(2);
    healthy.succeed();
    await settle();
    healthy.listener.frame(someFrame({ keyframe: true }));
    await vi.advanceTimersByTimeAsync(61_000);
    healthy.listener.lost(gone());
    await vi.advanceTimersByTimeAsync(1_000);
    expect(source.lives).toHaveLength(4);
  });

  it('shows a picture older than two seconds as reconnecting, and comes back by itself', async () => {
    session.connect(simulator);
    const first = await life(0);
    first.succeed();
    await settle();
    first.listener.frame(someFrame({ keyframe: true }));
    await vi.advanceTimersByTimeAsync(1_900);
    expect(session.status().state).toBe('live');
    await vi.advanceTimersByTimeAsync(400);
    expect(session.status()).toMatchObject({
      state: 'reconnecting',
      phase: 'silent',
      error: { code: 'video-lost' },
    });
    first.listener.frame(someFrame());
    expect(session.status()).toMatchObject({ state: 'live', error: null });
  });

  it('passes on what the source says of itself while no picture comes', async () => {
    session.connect(simulator);
    const first = await life(0);
    first.succeed();
    await settle();
    first.listener.phase(
      'no-video',
      new StationError('no-video', 'No picture.', { tip: 'Firewall?' }),
    );
    expect(session.status()).toMatchObject({
      state: 'connecting',
      phase: 'no-video',
      error: { tip: 'Firewall?' },
    });
    first.listener.frame(someFrame({ keyframe: true }));
    first.listener.phase('silent', new StationError('video-lost', 'Lost.'));
    expect(session.status()).toMatchObject({ state: 'reconnecting', phase: 'silent' });
  });

  it('never has two sources open, however fast one clicks', async () => {
    const port = new MemoryPort();
    viewers.attach(port, 'window');
    port.say({ type: 'ready' });
    let most = 0;
    for (let i = 0; i < 50; i++) {
      session.connect(i % 2 === 0 ? simulator : webcam);
      if (i % 3 === 0) await settle();
      if (i % 5 === 0) source.lives.at(-1)?.succeed();
      most = Math.max(most, source.openNow());
      if (i % 7 === 0) void session.disconnect();
    }
    const generation = session.connect(webcam);
    await settle();
    const last = source.lives.at(-1);
    last?.succeed();
    await settle();
    last?.listener.frame(someFrame({ keyframe: true }));
    expect(most).toBeLessThanOrEqual(1);
    expect(source.openNow()).toBe(1);
    expect(session.status()).toMatchObject({ state: 'live', generation });
    expect(port.frames().map((frame) => frame.generation)).toEqual([generation]);
  });

  it('hears nothing from a source that is not wanted any more', async () => {
    session.connect(simulator);
    const first = await life(0);
    first.succeed();
    await settle();
    first.listener.frame(someFrame({ keyframe: true }));
    session.connect(webcam);
    first.listener.frame(someFrame({ keyframe: true }));
    first.listener.lost(gone());
    first.listener.phase('silent', gone());
    expect(session.status()).toMatchObject({
      state: 'connecting',
      phase: 'opening',
      error: null,
      video: null,
    });
    expect(takeCachedGroup(hub, 'test')).toEqual([]);
  });

  it('disconnects during opening and leaves nothing', async () => {
    session.connect(simulator);
    const first = await life(0);
    await session.disconnect();
    expect(first.signal.aborted).toBe(true);
    expect(session.status().state).toBe('idle');
    expect(changes.at(-1)).toBe('idle');
  });

  it('reports what nobody foresaw and stays usable', async () => {
    session.connect(simulator);
    (await life(0)).fail(new TypeError('boom') as never);
    await settle();
    expect(session.status()).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    expect(reports).toHaveLength(1);
    session.connect(simulator);
    (await life(1)).succeed();
    await settle();
    expect(session.status().state).toBe('connecting');
  });

  it('counts frames, rates and drops', async () => {
    session.connect(simulator);
    const first = await life(0);
    first.succeed();
    await settle();
    for (let i = 0; i < 31; i++) {
      first.listener.frame(someFrame({ keyframe: i === 0, data: new Uint8Array(1_000) }));
      await vi.advanceTimersByTimeAsync(1_000 / 30);
    }
    first.listener.dropped(3);
    expect(session.status().video).toMatchObject({
      codec: 'avc1.4D4028',
      width: 960,
      height: 720,
      fps: expect.closeTo(30, 0),
      bitrateBps: expect.closeTo(240_000, -4),
      framesReceived: 31,
      framesDropped: 3,
    });
  });
});
