import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as NodeWebSocket, type WebSocket as ServerSocket, WebSocketServer } from 'ws';
import { createBrowserClient } from '../../../../renderer/station/browser-client.ts';
import { createStationStore, followStation } from '../../../../renderer/station/station-store.ts';
import type { LinkState } from '../../../../shared/client.ts';
import { defaultSettings } from '../../../../shared/settings.ts';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { sampleStatus } from '../../../support/sample-status.ts';

type Asked = { id: number; name: string; input: unknown };

/** A station's WebSocket end: real sockets, and answers as the test likes them. */
class Peer {
  readonly sockets = new Set<ServerSocket>();
  readonly paths: string[] = [];
  readonly asked: Asked[] = [];
  answer: (asked: Asked) => unknown = () => undefined;
  readonly #http: Server = createServer();
  readonly #wss = new WebSocketServer({ server: this.#http });

  async listen(port = 0): Promise<number> {
    this.#wss.on('connection', (socket, request) => {
      this.paths.push(request.url ?? '');
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('message', (data) => {
        const asked: Asked = JSON.parse(String(data));
        this.asked.push(asked);
        const result = this.answer(asked);
        if (result !== undefined) socket.send(JSON.stringify({ id: asked.id, result }));
      });
    });
    this.#http.listen(port, '127.0.0.1');
    await once(this.#http, 'listening');
    return (this.#http.address() as AddressInfo).port;
  }

  say(text: string): void {
    for (const socket of this.sockets) socket.send(text);
  }

  drop(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  async close(): Promise<void> {
    this.drop();
    this.#wss.close();
    this.#http.close();
    await once(this.#http, 'close');
  }
}

/** The `ws` package speaks the interface of a browser's WebSocket, and also throws what nobody hears. */
function createSocket(url: string): WebSocket {
  const socket = new NodeWebSocket(url);
  socket.on('error', () => undefined);
  return socket as unknown as WebSocket;
}

describe('browser client', () => {
  assertNoLeaks();
  let peer: Peer;
  let client: ReturnType<typeof createBrowserClient>;
  let links: LinkState[];
  let port: number;

  function connect(silenceMs?: number): void {
    links = [];
    client = createBrowserClient({
      origin: `ws://127.0.0.1:${port}`,
      createSocket,
      ...(silenceMs === undefined ? {} : { silenceMs }),
    });
    client.onLink((state) => links.push(state));
  }

  const until = (state: LinkState, times = 1) =>
    vi.waitFor(
      () => expect(links.filter((link) => link === state).length).toBeGreaterThanOrEqual(times),
      5_000,
    );

  beforeEach(async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    peer = new Peer();
    port = await peer.listen();
  });

  afterEach(async () => {
    client.dispose();
    await peer.close();
    vi.restoreAllMocks();
  });

  it('asks at /ws and gets the answer to its own question', async () => {
    connect();
    await until('open');
    const held: Asked[] = [];
    peer.answer = (asked) => void held.push(asked);
    const status = client.request('status.get', {});
    const settings = client.request('settings.get', {});
    await vi.waitFor(() => expect(held).toHaveLength(2));
    for (const { id, name } of held.reverse()) {
      const value = name === 'status.get' ? sampleStatus() : defaultSettings;
      peer.say(JSON.stringify({ id, result: { ok: true, value } }));
    }
    expect(await status).toEqual({ ok: true, value: sampleStatus() });
    expect(await settings).toEqual({ ok: true, value: defaultSettings });
    expect(peer.paths).toEqual(['/ws']);
    expect(links).toEqual(['connecting', 'open']);
  });

  it('passes failures on, and turns answers outside the contract into one', async () => {
    connect();
    await until('open');
    const busy = { code: 'busy', message: 'Busy.', retryAfterMs: 300 };
    peer.answer = () => ({ ok: false, error: busy });
    expect(await client.request('capture.take', {})).toEqual({ ok: false, error: busy });
    for (const answer of [{ ok: true, value: { id: 7 } }, { ok: false }, 'ok', null]) {
      peer.answer = () => answer;
      expect(await client.request('capture.take', {})).toMatchObject({
        ok: false,
        error: { code: 'internal' },
      });
    }
  });

  it('delivers events that fit the contract, and survives everything else', async () => {
    connect();
    await until('open');
    const seen: number[] = [];
    const leave = client.on('status', (status) => seen.push(status.generation));
    peer.say('not json');
    peer.say('{"event":"status","payload":{"state":"flying"}}');
    peer.say('{"event":"constructor","payload":{}}');
    peer.say('{"id":99,"result":{"ok":true,"value":{}}}');
    peer.say('[]');
    peer.say(JSON.stringify({ event: 'status', payload: sampleStatus({ generation: 8 }) }));
    await vi.waitFor(() => expect(seen).toEqual([8]));
    leave();
    peer.say(JSON.stringify({ event: 'status', payload: sampleStatus({ generation: 9 }) }));
    peer.answer = () => ({ ok: true, value: sampleStatus() });
    await client.request('status.get', {});
    expect(seen).toEqual([8]);
  });

  it('settles what was under way when the link breaks, and comes back by itself', async () => {
    connect();
    await until('open');
    const pending = client.request('status.get', {});
    await vi.waitFor(() => expect(peer.asked).toHaveLength(1));
    peer.drop();
    expect(await pending).toMatchObject({ ok: false, error: { code: 'connection-lost' } });
    expect(await client.request('status.get', {})).toMatchObject({
      ok: false,
      error: { code: 'connection-lost' },
    });
    await until('open', 2);
    expect(links).toEqual(['connecting', 'open', 'lost', 'open']);
    peer.answer = () => ({ ok: true, value: sampleStatus() });
    expect((await client.request('status.get', {})).ok).toBe(true);
  });

  it('keeps trying while there is no station', async () => {
    await peer.close();
    connect();
    await until('lost');
    peer = new Peer();
    await peer.listen(port);
    await until('open');
  });

  it('gives up a link that has gone silent, after asking once', async () => {
    connect(50);
    await until('open', 2);
    expect(peer.asked[0]).toMatchObject({ name: 'status.get' });
    expect(links).toContain('lost');
  });

  it('keeps the store true across a lost link', async () => {
    const answers: Record<string, unknown> = {
      'status.get': sampleStatus({ generation: 5 }),
      'settings.get': { ...defaultSettings, theme: 'dark' },
      'capture.list': [],
      'cameras.list': [],
    };
    peer.answer = ({ name }) =>
      name in answers
        ? { ok: true, value: answers[name] }
        : { ok: false, error: { code: 'internal', message: 'Not here.' } };
    connect();
    const store = createStationStore();
    const stop = followStation(client, store);
    await vi.waitFor(() => expect(store.getState().cameras).toEqual([]));
    expect(store.getState()).toMatchObject({ link: 'open', host: null });
    expect(store.getState().status?.generation).toBe(5);
    expect(store.getState().settings.theme).toBe('dark');

    answers['status.get'] = sampleStatus({ generation: 6, state: 'idle' });
    peer.drop();
    await vi.waitFor(() => expect(store.getState().link).toBe('lost'));
    await vi.waitFor(() => expect(store.getState().status?.generation).toBe(6), 5_000);
    stop();
  });

  it('says where frames come from', async () => {
    connect();
    await until('open');
    expect(await client.openFrameLink()).toEqual({
      kind: 'socket',
      url: `ws://127.0.0.1:${port}/frames`,
    });
  });
});
