import { truncate, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createLog } from '../../../electron/base/log.ts';
import type { Station } from '../../../electron/station/station.ts';
import { MAX_VIEWERS } from '../../../electron/video/viewers.ts';
import { boundSocket } from '../../../electron/web/bounded-socket.ts';
import { startShareServer } from '../../../electron/web/server.ts';
import { TurnedAway } from '../../../electron/web/turned-away.ts';
import { CLOSE_CODES } from '../../../shared/close-codes.ts';
import { encodeViewerMessage } from '../../../shared/frames.ts';
import { success } from '../../../shared/result.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { closed, useWebServer } from '../../support/web-server.ts';

const gone = (socket: Socket) =>
  new Promise<void>((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve());
  });

describe('unsent replies have a bound:', () => {
  assertNoLeaks();
  const web = useWebServer();

  it('a page that asks on and on and never reads is cut off, and counted', async () => {
    const socket = await web.openSocket('/ws');
    socket.pause();
    const question = JSON.stringify({ id: 1, name: 'status.get', input: {} });
    // Well beyond what the system’s own buffers hold of the answers.
    for (let asked = 0; asked < 400_000 && socket.readyState === socket.OPEN; asked += 100) {
      for (let i = 0; i < 100; i++) socket.send(question, () => undefined);
      await sleep(0);
    }
    expect(await web.turnedAway()).toMatchObject({ socketsUnread: 1 });
  });

  it('whatever is sent to a WebSocket, a client that never reads costs no more than the bound', async () => {
    const maxUnsentBytes = 1024 * 1024;
    const turnedAway = new TurnedAway(createLog(() => undefined));
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await new Promise((resolve) => server.once('listening', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const client = new WebSocket(`ws://127.0.0.1:${address.port}`);
    client.once('open', () => client.pause());
    const socket = await new Promise<WebSocket>((resolve) => server.once('connection', resolve));
    const bounded = boundSocket(socket, maxUnsentBytes, turnedAway);
    const frame = new ArrayBuffer(100_000);
    let most = 0;
    for (let sent = 0; sent < 10_000 && socket.readyState === socket.OPEN; sent++) {
      bounded.send(frame);
      most = Math.max(most, bounded.unsentBytes());
      if (sent % 10 === 0) await sleep(0);
    }
    expect(socket.readyState).not.toBe(socket.OPEN);
    expect(most).toBeLessThanOrEqual(maxUnsentBytes + 2 * frame.byteLength);
    expect(turnedAway.counts().socketsUnread).toBe(1);
    client.terminate();
    await new Promise((resolve) => server.close(resolve));
  });

  it('questions piled up on one connection end it', async () => {
    const socket = await web.openTcp();
    socket.pause();
    const question = `GET /api/status HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\n\r\n`;
    socket.write(question.repeat(200));
    await eventually(web.turnedAway, ({ requestsPiledUp }) => requestsPiledUp === 1);
    socket.resume();
    await gone(socket);
  });

  it('an answer that nobody reads is given up', async () => {
    const large = join(web.station.folder, 'page', 'assets', 'large.bin');
    await writeFile(large, '');
    await truncate(large, 100_000_000);
    const socket = await web.openTcp();
    socket.pause();
    socket.write(`GET /assets/large.bin HTTP/1.1\r\nHost: 127.0.0.1:${web.port}\r\n\r\n`);
    await eventually(web.turnedAway, ({ repliesUnread }) => repliesUnread === 1);
    socket.resume();
    await gone(socket);
  });

  it('a question that takes longer than clients may be silent is still answered', async () => {
    const { station, log, folder } = web.station;
    const request: unknown = () => sleep(7_000, success({ late: true }));
    const slow = { ...station, request: request as Station['request'] };
    const server = await startShareServer({
      station: slow,
      log,
      port: 0,
      rendererFolder: join(folder, 'page'),
    });
    try {
      expect(await (await fetch(`${server.url}/api/status`)).json()).toEqual({ late: true });
    } finally {
      await server.dispose();
    }
  });

  it('slow bodies and silent connections are ended, and told why', async () => {
    const host = `Host: 127.0.0.1:${web.port}`;
    const starts = [
      `POST /api/request/status.get HTTP/1.1\r\n${host}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
      `GET /api/status HTTP/1.1\r\n${host}\r\nX-Slow: `,
      '',
    ];
    const sockets = await Promise.all(starts.map(() => web.openTcp()));
    const texts = sockets.map((socket, index) => {
      socket.write(starts[index] ?? '');
      let text = '';
      socket.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      return gone(socket).then(() => text);
    });
    for (const text of await Promise.all(texts)) {
      expect(text).toMatch(/^HTTP\/1\.1 408 /);
      expect(text).toContain('did not arrive in time');
    }
    expect((await web.turnedAway()).requestsTooSlow).toBe(3);
  });

  it('connections have a bound, and places come free again', async () => {
    const sockets = await Promise.all(Array.from({ length: 300 }, () => web.openTcp()));
    await expect.poll(() => sockets.filter((socket) => socket.closed).length).toBeGreaterThan(0);
    const { connectionsRefused } = await eventually(
      () => web.turnedAway().catch(() => ({}) as Record<string, number>),
      (counts) => (counts.connectionsRefused ?? 0) > 0,
    );
    expect(connectionsRefused).toBeGreaterThanOrEqual(300 - 256);
  });
});

describe('viewers’ places', () => {
  assertNoLeaks();
  const web = useWebServer();

  const watch = async (say: boolean, options = {}) => {
    const socket = new WebSocket(`ws://127.0.0.1:${web.port}/frames`, options);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.on('error', () => undefined);
    if (say) socket.send(new Uint8Array(encodeViewerMessage({ type: 'ready' })));
    return socket;
  };
  const viewers = async () => (await web.station.ask('status.get', {})).consumers.length;

  it('are refused in words when all are taken', async () => {
    const watching = await Promise.all(Array.from({ length: MAX_VIEWERS }, () => watch(true)));
    await expect.poll(viewers).toBe(MAX_VIEWERS);
    const late = await watch(true);
    expect(await closed(late)).toBe(CLOSE_CODES.tooManyViewers);
    expect((await web.turnedAway()).viewersRefused).toBe(1);
    expect(watching.every((socket) => socket.readyState === socket.OPEN)).toBe(true);
    for (const socket of watching) socket.terminate();
  });

  it.each([
    ['say nothing', false, {}],
    ['answer no ping', true, { autoPong: false }],
  ])('come free within seconds when those who have them %s', async (_what, say, options) => {
    const mute = await Promise.all(Array.from({ length: MAX_VIEWERS }, () => watch(say, options)));
    // One that never says it is ready takes a place, and no frames.
    await expect.poll(viewers).toBe(say ? MAX_VIEWERS : 0);
    expect(await closed(await watch(true)), 'all places are taken').toBe(
      CLOSE_CODES.tooManyViewers,
    );
    expect(await closed(mute[0] ?? (await watch(false)))).toBe(CLOSE_CODES.silent);
    await eventually(viewers, (count) => count === 0);
    const page = await watch(true);
    await expect.poll(viewers).toBe(1);
    page.terminate();
    expect((await web.turnedAway()).socketsSilent).toBe(MAX_VIEWERS);
  });
});
