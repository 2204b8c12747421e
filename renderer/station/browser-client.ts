import { z } from 'zod';
import type { LinkState, StationClient } from '../../shared/client.ts';
import type { Result } from '../../shared/result.ts';
import { RetryDelays } from '../../shared/retry-delays.ts';
import { createEventHub } from './event-hub.ts';
import { connectionLost, parseReply } from './replies.ts';

/** First short, so that a restart of the station goes almost unnoticed; never longer than 5 s. */
const RECONNECT_DELAYS_MS = [250, 500, 1_000, 2_000, 5_000] as const;
/** The station speaks every 500 ms. After this silence the page asks; after as long again it reconnects. */
const SILENCE_MS = 5_000;
/** Longest any request may take (opening a camera has a 10 s deadline of its own). */
const REQUEST_TIMEOUT_MS = 30_000;

const messageSchema = z.union([
  z.object({ id: z.number().int(), result: z.unknown() }),
  z.object({ event: z.string(), payload: z.unknown() }),
]);

export type BrowserClientOptions = {
  /** `ws(s)://host`, without a path. */
  origin: string;
  createSocket(url: string): WebSocket;
  silenceMs?: number;
};

/**
 * The station over a WebSocket: JSON text both ways, reconnecting by itself. Requests made while
 * there is no connection, and those under way when it breaks, resolve as `connection-lost`.
 */
export function createBrowserClient(
  options: BrowserClientOptions,
): StationClient & { dispose(): void } {
  const silenceMs = options.silenceMs ?? SILENCE_MS;
  const hub = createEventHub();
  const linkListeners = new Set<(state: LinkState) => void>();
  const pending = new Map<number, (reply: unknown) => void>();
  const delays = new RetryDelays(RECONNECT_DELAYS_MS);
  let link: LinkState = 'connecting';
  let socket: WebSocket | null = null;
  let nextId = 1;
  let disposed = false;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;

  function setLink(state: LinkState): void {
    if (link === state) return;
    link = state;
    for (const listener of [...linkListeners]) listener(state);
  }

  function open(): void {
    const mine = options.createSocket(`${options.origin}/ws`);
    socket = mine;
    mine.addEventListener('open', () => {
      if (socket !== mine) return;
      delays.reset();
      expectWords(mine);
      setLink('open');
    });
    mine.addEventListener('message', (event) => {
      if (socket !== mine) return;
      expectWords(mine);
      receive(event.data);
    });
    // A failed attempt also ends in `close`, the only place that decides what comes next.
    mine.addEventListener('close', () => lose(mine));
  }

  function expectWords(mine: WebSocket): void {
    clearTimeout(silenceTimer);
    silenceTimer = setTimeout(() => {
      void request('status.get', {});
      // A half-open connection may take minutes to say `close`; give it up now.
      silenceTimer = setTimeout(() => lose(mine), silenceMs);
    }, silenceMs);
  }

  function lose(mine: WebSocket): void {
    if (socket !== mine) return;
    socket = null;
    clearTimeout(silenceTimer);
    mine.close();
    for (const settle of [...pending.values()]) settle(connectionLost());
    if (disposed) return;
    setLink('lost');
    reconnectTimer = setTimeout(open, delays.nextMs());
  }

  function receive(data: unknown): void {
    const message = messageSchema.safeParse(parseJson(data));
    if (!message.success) {
      console.warn('Hoverdeck: a message outside the protocol was ignored.');
    } else if ('id' in message.data) {
      pending.get(message.data.id)?.(message.data.result);
    } else if (!hub.deliver(message.data.event, message.data.payload)) {
      console.warn(`Hoverdeck: the event “${message.data.event}” was not understood.`);
    }
  }

  const request: StationClient['request'] = (name, input) => {
    const open = socket;
    if (open === null || link !== 'open') return Promise.resolve(connectionLost());
    const id = nextId++;
    return new Promise((resolve: (result: Result<never>) => void) => {
      const settle = (reply: unknown) => {
        clearTimeout(timer);
        pending.delete(id);
        resolve(parseReply(name, reply) as Result<never>);
      };
      const timer = setTimeout(() => settle(connectionLost()), REQUEST_TIMEOUT_MS);
      pending.set(id, settle);
      open.send(JSON.stringify({ id, name, input }));
    });
  };

  open();
  return {
    request,
    on: hub.on,
    onLink(callback) {
      linkListeners.add(callback);
      callback(link);
      return () => void linkListeners.delete(callback);
    },
    openFrameLink: () => Promise.resolve({ kind: 'socket', url: `${options.origin}/frames` }),
    dispose() {
      disposed = true;
      clearTimeout(reconnectTimer);
      if (socket) lose(socket);
    },
  };
}

function parseJson(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    // Not JSON: the schema refuses `undefined`, and the caller says so.
    return undefined;
  }
}
