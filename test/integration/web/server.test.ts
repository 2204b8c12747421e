import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { startShareServer } from '../../../electron/web/server.ts';
import { encodeViewerMessage } from '../../../shared/frames.ts';
import { requests } from '../../../shared/requests.ts';
import { statusSchema } from '../../../shared/status.ts';
import { assertNoLeaks } from '../../support/leaks.ts';
import { closed, useWebServer } from '../../support/web-server.ts';

const nextMessage = (socket: WebSocket, wanted: (message: Record<string, unknown>) => boolean) =>
  new Promise<Record<string, unknown>>((resolve) => {
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      if (wanted(message)) resolve(message);
    });
  });

describe('the HTTP server', () => {
  assertNoLeaks();
  const web = useWebServer();
  const { get, openSocket } = web;

  it('listens on 127.0.0.1 and serves the page with a strict policy', async () => {
    expect(web.server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const page = await get('/');
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('<title>Page') });
    const policy = String(page.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect((await get('/assets/app-abc.js')).headers['cache-control']).toContain('immutable');
    expect((await get('/nothing')).status).toBe(404);
  });

  it('keeps to its folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/..%5c..%5csecret.txt',
    ]) {
      const answer = await get(path);
      expect(answer.body, path).not.toContain('secret');
      expect(answer.status, path).toBeGreaterThanOrEqual(400);
    }
  });

  it('answers status, health and the missing snapshot as JSON', async () => {
    expect(JSON.parse((await get('/healthz')).body)).toEqual({ ok: true });
    const status = await get('/api/status');
    expect(statusSchema.parse(JSON.parse(status.body))).toMatchObject({
      state: 'idle',
      consumers: [],
    });
    const snapshot = await get('/snapshot.jpg');
    expect(snapshot.status).toBe(503);
    expect(JSON.parse(snapshot.body)).toMatchObject({
      error: { code: 'not-connected', tip: expect.any(String) },
    });
    expect((await get('/captures/none/thumbnail.jpg')).status).toBe(404);
    expect((await get('/captures/none/picture')).status).toBe(404);
  });

  it.each([
    ['a foreign host', { host: 'evil.example' }],
    ['a rebound name with our port', { host: 'evil.example:PORT' }],
    ['our host on another port', { host: '127.0.0.1:1' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['another local server', { origin: 'http://127.0.0.1:1' }],
    ['an opaque origin', { origin: 'null' }],
    ['a cross-site image', { 'sec-fetch-site': 'cross-site' }],
    ['a page of another local port', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s on every route', async (_what, lies) => {
    const headers = Object.fromEntries(
      Object.entries(lies).map(([name, value]) => [name, value.replace('PORT', String(web.port))]),
    );
    for (const path of ['/', '/api/status', '/snapshot.jpg', '/healthz', '/nothing']) {
      const answer = await get(path, headers);
      expect(answer.status, path).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'not-trusted' } });
    }
    const posted = await get(
      '/api/request/status.get',
      { ...headers, 'content-type': 'application/json' },
      'POST',
      '{}',
    );
    expect(posted.status).toBe(403);
    await expect(openSocket('/ws', headers)).rejects.toThrow('403');
    await expect(openSocket('/frames', headers)).rejects.toThrow('403');
  });

  it('carries every request of the table', async () => {
    for (const name of Object.keys(requests)) {
      const answer = await get(
        `/api/request/${name}`,
        { 'content-type': 'application/json' },
        'POST',
        '{}',
      );
      expect(JSON.parse(answer.body), name).toHaveProperty('ok');
    }
  });

  it.each([
    ['broken JSON', { 'content-type': 'application/json' }, '{"a":', 400],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b', 400],
    [
      'text that a foreign page could send without asking',
      { 'content-type': 'text/plain' },
      '{}',
      400,
    ],
    ['a huge body', { 'content-type': 'application/json' }, `"${'x'.repeat(100_000)}"`, 400],
    ['a list', { 'content-type': 'application/json' }, '[]', 400],
  ])('answers %s with a plain error', async (_what, headers, body, status) => {
    const answer = await get('/api/request/status.get', headers, 'POST', body);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'bad-request' } });
  });

  it('says 400 for an unknown request', async () => {
    const answer = await get(
      '/api/request/nope',
      { 'content-type': 'application/json' },
      'POST',
      '{}',
    );
    expect(answer.status).toBe(400);
  });

  it('carries requests and events over a WebSocket', async () => {
    const socket = await openSocket('/ws', { origin: web.server.url });
    const reply = nextMessage(socket, (message) => message.id === 7);
    socket.send(JSON.stringify({ id: 7, name: 'status.get', input: {} }));
    expect(await reply).toMatchObject({ result: { ok: true, value: { state: 'idle' } } });
    expect(await nextMessage(socket, (message) => message.event === 'status')).toMatchObject({
      payload: { state: 'idle' },
    });
    socket.close();
    await closed(socket);
  });

  it.each([['not JSON'], ['{}'], ['{"id":"x","name":"status.get"}'], ['null'], ['[]']])(
    'ends a WebSocket that says %j',
    async (text) => {
      const socket = await openSocket('/ws');
      socket.send(text);
      expect(await closed(socket)).toBe(1003);
    },
  );

  it('ends WebSockets that send binary, or too much', async () => {
    const binary = await openSocket('/ws');
    binary.send(new Uint8Array(10));
    expect(await closed(binary)).toBe(1003);
    const large = await openSocket('/ws');
    large.send('x'.repeat(1_000_000));
    expect(await closed(large)).toBe(1009);
  });

  it('serves two clients, and notices when a viewer is gone', async () => {
    const first = await openSocket('/frames');
    const second = await openSocket('/frames');
    first.send('text is not a frame message');
    for (const socket of [first, second]) socket.send(encodeViewerMessage({ type: 'ready' }));
    const viewers = async () => (await web.station.ask('status.get', {})).consumers;
    await expect.poll(viewers).toHaveLength(2);
    first.terminate();
    await expect.poll(viewers).toHaveLength(1);
    second.close();
    await expect.poll(viewers).toHaveLength(0);
  });

  it('says which port is taken', async () => {
    const { port } = web;
    const again = startShareServer({
      station: web.station.station,
      port,
      rendererFolder: join(web.station.folder, 'page'),
      log: web.station.log,
    });
    await expect(again).rejects.toMatchObject({
      code: 'port-in-use',
      message: expect.stringContaining(String(port)),
    });
  });
});
