import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { stat } from 'node:fs/promises';
import { get as httpGet, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { localAddresses } from '../../../electron/base/local-addresses.ts';
import type { Sharing } from '../../../shared/share.ts';
import { childrenRunning } from '../../support/children-of.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { eventually } from '../../support/eventually.ts';
import { useWebServer } from '../../support/web-server.ts';

const run = promisify(execFile);
const until = (isSo: () => boolean | Promise<boolean>) => eventually(isSo, Boolean);

describe('what others watch', () => {
  const web = useWebServer();
  const url = (path: string) => `http://127.0.0.1:${web.port}${path}`;
  const connectSimulator = async () => {
    await web.station.ask('source.connect', { source: { kind: 'simulator' } });
    await until(async () => (await web.station.ask('status.get', {})).state === 'live');
  };
  const watching = async () => (await web.station.ask('share.state', {})).watching;

  /** Reads a stream until it has seen so many whole pictures. */
  async function pictures(path: string, count: number): Promise<Uint8Array[]> {
    const [response] = (await once(httpGet(url(path)), 'response')) as [IncomingMessage];
    const found: Uint8Array[] = [];
    let bytes = Buffer.alloc(0);
    for await (const chunk of response) {
      bytes = Buffer.concat([bytes, chunk]);
      for (;;) {
        const head = bytes.indexOf('\r\n\r\n');
        if (head < 0) break;
        const length = Number(/Content-Length: (\d+)/.exec(bytes.toString('latin1', 0, head))?.[1]);
        const end = head + 4 + length;
        // The next boundary is there with the picture, not with the one after.
        if (bytes.length < end + '\r\n--frame\r\n'.length) break;
        expect(bytes.toString('latin1', end, end + 11)).toBe('\r\n--frame\r\n');
        found.push(bytes.subarray(head + 4, end));
        bytes = bytes.subarray(end + 2);
      }
      if (found.length >= count) break;
    }
    response.destroy();
    return found;
  }

  it('are pictures in the shape that was asked for, as multipart insists on it', async () => {
    await connectSimulator();
    const response = await new Promise<IncomingMessage>((resolve) => {
      httpGet(url('/stream.mjpeg?width=320'), resolve);
    });
    expect(response.headers).toMatchObject({
      'content-type': 'multipart/x-mixed-replace; boundary=frame',
      'cache-control': 'no-cache',
      connection: 'close',
    });
    expect(response.headers['transfer-encoding']).toBeUndefined();
    response.destroy();
    const [first] = await pictures('/stream.mjpeg?width=320&quality=60', 3);
    expect(decodeJpeg(first ?? new Uint8Array())).toMatchObject({ width: 320, height: 240 });
    const [turned] = await pictures('/api/stream.mjpeg?width=240&rotate=90&mirror=1', 1);
    expect(decodeJpeg(turned ?? new Uint8Array())).toMatchObject({ width: 240, height: 320 });
    await until(async () => (await watching()).length === 0);
    await until(() => childrenRunning('transcoder').length === 0);
  });

  it('are made once, however many look, and by no more than may', async () => {
    await connectSimulator();
    const clients = Array.from({ length: 8 }, () =>
      spawn('curl', ['-s', '-o', '/dev/null', url('/stream.mjpeg?width=320')]),
    );
    await until(async () => (await watching()).length === 8);
    expect(childrenRunning('transcoder')).toHaveLength(1);
    const ninth = await web.get('/stream.mjpeg?width=320');
    expect(ninth.status).toBe(503);
    expect(ninth.body).toContain('As many watch as may: 8.');
    const [one] = await watching();
    await web.station.ask('share.disconnect', { id: one?.id ?? 0 });
    await until(async () => (await watching()).length === 7);
    for (const client of clients) client.kill();
    await until(async () => (await watching()).length === 0);
  });

  it.each([
    ['FFmpeg, MJPEG', 'ffmpeg', ['-f', 'mpjpeg', '-i', '/stream.mjpeg?width=480']],
    ['FFmpeg, H.264', 'ffmpeg', ['-f', 'h264', '-i', '/stream.h264']],
  ])('opens in a real client: %s', async (_name, program, args) => {
    await connectSimulator();
    const given = args.map((arg) => (arg.startsWith('/') ? url(arg) : arg));
    const { stderr } = await run(
      program,
      ['-v', 'error', ...given, '-frames:v', '20', '-f', 'null', '-'],
      { timeout: 25_000 },
    );
    expect(stderr).toBe('');
  });

  it('goes on when the source does: another one, or the same again', async () => {
    await connectSimulator();
    const [response] = (await once(httpGet(url('/stream.mjpeg?width=320')), 'response')) as [
      IncomingMessage,
    ];
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    response.on('error', () => undefined);
    await until(() => bytes > 20_000);
    await web.station.ask('source.connect', { source: { kind: 'webcam', device: 'test' } });
    const before = bytes;
    await until(() => bytes > before + 100_000);
    // A stream of H.264 has nothing to give now, and says so.
    const other = await web.get('/stream.h264');
    expect(other.status).toBe(501);
    expect(other.body).toContain('Take /stream.mjpeg.');
    response.destroy();
  });

  it('a stream without a picture says so, instead of showing an old one', async () => {
    const [first] = await pictures('/stream.mjpeg', 1);
    expect(decodeJpeg(first ?? new Uint8Array())).toMatchObject({ width: 640, height: 480 });
  });

  it('one that stops reading costs nobody a picture, and no memory', async () => {
    await connectSimulator();
    const stalled = connect(web.port, '127.0.0.1');
    stalled.write(`GET /stream.mjpeg?quality=100 HTTP/1.0\r\nHost: 127.0.0.1:${web.port}\r\n\r\n`);
    stalled.pause();
    await until(async () => ((await watching())[0]?.dropped ?? 0) > 10);
    expect(await pictures('/stream.mjpeg?width=320', 10)).toHaveLength(10);
    stalled.destroy();
    await until(async () => (await watching()).length === 0);
  });

  it.each([
    ['fps=0', 'fps'],
    ['width=9', 'width'],
    ['quality=101', 'quality'],
    ['rotate=45', 'rotate'],
  ])('refuses %s with a sentence', async (query, name) => {
    const { status, body } = await web.get(`/stream.mjpeg?${query}`);
    expect(status).toBe(400);
    expect(JSON.parse(body).error.message).toContain(name);
  });

  it('has the names that people’s tools know, and ignores what it does not', async () => {
    await connectSimulator();
    for (const path of ['/?action=snapshot', '/api/frame.jpeg', '/snapshot.jpg?cache=1']) {
      expect((await web.get(path)).headers['content-type']).toBe('image/jpeg');
    }
    expect(await pictures('/?action=stream&dummy=1', 2)).toHaveLength(2);
    expect((await web.get('/')).body).toContain('<title>Page</title>');
  });

  it('other pages get nothing of it', async () => {
    const { status } = await web.get('/stream.mjpeg', { 'sec-fetch-site': 'cross-site' });
    expect(status).toBe(403);
  });

  const [network] = localAddresses();
  describe.skipIf(network === undefined)('on a network', () => {
    const open = () => web.station.ask('share.start', { address: network?.address ?? '' });
    const ask = async (sharing: Sharing, path: string, key = sharing.network?.key) => {
      const leaving = new AbortController();
      const address = `${sharing.network?.url}${path}`;
      const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
      const response = await fetch(address, { headers, signal: leaving.signal });
      leaving.abort();
      return response.status;
    };

    it('needs the key for everything, and changes nothing', async () => {
      await connectSimulator();
      const sharing = await open();
      for (const path of ['/', '/snapshot.jpg', '/stream.mjpeg', '/stream.h264', '/api/status']) {
        expect(await ask(sharing, path, '')).toBe(403);
      }
      expect(await ask(sharing, '/')).toBe(200);
      expect(await ask(sharing, '/stream.mjpeg')).toBe(200);
      expect(await ask(sharing, '/api/request/source.disconnect')).toBe(404);
      const { mode } = await stat(join(web.station.folder, 'data', 'share-key'));
      expect(mode & 0o777).toBe(0o600);
      await web.station.ask('share.stop', {});
      await expect(ask(sharing, '/')).rejects.toThrow();
    });

    it('a new key shuts the old one out, and whoever came in with it', async () => {
      await connectSimulator();
      const sharing = await open();
      const { url: door = '', key = '' } = sharing.network ?? {};
      const client = spawn('curl', ['-s', '-o', '/dev/null', `${door}/stream.mjpeg?token=${key}`]);
      const gone = once(client, 'exit');
      await until(async () => (await watching()).length === 1);
      const renewed = await web.station.ask('share.newKey', {});
      await gone;
      expect(await ask(renewed, '/', key)).toBe(403);
      expect(await ask(renewed, '/')).toBe(200);
    });

    it('whoever guesses keys waits a minute', async () => {
      const sharing = await open();
      for (let i = 0; i < 10; i++) expect(await ask(sharing, '/', `wrong${i}`)).toBe(403);
      expect(await ask(sharing, '/', 'wrong')).toBe(429);
    });
  });
});
