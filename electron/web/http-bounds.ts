import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { TurnedAway } from './turned-away.ts';

/** 32 viewers with a browser's usual six connections, and some for scripts. */
const MAX_CONNECTIONS = 256;
/** Browsers ask one thing at a time on a connection; a list of open questions is a way to fill memory. */
const MAX_OPEN_REQUESTS = 8;
/** A reply that makes no way for this long has no reader. */
const UNREAD_DEADLINE_MS = 5_000;

/** How long a client may take to say what it wants: 64 kB at most, over loopback. */
export const REQUEST_TIMEOUTS = {
  headersTimeoutMs: 5_000,
  /** The whole request, its body included. */
  requestTimeoutMs: 5_000,
  keepAliveMs: 5_000,
  checkEveryMs: 1_000,
} as const;

/** Bounds what plain HTTP can cost: connections, questions on one of them, and answers nobody reads. */
export function boundHttp(server: FastifyInstance, turnedAway: TurnedAway): void {
  server.server.maxConnections = MAX_CONNECTIONS;
  server.server.on('drop', () => turnedAway.add('connectionsRefused'));
  const open = new WeakMap<Socket, number>();

  server.addHook('onRequest', async (request, reply) => {
    const { socket } = request.raw;
    const count = (open.get(socket) ?? 0) + 1;
    open.set(socket, count);
    reply.raw.once('close', () => open.set(socket, (open.get(socket) ?? 1) - 1));
    if (count <= MAX_OPEN_REQUESTS) return;
    // What came in the same breath arrives after the connection is gone.
    if (!socket.destroyed) turnedAway.add('requestsPiledUp');
    socket.destroy();
    reply.hijack();
  });

  server.addHook('onSend', async (request, reply) => {
    const { socket } = request.raw;
    socket.setTimeout(UNREAD_DEADLINE_MS);
    reply.raw.once('timeout', () => {
      turnedAway.add('repliesUnread');
      socket.destroy();
    });
    // Before Node sets its own time for the silence until the next request.
    reply.raw.prependOnceListener('finish', () => socket.setTimeout(0));
  });
}
