import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Failure } from '../../shared/result.ts';
import { pageHeaders } from '../base/page-headers.ts';
import type { Station } from '../station/station.ts';
import { sendFailure } from './http-api.ts';
import { boundHttp, REQUEST_TIMEOUTS } from './http-bounds.ts';
import { listenFailure } from './listen-failure.ts';
import { actionOf, addStreamRoutes, sendPicture, sendPictures } from './stream-routes.ts';
import type { TurnedAway } from './turned-away.ts';
import { WrongKeys } from './wrong-keys.ts';

/** The same as the next one of the app's own, so that firewalls and people find it again. */
const NETWORK_PORT = 8789;
const CLOSE_DEADLINE_MS = 2_000;

type DoorOptions = {
  station: Station;
  turnedAway: TurnedAway;
  /** Of the interface it opens on; nothing else of this computer is reachable. */
  address: string;
  fits: (key: string) => boolean;
};

/**
 * Opens one address of this computer to its network: streams and snapshots, and a page to look at. Every
 * request needs the key. Nothing can be changed through it.
 * @throws StationError `port-in-use`
 */
export async function openNetworkDoor(
  options: DoorOptions,
): Promise<{ url: string; close(): Promise<void> }> {
  const { station, turnedAway, address, fits } = options;
  const server = fastify({
    bodyLimit: 1_024,
    forceCloseConnections: true,
    requestTimeout: REQUEST_TIMEOUTS.requestTimeoutMs,
    keepAliveTimeout: REQUEST_TIMEOUTS.keepAliveMs,
  });
  const wrongKeys = new WrongKeys();
  boundHttp(server, turnedAway);
  server.addHook('onRequest', async (request, reply) => {
    if (wrongKeys.isShutOut(request.ip)) {
      const error: Failure = {
        code: 'not-trusted',
        message: 'Too many wrong keys came from this address.',
        tip: 'Wait a minute, and take the address from Hoverdeck’s share sheet.',
      };
      return reply.code(429).header('retry-after', '60').send({ error });
    }
    if (fits(keyOf(request))) return;
    wrongKeys.add(request.ip);
    return sendFailure(reply, {
      code: 'not-trusted',
      message: 'This needs the key.',
      tip: 'Take the whole address from Hoverdeck’s share sheet.',
    });
  });
  // Pages of other hosts may show it, where they were given the key: that is what it is for.
  const headers = () => ({ ...pageHeaders(), 'Cross-Origin-Resource-Policy': 'cross-origin' });
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(headers());
  });
  addStreamRoutes(server, station, headers);
  server.get('/', (request, reply) => {
    const action = actionOf(request);
    if (action === 'stream') return sendPictures(request, reply, station, headers());
    if (action === 'snapshot') return sendPicture(request, reply, station);
    return sendPage(reply, keyOf(request));
  });
  server.setNotFoundHandler((_request, reply) =>
    sendFailure(reply, { code: 'not-found', message: 'There is nothing at this address.' }),
  );
  try {
    await server.listen({ host: address, port: NETWORK_PORT });
  } catch (error) {
    await server.close();
    throw listenFailure(error, NETWORK_PORT);
  }
  return {
    url: `http://${address}:${NETWORK_PORT}`,
    async close() {
      const deadline = new Promise<void>((resolve) => {
        setTimeout(resolve, CLOSE_DEADLINE_MS).unref();
      });
      server.server.closeAllConnections();
      await Promise.race([server.close(), deadline]);
    },
  };
}

function keyOf({ headers, query }: FastifyRequest): string {
  const [scheme, given] = headers.authorization?.split(' ', 2) ?? [];
  if (scheme?.toLowerCase() === 'bearer' && given !== undefined) return given;
  const { token } = query as { token?: unknown };
  return typeof token === 'string' ? token : '';
}

/** For a phone that read the code: the picture, as large as the screen. The key was checked: it is safe to write down. */
function sendPage(reply: FastifyReply, key: string): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      `<!doctype html><html lang="en"><head><title>Hoverdeck</title><meta name="viewport" content="width=device-width"></head><body bgcolor="#08090b"><img src="/stream.mjpeg?token=${encodeURIComponent(key)}" width="100%" alt="What Hoverdeck sees"></body></html>`,
    );
}
