import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Failure } from '../../shared/result.ts';
import type { Log } from '../base/log.ts';
import { pageHeaders } from '../base/page-headers.ts';
import type { Station } from '../station/station.ts';
import { sendFailure } from './http-api.ts';
import { closeHttpServer, createHttpServer } from './http-server.ts';
import { listenFailure } from './listen-failure.ts';
import { addStreamRoutes } from './stream-routes.ts';
import type { TurnedAway } from './turned-away.ts';
import { WrongKeys } from './wrong-keys.ts';

/** The same as the next one of the app's own, so that firewalls and people find it again. */
const NETWORK_PORT = 8789;
/** Who only looks has nothing to send. */
const MAX_BODY_BYTES = 1_024;

type DoorOptions = {
  station: Station;
  turnedAway: TurnedAway;
  log: Log;
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
  const { station, turnedAway, log, address, fits } = options;
  // Pages of other hosts may show it, where they were given the key: that is what it is for.
  const headers = () => ({ ...pageHeaders(), 'Cross-Origin-Resource-Policy': 'cross-origin' });
  const server = createHttpServer({ bodyLimit: MAX_BODY_BYTES, headers, turnedAway, log });
  const wrongKeys = new WrongKeys();
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
  addStreamRoutes(server, station, headers, (request, reply) => sendPage(reply, keyOf(request)));
  try {
    await server.listen({ host: address, port: NETWORK_PORT });
  } catch (error) {
    await server.close();
    throw listenFailure(error, NETWORK_PORT);
  }
  return {
    url: `http://${address}:${NETWORK_PORT}`,
    close: () => closeHttpServer(server),
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
