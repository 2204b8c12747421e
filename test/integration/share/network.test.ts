import { readFile, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { localAddresses } from '../../../electron/base/local-addresses.ts';
import { requests } from '../../../shared/requests.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startSimulator, type TestSimulator } from '../../support/simulator.ts';
import { readParts, readStream, type StreamReader } from '../../support/stream-reader.ts';
import { useWebServer } from '../../support/web-server.ts';

const [network] = localAddresses();
if (network === undefined) console.warn('SKIPPED: this computer is on no network to share with');

describe.skipIf(network === undefined)('the door to the network', () => {
  assertNoLeaks();
  const web = useWebServer();
  const address = network?.address ?? '';
  const readers: StreamReader[] = [];
  let drone: TestSimulator | undefined;
  afterEach(async () => {
    for (const { socket } of readers.splice(0)) socket.destroy();
    await drone?.close();
    drone = undefined;
  });

  async function open(): Promise<{ url: string; key: string }> {
    const { network: opened } = await web.station.ask('share.start', { address });
    if (opened === null) throw new Error('the door is shut');
    return opened;
  }
  const ask = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
    const answer = await fetch(url, { headers, method });
    return { status: answer.status, headers: answer.headers, body: await answer.text() };
  };
  const watch = async (url: string, key: string) => {
    const port = Number(new URL(url).port);
    const reader = await readStream(port, `/stream.mjpeg?token=${key}`, { host: address });
    readers.push(reader);
    return reader;
  };
  async function fly(): Promise<void> {
    drone = await startSimulator();
    await web.station.ask('source.connect', { source: drone.source });
    await eventually(
      () => web.station.ask('status.get', {}),
      ({ state }) => state === 'live',
    );
  }

  it('is shut until somebody opens it, and again afterwards', async () => {
    expect((await web.station.ask('share.state', {})).network).toBeNull();
    const { url, key } = await open();
    expect((await ask(`${url}/?token=${key}`)).status).toBe(200);
    expect((await web.station.ask('share.stop', {})).network).toBeNull();
    await expect(fetch(`${url}/?token=${key}`)).rejects.toThrow();
  });

  it('is opened and shut one after the other, however quickly it is asked', async () => {
    const start = () => web.station.ask('share.start', { address });
    const [first, second] = await Promise.all([start(), start()]);
    expect(second.network).toEqual(first.network);
    const { url, key } = await open();
    const [, shut] = await Promise.all([start(), web.station.ask('share.stop', {})]);
    expect(shut.network).toBeNull();
    expect((await web.station.ask('share.state', {})).network).toBeNull();
    await expect(fetch(`${url}/?token=${key}`)).rejects.toThrow();
  });

  it('asks everybody for the key, on every address', async () => {
    const { url, key } = await open();
    for (const path of ['/', '/stream.mjpeg', '/stream.h264', '/snapshot.jpg', '/nothing']) {
      for (const wrong of ['', `${key.slice(0, -1)}_`].slice(0, path === '/' ? 2 : 1)) {
        const answer = await ask(`${url}${path}?token=${wrong}`);
        expect(answer.status, path).toBe(403);
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
        expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      }
    }
    expect((await ask(`${url}/`, { authorization: `Bearer ${key}` })).status).toBe(200);
    expect((await ask(`${url}/nothing?token=${key}`)).status).toBe(404);
  });

  it('has nothing behind it that changes anything', async () => {
    const { url, key } = await open();
    for (const name of Object.keys(requests)) {
      const answer = await ask(`${url}/api/request/${name}?token=${key}`, {}, 'POST');
      expect(answer.status, name).toBe(404);
    }
    for (const path of ['/ws', '/frames', '/api/status', '/api/cameras']) {
      expect((await ask(`${url}${path}?token=${key}`)).status, path).toBe(404);
    }
  });

  it('lets nobody dawdle, or babble: both are told why, and gone', async () => {
    const { url } = await open();
    const answers = ['GET / HTTP/1.1\r\nX-Slow: ', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'].map(
      async (sent) => {
        const socket = connect(Number(new URL(url).port), address);
        socket.write(sent);
        return text(socket);
      },
    );
    const [slow, unreadable] = await Promise.all(answers);
    expect(slow).toContain('did not arrive in time');
    expect(unreadable).toContain('Hoverdeck speaks HTTP/1.1');
    expect((await web.turnedAway()).requestsTooSlow).toBe(1);
  });

  it('lets nobody try keys for long', async () => {
    const { url } = await open();
    const statuses: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      statuses.push((await ask(`${url}/?token=wrong${tries}`)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 403), 429, 429]);
    // The owner’s own door is another one.
    expect((await web.get('/healthz')).status).toBe(200);
  });

  it('throws those with the former key out when there is a new one, and they stay out', async () => {
    await fly();
    const { url, key } = await open();
    const reader = await watch(url, key);
    await eventually(
      () => readParts(reader.received()),
      (parts) => parts.length > 2,
    );
    const { network: renewed } = await web.station.ask('share.newKey', {});
    await eventually(reader.isClosed, (isClosed) => isClosed);
    expect(renewed?.key).not.toBe(key);
    expect((await ask(`${url}/?token=${key}`)).status).toBe(403);
    expect((await ask(`${url}/?token=${renewed?.key}`)).status).toBe(200);
  });

  it('ends for everybody who watches when it is shut', async () => {
    await fly();
    const { url, key } = await open();
    const all = await Promise.all(Array.from({ length: 8 }, () => watch(url, key)));
    await eventually(
      () => web.station.ask('share.state', {}),
      ({ watching }) => watching.length === 8,
    );
    await web.station.ask('share.stop', {});
    await eventually(
      () => all.every((reader) => reader.isClosed()),
      (isOver) => isOver,
    );
    await eventually(
      () => web.station.ask('share.state', {}),
      ({ watching }) => watching.length === 0,
    );
  });

  it('keeps its key for this user’s eyes alone, and from one time to the next', async () => {
    const { key } = await open();
    const file = join(web.station.folder, 'data', 'share-key');
    expect((await readFile(file, 'utf8')).trim()).toBe(key);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await web.station.ask('share.stop', {});
    expect((await open()).key).toBe(key);
  });
});
