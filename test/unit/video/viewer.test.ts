import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FrameHub } from '../../../electron/video/frame-hub.ts';
import { MAX_VIEWERS, Viewers } from '../../../electron/video/viewers.ts';
import { MemoryPort } from '../../support/memory-port.ts';
import { someFrame } from '../../support/scripted-source.ts';

let hub: FrameHub;
let viewers: Viewers;
let seq: number;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  hub = new FrameHub((what, error) => {
    throw new Error(what, { cause: error });
  });
  viewers = new Viewers(hub);
  seq = 0;
});

afterEach(() => {
  viewers.dispose();
  expect(vi.getTimerCount(), 'timers left behind').toBe(0);
  vi.useRealTimers();
});

function push(part: Parameters<typeof someFrame>[0] = {}, generation = 1) {
  const frame = { ...someFrame(part), generation, seq: seq++ };
  hub.publish(frame);
}

function attach(): MemoryPort {
  const port = new MemoryPort();
  viewers.attach(port, 'window');
  return port;
}

const jpeg = { codec: 'jpeg', codecString: 'jpeg', width: 640, height: 480 } as const;

describe('a viewer', () => {
  it('gets nothing before it says ready', () => {
    const port = attach();
    push({ keyframe: true });
    expect(port.received).toEqual([]);
  });

  it('gets the cached group at once, marked as catch-up but for the newest', () => {
    push({ keyframe: true });
    push();
    push();
    const port = attach();
    port.say({ type: 'ready' });
    expect(port.received[0]).toMatchObject({ type: 'format', codecString: 'avc1.4D4028' });
    expect(port.frames().map((frame) => [frame.seq, frame.catchUp])).toEqual([
      [0, true],
      [1, true],
      [2, false],
    ]);
  });

  it('follows live after catching up with a long group, without losing a frame', () => {
    push({ keyframe: true });
    for (let i = 0; i < 29; i++) push();
    const port = attach();
    port.say({ type: 'ready' });
    push();
    push();
    expect(port.frames().map((frame) => frame.seq)).toEqual([...Array(32).keys()]);
  });

  it('starts at the next keyframe when nothing is cached', () => {
    const port = attach();
    port.say({ type: 'ready' });
    push();
    push();
    push({ keyframe: true });
    push();
    expect(port.frames().map((frame) => frame.seq)).toEqual([2, 3]);
  });

  it('skips when it is slow, and goes on where it stopped as soon as it has answered', () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    for (let i = 0; i < 20; i++) push();
    expect(port.frames()).toHaveLength(8);
    expect(hub.status()[0]).toMatchObject({ framesGiven: 8, framesDropped: 13 });
    port.acknowledgeAll();
    const burst = port.frames().slice(8);
    expect(burst.map((frame) => frame.seq)).toEqual([
      8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,
    ]);
    expect(burst.filter((frame) => !frame.catchUp).map((frame) => frame.seq)).toEqual([20]);
    // Twelve were never to be shown; the newest is.
    expect(hub.status()[0]).toMatchObject({ framesDropped: 12 });
    push();
    expect(port.frames().at(-1)).toMatchObject({ seq: 21, catchUp: false });
  });

  it('begins at the newest keyframe where what it missed is cached no more', () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    for (let i = 0; i < 20; i++) push();
    push({ keyframe: true });
    push();
    port.acknowledgeAll();
    expect(
      port
        .frames()
        .slice(8)
        .map((frame) => [frame.seq, frame.keyframe]),
    ).toEqual([
      [21, true],
      [22, false],
    ]);
  });

  it('that never answers gets the next keyframe all the same', async () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    for (let i = 0; i < 20; i++) push();
    await vi.advanceTimersByTimeAsync(1_100);
    push({ keyframe: true });
    expect(port.frames().at(-1)).toMatchObject({ seq: 21, keyframe: true });
    expect(hub.status()[0]).toMatchObject({ answersMissed: 8 });
  });

  it('that never answers gets the cached group where no keyframe comes', async () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    for (let i = 0; i < 20; i++) push();
    await vi.advanceTimersByTimeAsync(2_100);
    push();
    expect(
      port
        .frames()
        .slice(8)
        .map((frame) => frame.seq),
    ).toEqual([...Array(22).keys()]);
  });

  it('that never answers is left alone in the end, until it says something', async () => {
    const port = attach();
    port.say({ type: 'ready' });
    for (let minute = 0; minute < 60; minute++) {
      push({ keyframe: true });
      for (let i = 0; i < 20; i++) push();
      await vi.advanceTimersByTimeAsync(60_000);
    }
    const given = port.frames().length;
    expect(given).toBeLessThanOrEqual(6 * 21);
    expect(hub.status()[0]?.framesDropped).toBeGreaterThan(1_000);
    port.acknowledgeAll();
    expect(port.frames().at(-1)).toMatchObject({ seq: seq - 1, catchUp: false });
  });

  it('whose decoder lost the thread gets the cached group again, not oftener than it makes sense', async () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    push();
    push();
    for (let i = 0; i < 5; i++) port.say({ type: 'restart' });
    expect(
      port
        .frames()
        .slice(3)
        .map((frame) => [frame.seq, frame.catchUp]),
    ).toEqual([
      [0, true],
      [1, true],
      [2, false],
    ]);
    await vi.advanceTimersByTimeAsync(600);
    port.say({ type: 'restart' });
    expect(port.frames()).toHaveLength(9);
  });

  it('of JPEG pictures that never answers gets the newest one all the same', async () => {
    const port = attach();
    port.say({ type: 'ready' });
    for (let i = 0; i < 5; i++) push({ keyframe: true, format: jpeg });
    await vi.advanceTimersByTimeAsync(1_100);
    push({ keyframe: true, format: jpeg });
    expect(port.frames().map((frame) => frame.seq)).toEqual([0, 1, 5]);
  });

  it('costs the others nothing when it stalls', () => {
    const stalled = attach();
    const quick = attach();
    stalled.say({ type: 'ready' });
    quick.say({ type: 'ready' });
    push({ keyframe: true });
    for (let i = 0; i < 100; i++) {
      push();
      quick.acknowledgeAll();
    }
    expect(quick.frames()).toHaveLength(101);
    expect(stalled.frames()).toHaveLength(8);
  });

  it('of JPEG pictures gets the newest one as soon as it has time', () => {
    const port = attach();
    port.say({ type: 'ready' });
    for (let i = 0; i < 10; i++) push({ keyframe: true, format: jpeg });
    expect(port.frames().map((frame) => frame.seq)).toEqual([0, 1]);
    port.acknowledgeAll();
    expect(port.frames().map((frame) => frame.seq)).toEqual([0, 1, 9]);
    expect(hub.status()[0]).toMatchObject({ framesGiven: 3, framesDropped: 7 });
  });

  it('is told the format again when it changes, and the end of a generation', () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    push({ keyframe: true, format: { ...someFrame().format, width: 1280 } });
    hub.end(1);
    const types = port.received.map((message) => message.type);
    expect(types).toEqual(['format', 'frame', 'format', 'frame', 'end']);
  });

  it('needs a keyframe of the new generation after a switch', () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true }, 1);
    push({}, 2);
    push({ keyframe: true }, 2);
    expect(port.frames().map((frame) => [frame.generation, frame.seq])).toEqual([
      [1, 0],
      [2, 2],
    ]);
  });

  it('reports its delay, and implausible delays are ignored', () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    expect(hub.status()[0]?.delayMs).toBeNull();
    for (const delayMs of [Number.NaN, -3, 1e9, Number.POSITIVE_INFINITY]) {
      port.say({ type: 'drawn', generation: 1, seq: 0, delayMs });
    }
    expect(hub.status()[0]?.delayMs).toBeNull();
    port.say({ type: 'drawn', generation: 1, seq: 0, delayMs: 7 });
    expect(hub.status()[0]?.delayMs).toEqual({ p50: 7, p95: 7 });
  });

  it('cannot buy credit by acknowledging what it never got', () => {
    const port = attach();
    port.say({ type: 'ready' });
    push({ keyframe: true });
    for (let i = 0; i < 20; i++) {
      port.say({ type: 'drawn', generation: 1, seq: 1_000_000, delayMs: 1 });
      push();
    }
    expect(port.frames()).toHaveLength(8);
  });

  it('survives garbage and is cut off when it floods', () => {
    const port = attach();
    port.sayRaw(new ArrayBuffer(0));
    port.sayRaw(new ArrayBuffer(24));
    port.sayRaw(new Uint8Array(24).fill(255).buffer);
    port.say({ type: 'ready' });
    push({ keyframe: true });
    expect(port.frames()).toHaveLength(1);
    for (let i = 0; i < 2_000; i++) port.sayRaw(new ArrayBuffer(3));
    expect(port.closed).toBe(true);
    expect(hub.status()).toEqual([]);
  });
});

describe('the viewers', () => {
  it('are bounded in number', () => {
    const ports = Array.from({ length: MAX_VIEWERS + 1 }, attach);
    expect(ports.filter((port) => port.closed)).toHaveLength(1);
    for (const port of ports) port.say({ type: 'ready' });
    expect(hub.status()).toHaveLength(MAX_VIEWERS);
  });

  it('do not keep a place for one that never says it is ready', async () => {
    const mute = Array.from({ length: MAX_VIEWERS }, attach);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(mute.every((port) => port.closed)).toBe(true);
    expect(attach().closed).toBe(false);
  });

  it('answer clock questions with the station’s time', () => {
    const port = attach();
    port.say({ type: 'clockQuery', askedAtUs: 42 });
    expect(port.received).toEqual([
      { type: 'clock', askedAtUs: 42, stationUs: expect.closeTo(performance.now() * 1_000, -7) },
    ]);
  });
});
