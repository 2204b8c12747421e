import { createSocket } from 'node:dgram';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTello } from '../../../../electron/sources/tello/tello-source.ts';
import type { TelloTimings } from '../../../../electron/sources/tello/timings.ts';
import type { OpenSource } from '../../../../electron/video/source.ts';
import { FakeTello, goodAnswers, goodExcept, late } from '../../../support/fake-tello.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { realGroup } from '../../../support/real-video.ts';
import { RecordingListener } from '../../../support/recording-listener.ts';
import { freeUdpPorts } from '../../../support/simulator.ts';

const quick: Partial<TelloTimings> = {
  commandTimeoutMs: 150,
  commandGapMs: 10,
  resyncTimeoutMs: 100,
  refusedDelaysMs: [100, 100, 100],
  keepAliveMs: 100,
  healDelaysMs: [30, 60],
  silentAfterMs: 600,
  watchMs: 20,
};
const NEVER = new AbortController().signal;

describe('an answer and the evidence', () => {
  assertNoLeaks();
  let drone: FakeTello;
  let listener: RecordingListener;
  let source: OpenSource | undefined;
  let group: Uint8Array[][];

  beforeAll(async () => {
    group = await realGroup({ frames: 10 });
  });

  beforeEach(async () => {
    drone = await FakeTello.start();
    // As if another program had told the drone already where to send.
    [drone.statePort = 0, drone.videoPort = 0] = await freeUdpPorts(2);
    listener = new RecordingListener();
    source = undefined;
  });
  afterEach(async () => {
    await source?.dispose();
    await drone.close();
  });

  const open = async (timings: Partial<TelloTimings> = quick): Promise<OpenSource> => {
    source = await openTello({ timings })(
      {
        kind: 'tello',
        host: '127.0.0.1',
        ports: { command: drone.port, state: drone.statePort, video: drone.videoPort },
      },
      listener,
      NEVER,
    );
    return source;
  };
  const count = (command: string) => drone.received.filter((text) => text === command).length;
  /** Whether the drone is told to end its video when we leave. */
  const leavesWithStreamoff = async (): Promise<boolean> => {
    await source?.dispose();
    // Sent after it on the same machine, so it arrives after it.
    const marker = createSocket('udp4');
    marker.send('marker', drone.port, '127.0.0.1');
    await expect.poll(() => drone.received).toContain('marker');
    await new Promise<void>((resolve) => marker.close(() => resolve()));
    return drone.received.includes('streamoff');
  };

  it('believes video that flows, whatever is said to “streamon”', async () => {
    drone.script = goodExcept({ streamon: () => [{ data: 'error' }] });
    drone.stream(group);
    await open();
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
    await expect.poll(() => listener.frames.length, { timeout: 20_000 }).toBeGreaterThan(20);
    // What we did not start is not ours to end.
    expect(await leavesWithStreamoff()).toBe(false);
  });

  it('believes video that flows, whatever is said to “command”', async () => {
    drone.script = goodExcept({ command: () => [{ data: 'error' }] });
    drone.stream(group);
    await open();
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
  });

  it('asks a few times more while the camera boots', async () => {
    drone.script = goodExcept({
      streamon: (_, nth) => [{ data: nth < 3 ? 'error' : 'ok' }],
    });
    await open();
    expect(count('streamon')).toBe(3);
    expect(await leavesWithStreamoff()).toBe(true);
  });

  it('sees the video of a camera that refuses to the last', async () => {
    drone.script = goodExcept({
      streamon: (_, nth) => {
        if (nth === 2) drone.stream(group);
        return [{ data: 'error' }];
      },
    });
    await open();
    await expect.poll(() => listener.frames.length, { timeout: 20_000 }).toBeGreaterThan(20);
  });

  it('gives up a drone that refuses and sends nothing, and has nothing to end', async () => {
    drone.script = goodExcept({ streamon: () => [{ data: 'error' }] });
    await expect(open()).rejects.toMatchObject({ code: 'drone-refused' });
    expect(count('streamon')).toBe(4);
    expect(count('streamoff')).toBe(0);
  });

  it('stays live while no command is answered, and says that flying is not possible', async () => {
    drone.script = () => [];
    drone.stream(group);
    const opened = await open();
    await expect
      .poll(() => listener.now)
      .toEqual({ phase: 'streaming', code: 'commands-unanswered' });
    expect(listener.phases.at(-1)?.error?.message).toContain('flying is not possible');
    const asked = count('command');
    await expect.poll(() => count('command'), { timeout: 5_000 }).toBeGreaterThan(asked + 5);
    const before = listener.frames.length;
    await expect
      .poll(() => listener.frames.length, { timeout: 20_000 })
      .toBeGreaterThan(before + 20);
    expect(listener.now).toEqual({ phase: 'streaming', code: 'commands-unanswered' });
    expect(opened.controls?.quality().answers).toBe('silent');

    drone.script = goodAnswers;
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
    expect(listener.losses).toEqual([]);
  });

  it('ends no video that came unasked', async () => {
    drone.script = () => [];
    drone.stream(group);
    await open();
    expect(count('streamon')).toBe(0);
    expect(await leavesWithStreamoff()).toBe(false);
  });

  it('is heard by a drone that cannot be heard', async () => {
    drone.script = (command) => {
      if (command === 'streamon') drone.stream(group);
      return [];
    };
    await open();
    await expect
      .poll(() => listener.now)
      .toEqual({ phase: 'streaming', code: 'commands-unanswered' });
    expect(await leavesWithStreamoff()).toBe(true);
  });

  it('says so when answers stay away in the air, and takes it back', async () => {
    drone.stream(group);
    await open();
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
    drone.script = () => [];
    await expect
      .poll(() => listener.now, { timeout: 5_000 })
      .toEqual({ phase: 'streaming', code: 'commands-unanswered' });
    drone.script = goodAnswers;
    await expect
      .poll(() => listener.now, { timeout: 5_000 })
      .toEqual({ phase: 'streaming', code: undefined });
    expect(listener.phases.every(({ phase }) => phase !== 'silent')).toBe(true);
  });

  it('connects to a drone that answers everything 2.5 s late, and calls it slow', async () => {
    drone.script = late(goodAnswers, 2_500);
    drone.stream(group);
    const opened = await open({});
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: 'drone-slow' });
    expect(listener.phases.at(-1)?.error?.message).toContain('slow');
    expect(opened.links?.()?.command).toMatchObject({ answers: 'slow' });
    expect(opened.links?.()?.command.late).toBeGreaterThan(0);
    expect(await opened.controls?.send('takeoff', { timeoutMs: 1_000 })).toMatchObject({
      outcome: 'ok',
    });
    drone.script = goodAnswers;
    for (let nth = 0; nth < 8; nth++) {
      await opened.controls?.send('battery?', { timeoutMs: 1_000 });
    }
    expect(listener.now).toEqual({ phase: 'streaming', code: undefined });
  }, 60_000);

  it('connects to a drone that answers “ok” even to questions', async () => {
    // The first answer gets lost, so that the link has to get back in step by asking.
    drone.script = (command, nth) => (command === 'command' && nth === 1 ? [] : [{ data: 'ok' }]);
    const opened = await open();
    drone.stream(group);
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
    expect(await opened.controls?.send('speed 50', { timeoutMs: 500 })).toMatchObject({
      outcome: 'ok',
    });
    expect(opened.controls?.identity()).toEqual({});
  });

  it('is not harmed by answers of 64 KB, binary ones and terminal codes', async () => {
    const junk = [
      Buffer.alloc(65_507, 'ok'),
      Buffer.alloc(65_507, 0xff),
      Buffer.from('\x1b[2J\x1b[31mok\x1b[0m'),
      Buffer.from('\u202eok', 'utf8'),
      Buffer.from([0xcc, 0x18, 0x01, 0xb9]),
      Buffer.alloc(0),
      Buffer.from(`error ${'x'.repeat(600)}`),
    ];
    drone.script = (command, nth) => [
      ...junk.map((data) => ({ data })),
      ...goodAnswers(command, nth),
    ];
    const opened = await open();
    drone.stream(group);
    for (const data of junk) drone.sendState(data);
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
    expect(await opened.controls?.send('takeoff', { timeoutMs: 500 })).toMatchObject({
      outcome: 'ok',
    });
    const links = opened.links?.();
    expect(links?.command.ignored).toBeGreaterThanOrEqual(junk.length);
    await expect.poll(() => opened.links?.()?.state.ignored).toBe(junk.length);
    expect(opened.drone?.()).toBeNull();
  });
});
