import { afterEach, describe, expect, it } from 'vitest';
import { childrenRunning } from '../../support/children-of.ts';
import { decodeJpeg } from '../../support/decode-jpeg.ts';
import { eventually } from '../../support/eventually.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { startSimulator, type TestSimulator } from '../../support/simulator.ts';
import { readParts, readStream, type StreamReader } from '../../support/stream-reader.ts';
import { useWebServer } from '../../support/web-server.ts';

describe('what others may watch', () => {
  assertNoLeaks();
  const web = useWebServer();
  const readers: StreamReader[] = [];
  let drone: TestSimulator | undefined;
  afterEach(async () => {
    for (const { socket } of readers.splice(0)) socket.destroy();
    await drone?.close();
    drone = undefined;
  });

  const watch = async (path: string, options?: Parameters<typeof readStream>[2]) => {
    const reader = await readStream(web.port, path, options);
    readers.push(reader);
    return reader;
  };
  const parts = (reader: StreamReader, count: number) =>
    eventually(
      () => readParts(reader.received()),
      (all) => all.length >= count,
    );
  const watching = async () => (await web.station.ask('share.state', {})).watching;
  async function fly(): Promise<TestSimulator> {
    drone = await startSimulator();
    await web.station.ask('source.connect', { source: drone.source });
    await live();
    return drone;
  }
  const live = () =>
    eventually(
      () => web.station.ask('status.get', {}),
      ({ state }) => state === 'live',
    );

  it('is MJPEG as other programs insist on it, over HTTP/1.0', async () => {
    await fly();
    const reader = await watch('/stream.mjpeg?width=320&unknown=1');
    const all = await parts(reader, 5);
    const head = reader.received().toString('latin1').split('\r\n\r\n')[0]?.toLowerCase() ?? '';
    expect(head).toContain('content-type: multipart/x-mixed-replace; boundary=frame');
    expect(head).toContain('cache-control: no-cache');
    expect(head).toContain('connection: close');
    expect(head).not.toContain('transfer-encoding');
    const codes = all.map(({ head: partHead, jpeg, boundaryFollows }) => {
      expect(partHead).toContain('Content-Type: image/jpeg');
      const at = Number(/X-Timestamp: ([\d.]+)/.exec(partHead)?.[1]);
      expect(Math.abs(at * 1_000 - Date.now())).toBeLessThan(60_000);
      expect(boundaryFollows, 'the next boundary goes with the picture').toBe(true);
      // No picture within the picture: some readers cut at the first end they see.
      expect(jpeg.indexOf(Buffer.from([0xff, 0xd9]))).toBe(jpeg.length - 2);
      const { width, height } = decodeJpeg(jpeg);
      expect({ width, height }).toEqual({ width: 320, height: 240 });
      return at;
    });
    expect(codes).toEqual([...codes].sort((a, b) => a - b));
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('turns the picture as it is asked to', async () => {
    await fly();
    const [part] = await parts(await watch('/?action=stream&rotate=90&fps=5&mirror=1'), 1);
    const { width, height } = decodeJpeg(part?.jpeg ?? Buffer.alloc(0));
    expect({ width, height }).toEqual({ width: 720, height: 960 });
  });

  it('is made once for all who want the same, and by nobody when nobody looks', async () => {
    await fly();
    const clients = await Promise.all(Array.from({ length: 8 }, () => watch('/api/stream.mjpeg')));
    await Promise.all(clients.map((client) => parts(client, 2)));
    expect(childrenRunning('transcoder')).toHaveLength(1);
    expect(await watching()).toHaveLength(8);
    const ninth = await web.get('/stream.mjpeg');
    expect(ninth.status).toBe(503);
    expect(JSON.parse(ninth.body)).toMatchObject({
      error: { code: 'busy', tip: expect.any(String) },
    });
    expect(ninth.headers['retry-after']).toBe('5');
    for (const { socket } of clients) socket.destroy();
    await eventually(watching, (all) => all.length === 0);
    await eventually(
      () => childrenRunning('transcoder'),
      (pids) => pids.length === 0,
    );
  });

  it('is made in so many shapes at most', async () => {
    await fly();
    for (let width = 100; width < 106; width++) await watch(`/stream.mjpeg?width=${width}`);
    await eventually(watching, (all) => all.length === 6);
    const seventh = await web.get('/stream.mjpeg?width=106');
    expect(seventh.status).toBe(503);
    expect(JSON.parse(seventh.body).error.message).toContain('6');
    await parts(await watch('/stream.mjpeg?width=100'), 1);
  });

  it.each(['fps=0', 'fps=61', 'width=9', 'quality=0', 'rotate=45', 'mirror=perhaps', 'width=x'])(
    'refuses %s with a sentence',
    async (query) => {
      for (const path of ['/stream.mjpeg', '/snapshot.jpg']) {
        const answer = await web.get(`${path}?${query}`);
        expect(answer.status, path).toBe(400);
        const { error } = JSON.parse(answer.body);
        expect(error.message).toContain(query.split('=')[0]);
      }
    },
  );

  it('answers HEAD, and keeps no place for it', async () => {
    for (const path of ['/stream.mjpeg', '/stream.h264']) {
      expect((await web.get(path, {}, 'HEAD')).status, path).toBe(200);
    }
    expect(await watching()).toEqual([]);
  });

  it('says that there is no signal, and goes on by itself when the picture is back', async () => {
    const sim = await fly();
    const reader = await watch('/stream.mjpeg');
    await parts(reader, 3);
    await sim.setFaults({ silenceAfterS: 0 });
    const isDrone = (jpeg: Buffer) => decodeJpeg(jpeg).width === 960;
    const newest = () => readParts(reader.received()).at(-1)?.jpeg ?? Buffer.alloc(0);
    await eventually(newest, (jpeg) => jpeg.length > 0 && !isDrone(jpeg));
    await sim.setFaults({ silenceAfterS: null });
    await eventually(newest, (jpeg) => isDrone(jpeg), 25_000);
  });

  it('gives every client the picture of the next source', async () => {
    await fly();
    const reader = await watch('/stream.mjpeg?width=160');
    await parts(reader, 2);
    await web.station.ask('source.connect', { source: { kind: 'webcam', device: 'test' } });
    await live();
    // 160x90 is the camera's: the drone's is 160x120, and 640x480 says that there is no signal.
    await eventually(
      () =>
        readParts(reader.received()).filter(({ jpeg }) => decodeJpeg(jpeg).height === 90).length,
      (count) => count >= 5,
    );
    expect(reader.isClosed()).toBe(false);
    const h264 = await web.get('/stream.h264');
    expect(h264.status).toBe(409);
    expect(JSON.parse(h264.body).error.tip).toContain('/stream.mjpeg');
  });

  it('is the camera’s own JPEG, to the byte, where nothing is asked of it', async () => {
    await web.station.ask('source.connect', { source: { kind: 'webcam', device: 'test' } });
    await live();
    const reader = await watch('/stream.mjpeg');
    await parts(reader, 5);
    const snapshot = Buffer.from(await web.station.station.snapshot());
    const same = await eventually(
      () => readParts(reader.received()).find(({ jpeg }) => jpeg.equals(snapshot)),
      (part) => part !== undefined,
    );
    expect(decodeJpeg(same?.jpeg ?? snapshot)).toMatchObject({ width: 1280, height: 720 });
    expect(childrenRunning('transcoder')).toEqual([]);
    const { consumers } = await web.station.ask('status.get', {});
    expect(consumers.filter(({ kind }) => kind === 'share')).toHaveLength(1);
  });

  it('says that there is no signal where nothing is connected', async () => {
    const [part] = await parts(await watch('/stream.mjpeg'), 1);
    expect(decodeJpeg(part?.jpeg ?? Buffer.alloc(0))).toMatchObject({ width: 640, height: 480 });
  });

  it('has the names people’s tools know, beside the page', async () => {
    await fly();
    for (const path of ['/?action=snapshot', '/api/frame.jpeg', '/snapshot.jpg?cache=1']) {
      expect((await web.get(path)).headers['content-type'], path).toBe('image/jpeg');
    }
    expect((await web.get('/')).body).toContain('<title>Page</title>');
  });

  it('is nothing for the pages of others', async () => {
    for (const path of ['/stream.mjpeg', '/stream.h264', '/?action=stream']) {
      const { status } = await web.get(path, { 'sec-fetch-site': 'cross-site' });
      expect(status, path).toBe(403);
    }
  });

  it('begins the H.264 with parameter sets and a keyframe', async () => {
    await fly();
    const reader = await watch('/stream.h264');
    const received = await eventually(reader.received, (all) => all.length > 60_000);
    const body = received.subarray(received.indexOf('\r\n\r\n') + 4);
    const types: number[] = [];
    for (let at = body.indexOf('\0\0\x01'); at >= 0; at = body.indexOf('\0\0\x01', at + 3)) {
      types.push((body[at + 3] ?? 0) & 0x1f);
    }
    expect(types.slice(0, 3)).toEqual([7, 8, 5]);
  });

  it('loses pictures for one who does not read, never memory, and says how many', async () => {
    await fly();
    const reader = await watch('/stream.mjpeg?quality=100');
    reader.socket.pause();
    const other = await watch('/stream.mjpeg?quality=100');
    await eventually(watching, ([first]) => (first?.dropped ?? 0) > 20, 28_000);
    const [, second] = await watching();
    expect(second?.dropped).toBe(0);
    expect(readParts(other.received()).length).toBeGreaterThan(20);
  });

  it('ends for one who is disconnected', async () => {
    await fly();
    const reader = await watch('/stream.mjpeg');
    const [first] = await eventually(watching, (all) => all.length === 1);
    expect(first).toMatchObject({ address: '127.0.0.1', what: 'mjpeg' });
    await web.station.ask('share.disconnect', { id: first?.id ?? -1 });
    await eventually(reader.isClosed, (isClosed) => isClosed);
    expect(await web.station.request('share.disconnect', { id: first?.id ?? -1 })).toMatchObject({
      ok: false,
      error: { code: 'not-found' },
    });
  });

  it('stays whole under two hundred who come and go', async () => {
    await fly();
    const answers = await Promise.all(
      Array.from({ length: 200 }, async () => {
        const reader = await readStream(web.port, '/stream.mjpeg');
        const text = await eventually(
          reader.received,
          (all) => all.length > 12 || reader.isClosed(),
        );
        reader.socket.destroy();
        return text.toString('latin1', 9, 12);
      }),
    );
    expect(new Set(answers)).toEqual(new Set(['200', '503']));
    await eventually(watching, (all) => all.length === 0);
    await parts(await watch('/stream.mjpeg'), 2);
  });

  it('makes a snapshot in the size it is asked for', async () => {
    await fly();
    const reader = await watch('/snapshot.jpg?width=200');
    await eventually(reader.isClosed, (isClosed) => isClosed);
    const received = reader.received();
    const { width } = decodeJpeg(received.subarray(received.indexOf('\r\n\r\n') + 4));
    expect(width).toBe(200);
    expect(await watching()).toEqual([]);
    await web.station.ask('source.disconnect', {});
    expect((await web.get('/snapshot.jpg?width=200')).status).toBe(503);
  });
});
