import { WebSocket } from 'ws';
import type { Protocol } from './protocol.ts';

type Commands = Protocol.CommandParameters;
type Results = Protocol.CommandReturnValues;
type Events = Protocol.Events;

/** One attached target (or the browser itself), speaking the Chrome DevTools Protocol. */
export type CdpSession = {
  send<M extends keyof Commands & keyof Results & string>(
    method: M,
    params?: Commands[M],
  ): Promise<Results[M]>;
  on<E extends keyof Events & string>(event: E, listener: (payload: Events[E]) => void): void;
};

export type CdpConnection = {
  browser: CdpSession;
  session(id: string): CdpSession;
  onClose(callback: () => void): void;
  close(): void;
};

type Answer = { id: number; result?: unknown; error?: { message: string } };
type Notice = { method: string; params: unknown; sessionId?: string };
type Waiting = { method: string; resolve(value: unknown): void; reject(error: Error): void };

/** Connects to a browser's debugging address. Requests still open when it closes are rejected. */
export async function connectCdp(url: string): Promise<CdpConnection> {
  const socket = new WebSocket(url, { perMessageDeflate: false });
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, ((payload: never) => void)[]>();
  let nextId = 1;

  function receive(text: string): void {
    const message = JSON.parse(text) as Answer | Notice;
    if ('id' in message) {
      const entry = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.error) entry?.reject(new Error(`${entry.method}: ${message.error.message}`));
      else entry?.resolve(message.result);
      return;
    }
    const key = `${message.sessionId ?? ''} ${message.method}`;
    for (const listener of listeners.get(key) ?? []) listener(message.params as never);
  }
  socket.on('message', (data) => receive(String(data)));
  socket.on('error', () => socket.terminate());
  socket.on('close', () => {
    for (const { method, reject } of waiting.values()) reject(new Error(`${method}: closed`));
    waiting.clear();
  });

  function session(sessionId?: string): CdpSession {
    return {
      send(method, params) {
        return new Promise((resolve, reject) => {
          const id = nextId++;
          waiting.set(id, { method, resolve: (value) => resolve(value as never), reject });
          socket.send(JSON.stringify({ id, method, params: params ?? {}, sessionId }));
        });
      },
      on(event, listener) {
        const key = `${sessionId ?? ''} ${event}`;
        listeners.set(key, [...(listeners.get(key) ?? []), listener]);
      },
    };
  }

  return {
    browser: session(),
    session,
    onClose: (callback) => void socket.on('close', callback),
    close: () => socket.close(),
  };
}
