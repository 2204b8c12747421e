import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTello } from '../../../../electron/sources/tello/tello-source.ts';
import type { TelloTimings } from '../../../../electron/sources/tello/timings.ts';
import type { OpenSource } from '../../../../electron/video/source.ts';
import { FakeTello, goodAnswers, type Script } from '../../../support/fake-tello.ts';
import { concat, TELLO_SPS, toDatagrams } from '../../../support/h264-writer.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { inFullDatagrams, realGroup } from '../../../support/real-video.ts';
import { RecordingListener } from '../../../support/recording-listener.ts';

const timings: Partial<TelloTimings> = {
  commandTimeoutMs: 400,
  commandGapMs: 10,
  resyncTimeoutMs: 200,
  noVideoAfterMs: 300,
  noKeyframeAfterMs: 300,
  silentAfterMs: 600,
  refusedDelaysMs: [20, 40],
  healDelaysMs: [30, 60],
  watchMs: 20,
};
const NEVER = new AbortController().signal;
const MOVES =
  /takeoff|land|up|down|left|right|forward|back|cw|flip|go|curve|jump|rc|stop|emergency/;

describe('the Tello as a source', () => {
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
    listener = new RecordingListener();
    source = undefined;
  });
  afterEach(async () => {
    await source?.dispose();
    await drone.close();
    for (const command of drone.received) expect(command).not.toMatch(MOVES);
  });

  const spec = () => ({
    kind: 'tello' as const,
    host: '127.0.0.1',
    ports: { command: drone.port, state: 0, video: 0 },
  });
  const open = async (signal = NEVER) => {
    source = await openTello({ timings })(spec(), listener, signal);
    return source;
  };
  const except = (special: Record<string, Script>) => {
    drone.script = (command, nth) =>
      (special[command.split(' ')[0] ?? ''] ?? goodAnswers)(command, nth);
  };

  it('opens, streams, tells the drone’s state, and leaves with one goodbye', async () => {
    const opened = await open();
    expect(opened.name).toBe('Tello');
    expect(drone.received).toEqual([
      'command',
      `port ${drone.statePort} ${drone.videoPort}`,
      'streamon',
    ]);
    expect(opened.drone?.()).toBeNull();
    expect(listener.now).toEqual({ phase: 'waiting-for-video', code: undefined });

    drone.sendState('bat:71;h:-10;templ:55;temph:58;novel:1;\r\n');
    drone.sendVideo(...group);
    await expect.poll(() => listener.frames.length).toBe(10);
    await expect.poll(() => opened.drone?.()).not.toBeNull();
    expect(opened.drone?.()).toMatchObject({ batteryPercent: 71, heightCm: -10, temperatureC: 58 });
    expect(listener.frames[0]).toMatchObject({
      keyframe: true,
      format: { codec: 'h264', codecString: 'avc1.4D4028', width: 320, height: 240 },
      data: concat(...group.slice(0, 3).flat()),
    });
    expect(listener.now).toEqual({ phase: 'streaming', code: undefined });
    expect(opened.datagrams?.()).toBe(group.flat().length);

    await Promise.all([opened.dispose(), opened.dispose()]);
    await expect.poll(() => drone.received.filter((text) => text === 'streamoff').length).toBe(1);
    const heard = listener.phases.length;
    drone.sendVideo(...group);
    await sleep(100);
    expect(listener.frames).toHaveLength(10);
    expect(listener.phases).toHaveLength(heard);
  });

  it('takes video and state from the drone alone', async () => {
    const opened = await open();
    const stranger = createSocket('udp4');
    // Another address of this machine's, so that only the address differs.
    stranger.bind(0, '127.0.0.2');
    await once(stranger, 'listening');
    for (const datagram of group.flat()) stranger.send(datagram, drone.videoPort, '127.0.0.1');
    stranger.send('bat:1;', drone.statePort, '127.0.0.1');
    await sleep(100);
    expect(opened.datagrams?.()).toBe(0);
    expect(opened.drone?.()).toBeNull();
    await new Promise<void>((resolve) => stranger.close(() => resolve()));
  });

  it('opens in spite of binary noise, lost and repeated answers', async () => {
    const noise = concat(Uint8Array.of(0xcc), new Uint8Array(34));
    except({
      command: (_, nth) => (nth === 1 ? [{ data: noise }] : [{ data: noise }, { data: 'ok' }]),
      streamon: (_, nth) => (nth === 1 ? [] : [{ data: 'ok' }, { data: 'ok' }]),
    });
    await open();
    drone.sendVideo(...group);
    await expect.poll(() => listener.frames.length).toBe(10);
  });

  it('says that the drone cannot be reached when nothing answers', async () => {
    drone.script = () => [];
    await expect(open()).rejects.toMatchObject({
      code: 'drone-unreachable',
      tip: expect.stringContaining('TELLO-'),
    });
    expect(drone.received.filter((command) => command === 'command')).toHaveLength(3);
  });

  it('says what the drone refused', async () => {
    except({ streamon: () => [{ data: 'error' }] });
    await expect(open()).rejects.toMatchObject({
      code: 'drone-refused',
      message: 'The drone answered “streamon” with “error”.',
    });
  });

  it('says that there is no way to the drone', async () => {
    // The loopback's broadcast address: the system refuses to send there, and nothing leaves this machine.
    const away = { ...spec(), host: '127.255.255.255' };
    await expect(openTello({ timings })(away, listener, NEVER)).rejects.toMatchObject({
      code: 'network-unreachable',
    });
  });

  it('says that a name has no address', async () => {
    const away = { ...spec(), host: 'no-such-host.invalid' };
    await expect(openTello({ timings })(away, listener, NEVER)).rejects.toMatchObject({
      code: 'network-unreachable',
      message: expect.stringContaining('no-such-host.invalid'),
    });
  });

  it.each(['video', 'state'] as const)(
    'names the %s port that is taken, and by whom',
    async (which) => {
      const taken = await takePort();
      const port = taken.address().port;
      const busy = { ...spec(), ports: { ...spec().ports, [which]: port } };
      const known = process.platform === 'linux' ? `(pid ${process.pid})` : 'another program';
      await expect(openTello()(busy, listener, NEVER)).rejects.toMatchObject({
        code: 'port-in-use',
        message: expect.stringMatching(
          new RegExp(`^Port ${port} is in use by .*${escapeBrackets(known)}`),
        ),
      });
      expect(drone.received).toEqual([]);
      await new Promise<void>((resolve) => taken.close(() => resolve()));
    },
  );

  it('tells a firewall from a silent drone, and goes on asking', async () => {
    await open();
    await expect.poll(() => listener.now).toEqual({ phase: 'no-video', code: 'no-video' });
    expect(listener.phases.at(-1)?.error?.tip).toContain(String(drone.videoPort));
    await expect.poll(() => drone.received.filter((text) => text === 'streamon').length).toBe(3);
    drone.stream(group);
    await expect.poll(() => listener.now.phase).toBe('streaming');
    expect(listener.phases.map(({ phase }) => phase).slice(0, 2)).toEqual([
      'waiting-for-video',
      'no-video',
    ]);
  });

  it('says so when the drone refused the port the video should go to', async () => {
    except({ port: () => [{ data: 'unknown command: port' }] });
    await open();
    await expect.poll(() => listener.now.code).toBe('no-video');
    expect(listener.phases.at(-1)?.error?.message).toContain(String(drone.videoPort));
    expect(listener.phases.at(-1)?.error?.tip).toContain('SDK 3.0');
  });

  it('has a state of its own for video without keyframes', async () => {
    await open();
    const stop = drone.stream(group.slice(3));
    await expect
      .poll(() => listener.now)
      .toEqual({ phase: 'waiting-for-keyframe', code: undefined });
    await expect
      .poll(() => listener.now)
      .toEqual({ phase: 'waiting-for-keyframe', code: 'no-keyframe' });
    expect(listener.phases.map(({ phase, error }) => [phase, error?.code])).toEqual([
      ['waiting-for-video', undefined],
      ['waiting-for-keyframe', undefined],
      ['waiting-for-keyframe', 'no-keyframe'],
    ]);
    expect(listener.frames).toHaveLength(0);
    stop();
    drone.stream(group);
    await expect.poll(() => listener.now.phase).toBe('streaming');
    expect(listener.frames[0]?.keyframe).toBe(true);
    expect(listener.droppedCount).toBe(0);
  });

  it('drops after a damaged SPS, says so, and returns with a good one of another size', async () => {
    await open();
    drone.sendVideo(...group);
    await expect.poll(() => listener.frames.length).toBe(10);
    const [, ...rest] = group;
    const stop = drone.stream([toDatagrams(TELLO_SPS.slice(0, 7)), ...rest]);
    await expect.poll(() => listener.now.code).toBe('no-keyframe');
    expect(listener.frames).toHaveLength(10);
    stop();
    drone.stream(await realGroup({ frames: 10, width: 640, height: 480 }));
    await expect.poll(() => listener.now.phase).toBe('streaming');
    expect(listener.frames[10]).toMatchObject({ keyframe: true, format: { width: 640 } });
  });

  it('notices silence, asks for the video again, and is back with the next keyframe', async () => {
    await open();
    const stop = drone.stream(group);
    await expect.poll(() => listener.now.phase).toBe('streaming');
    stop();
    // Answers stay away at first, as they do when the drone is out of range.
    drone.script = () => [];
    await expect.poll(() => listener.now).toEqual({ phase: 'silent', code: 'video-lost' });
    await expect
      .poll(() => listener.phases.at(-1)?.error?.message, { timeout: 5_000 })
      .toContain('no longer answers');
    drone.script = goodAnswers;
    const asked = drone.received.filter((text) => text === 'streamon').length;
    await expect
      .poll(() => drone.received.filter((text) => text === 'streamon').length, { timeout: 5_000 })
      .toBeGreaterThan(asked);
    const before = listener.frames.length;
    drone.sendVideo(...group.slice(5));
    drone.stream(group);
    await expect.poll(() => listener.now.phase).toBe('streaming');
    expect(listener.frames[before]?.keyframe).toBe(true);
    expect(listener.losses).toEqual([]);
  });

  it('gives a last unit of an exact multiple though nothing follows', async () => {
    await open();
    const [sps = [], pps = [], idr = [], p = []] = group;
    drone.sendVideo(sps, pps, idr, inFullDatagrams(p));
    await expect.poll(() => listener.frames.length).toBe(2);
  });

  it.each(['command', 'port', 'streamon'])(
    'can be cancelled while it waits for “%s”',
    async (step) => {
      except({ [step]: () => [] });
      const abort = new AbortController();
      const patient = { ...timings, commandTimeoutMs: 60_000 };
      const opening = openTello({ timings: patient })(spec(), listener, abort.signal);
      await expect.poll(() => drone.received.at(-1)?.split(' ')[0]).toBe(step);
      abort.abort();
      await expect(opening).rejects.toMatchObject({ code: 'cancelled' });
      expect(listener.phases).toEqual([]);
    },
  );

  it('can be cancelled at any moment of opening', async () => {
    for (let turn = 0; turn < 40; turn++) {
      const abort = new AbortController();
      const opening = openTello({ timings })(spec(), listener, abort.signal);
      if (turn > 0) setTimeout(() => abort.abort(), turn);
      else abort.abort();
      const opened = await opening.catch((error) => {
        expect(error).toMatchObject({ code: 'cancelled' });
        return null;
      });
      await opened?.dispose();
    }
  });

  it('can be disposed of while it asks for lost video', async () => {
    const opened = await open();
    await expect.poll(() => listener.now.code).toBe('no-video');
    drone.script = () => [];
    await sleep(50);
    await opened.dispose();
  });
});

async function takePort(): Promise<Socket> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

function escapeBrackets(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}
