import fastify, { type FastifyInstance } from 'fastify';
import type { Log } from '../base/log.ts';
import { sendFailure } from './http-api.ts';
import { boundHttp, REQUEST_TIMEOUTS } from './http-bounds.ts';
import type { TurnedAway } from './turned-away.ts';
import { answerUnreadable } from './unreadable-request.ts';

/** Requests under way at closing get this long. */
const CLOSE_DEADLINE_MS = 2_000;

type HttpServerOptions = {
  /** The largest body of a request, in bytes. */
  bodyLimit: number;
  /** Of every answer. */
  headers: () => Record<string, string>;
  turnedAway: TurnedAway;
  log: Log;
};

/** A server before it has anything to serve: its bounds, and how it says no. */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { bodyLimit, headers, turnedAway, log } = options;
  const server = fastify({
    bodyLimit,
    forceCloseConnections: true,
    requestTimeout: REQUEST_TIMEOUTS.requestTimeoutMs,
    keepAliveTimeout: REQUEST_TIMEOUTS.keepAliveMs,
    http: {
      headersTimeout: REQUEST_TIMEOUTS.headersTimeoutMs,
      connectionsCheckingInterval: REQUEST_TIMEOUTS.checkEveryMs,
    },
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, turnedAway),
  });
  boundHttp(server, turnedAway);
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(headers());
  });
  server.setNotFoundHandler((_request, reply) =>
    sendFailure(reply, { code: 'not-found', message: 'There is nothing at this address.' }),
  );
  server.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
    if (typeof status === 'number' && status < 500) {
      const message = 'This request cannot be read: it wants a JSON body.';
      return sendFailure(reply, { code: 'bad-request', message });
    }
    log.error('An HTTP request failed', error);
    return sendFailure(reply, {
      code: 'internal',
      message: 'Something went wrong inside Hoverdeck.',
    });
  });
  return server;
}

/** Ends every connection, streams too. Resolves when all are gone, or their time is up. */
export async function closeHttpServer(server: FastifyInstance): Promise<void> {
  const deadline = new Promise<void>((resolve) => {
    setTimeout(resolve, CLOSE_DEADLINE_MS).unref();
  });
  await Promise.race([server.close(), deadline]);
}
