import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTello } from '../../../../electron/sources/tello/tello-source.ts';
import type { TelloTimings } from '../../../../electron/sources/tello/timings.ts';
import type { OpenSource } from '../../../../electron/video/source.ts';
import type { LinksStatus } from '../../../../shared/status.ts';
import { FakeTello } from '../../../support/fake-tello.ts';
import { writeGroup } from '../../../support/h264-writer.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { RecordingListener } from '../../../support/recording-listener.ts';
import { seededRandom } from '../../../support/seeded-random.ts';
import { UdpSockets } from '../../../support/udp-sockets.ts';
import { withoutFiles } from '../../../support/without-files.ts';

const timings: Partial<TelloTimings> = {
  commandGapMs: 10,
  healDelaysMs: [30, 60],
  keepAliveMs: 40,
  silentAfterMs: 400,
  watchMs: 20,
};
const NEVER = new AbortController().signal;

describe('the links of a drone', () => {
  assertNoLeaks();
  let drone: FakeTello;
  let sockets: UdpSockets;
  let listener: RecordingListener;
  let source: OpenSource;
  const group = writeGroup(seededRandom(44), { frames: 10, pBytes: () => 3_000 });

  beforeEach(async () => {
    sockets = new UdpSockets();
    drone = await FakeTello.start();
    listener = new RecordingListener();
    source = await openTello({ timings })(
      { kind: 'tello', host: '127.0.0.1', ports: { command: drone.port, state: 0, video: 0 } },
      listener,
      NEVER,
    );
    drone.stream(group);
    await expect.poll(() => listener.now.phase).toBe('streaming');
  });
  afterEach(async () => {
    await source.dispose();
    await drone.close();
    sockets.stop();
  });

  const links = (): LinksStatus => {
    const status = source.links?.();
    if (!status) throw new Error('a drone without links');
    return status;
  };
  const breakSocket = (port: number): Socket => {
    const socket = sockets.at(port);
    socket.emit('error', Object.assign(new Error('recvmsg ENETDOWN'), { code: 'ENETDOWN' }));
    return socket;
  };
  const keepAlives = () => drone.received.filter((text) => text === 'command').length;

  it('bind the video again by themselves while commands go on', async () => {
    breakSocket(drone.videoPort);
    await expect.poll(() => links().video.rebinds).toBe(1);
    const before = listener.frames.length;
    await expect.poll(() => listener.frames.length).toBeGreaterThan(before + 10);
    await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
    expect(listener.losses).toEqual([]);
    expect(listener.phases.map(({ error }) => error?.code)).toContain('network-unreachable');
    expect(links().video.socketErrors).toBe(1);
    expect(links().command).toMatchObject({ socketErrors: 0, rebinds: 0 });
  });

  it.each(['video', 'state'] as const)(
    'keep the drone awake while the %s port is in other hands, and take it back',
    async (which) => {
      const port = which === 'video' ? drone.videoPort : drone.statePort;
      const thief = createSocket('udp4');
      const stolen = once(thief, 'listening');
      sockets.at(port).once('close', () => thief.bind(port, '127.0.0.1'));
      breakSocket(port);
      await stolen;
      await expect.poll(() => listener.now.code).toBe('port-in-use');
      const asked = keepAlives();
      await expect.poll(keepAlives).toBeGreaterThan(asked + 3);
      expect(await source.controls?.send('battery?', { timeoutMs: 1_000 })).toMatchObject({
        outcome: 'value',
      });
      if (which === 'state') expect(listener.now.phase).toBe('streaming');
      else await expect.poll(() => listener.now.phase).toBe('silent');
      expect(listener.losses).toEqual([]);

      await new Promise<void>((resolve) => thief.close(() => resolve()));
      await expect.poll(() => links()[which].rebinds).toBe(1);
      await expect.poll(() => listener.now).toEqual({ phase: 'streaming', code: undefined });
      drone.sendState('bat:44;');
      await expect.poll(() => source.drone?.()?.batteryPercent).toBe(44);
      expect(links()[which].socketErrors).toBeGreaterThan(1);
    },
  );

  it('bind the commands again, and the pilot’s hands are back', async () => {
    breakSocket(drone.clientPort);
    await expect.poll(() => links().command.rebinds).toBe(1);
    expect(await source.controls?.send('takeoff', { timeoutMs: 1_000 })).toMatchObject({
      outcome: 'ok',
    });
    expect(links().command.socketErrors).toBe(1);
  });

  it('leave nothing when they are closed while a port is in other hands', async () => {
    const port = drone.videoPort;
    const thief = createSocket('udp4');
    const stolen = once(thief, 'listening');
    sockets.at(port).once('close', () => thief.bind(port, '127.0.0.1'));
    breakSocket(port);
    await stolen;
    await expect.poll(() => listener.now.code).toBe('port-in-use');
    await source.dispose();
    await new Promise<void>((resolve) => thief.close(() => resolve()));
    await sleep(150);
    expect(() => sockets.at(port)).toThrow();
  });

  it('count whatever they drop', async () => {
    const stranger = createSocket('udp4');
    // Another address of this machine's, so that only the address differs.
    stranger.bind(0, '127.0.0.2');
    await once(stranger, 'listening');
    for (const port of [drone.videoPort, drone.statePort, drone.clientPort]) {
      stranger.send('ok', port, '127.0.0.1');
    }
    drone.say('\x1b[2Jok');
    drone.say('ok');
    drone.sendState('nothing of use');
    drone.sendState('bat:9;');
    await expect
      .poll(() => links())
      .toMatchObject({
        command: { foreign: 1, ignored: 2, late: 1, socketErrors: 0, answers: 'answering' },
        state: { foreign: 1, ignored: 2, lines: 1 },
        video: { foreign: 1, ignored: 1, units: { missing: expect.any(Number) } },
      });
    const { video, command } = links();
    expect(video.receiveBufferBytes).toBeGreaterThan(0);
    expect(video.bytes).toBeGreaterThan(video.datagrams);
    expect(video.localPort).toBe(drone.videoPort);
    expect(command.roundTripMs?.p50).toBeGreaterThan(0);
    expect(command.sent).toBeGreaterThanOrEqual(command.answered);
    await new Promise<void>((resolve) => stranger.close(() => resolve()));
  });
});

describe('a computer at its limits', () => {
  assertNoLeaks();

  it('says that no more sockets can be opened, and blames no port', async () => {
    const drone = await FakeTello.start();
    const spec = {
      kind: 'tello' as const,
      host: '127.0.0.1',
      ports: { command: drone.port, state: 0, video: 0 },
    };
    await withoutFiles(async () => {
      await expect(openTello()(spec, new RecordingListener(), NEVER)).rejects.toMatchObject({
        code: 'system-limit',
        message: 'This computer lets Hoverdeck open no more sockets.',
      });
    });
    await drone.close();
  });
});
