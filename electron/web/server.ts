import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import type { Log } from '../base/log.ts';
import type { Station } from '../station/station.ts';
import { serveControl } from './control-socket.ts';
import { socketViewerPort } from './frame-socket.ts';
import { createGuard, securityHeaders } from './guard.ts';
import { addHttpApi, sendFailure } from './http-api.ts';
import { boundHttp, REQUEST_TIMEOUTS } from './http-bounds.ts';
import { addItemRoutes } from './item-routes.ts';
import { listenFailure } from './listen-failure.ts';
import { openNetworkDoor } from './network-door.ts';
import { ownUrl } from './own-address.ts';
import { actionOf, addStreamRoutes, sendPicture, sendPictures } from './stream-routes.ts';
import { TurnedAway } from './turned-away.ts';
import { answerUnreadable } from './unreadable-request.ts';
import { webSocketUpgrades } from './upgrades.ts';

/** Every request of the contract fits many times over. */
const MAX_BODY_BYTES = 64 * 1024;
/** Requests under way at closing get this long. */
const CLOSE_DEADLINE_MS = 2_000;
/** `closeTimeout`: who does not answer a goodbye within this is gone already. */
const SOCKET_BOUNDS = { maxPayload: MAX_BODY_BYTES, closeTimeout: 2_000 };

export type ShareServer = {
  /** `http://127.0.0.1:8788` */
  url: string;
  dispose(): Promise<void>;
};

export type ShareOptions = {
  station: Station;
  /** 0 picks a free one. */
  port: number;
  /** The built page. */
  rendererFolder: string;
  log: Log;
};

/**
 * Serves the page, its sockets and the HTTP API on 127.0.0.1.
 * @throws StationError `port-in-use`
 */
export async function startShareServer(options: ShareOptions): Promise<ShareServer> {
  const { station } = options;
  const turnedAway = new TurnedAway(options.log);
  const server = createServer(turnedAway);
  let port = options.port;
  boundHttp(server, turnedAway);
  guardEverything(server, () => port, options.log);
  addHttpApi(server, station, turnedAway);
  addItemRoutes(server, station);
  addStreamRoutes(server, station, () => securityHeaders(port));
  server.addHook('preHandler', async (request, reply) => {
    // As MJPG-streamer has them, on the page's own address.
    if (request.routeOptions.url !== '/' && request.url.split('?')[0] !== '/') return;
    const action = actionOf(request);
    if (action === 'snapshot') await sendPicture(request, reply, station);
    if (action === 'stream') sendPictures(request, reply, station, securityHeaders(port));
  });
  await server.register(fastifyWebsocket, {
    options: { ...SOCKET_BOUNDS, server: webSocketUpgrades(server.server) },
  });
  await server.register(async (sockets) => {
    // Browsers name the page that opens a socket; programs have none to name.
    sockets.get('/ws', { websocket: true }, (socket, { headers }) =>
      serveControl(socket, station, turnedAway, headers.origin === undefined ? 'script' : 'page'),
    );
    sockets.get('/frames', { websocket: true }, (socket) =>
      station.attachViewer(socketViewerPort(socket, turnedAway), 'browser'),
    );
  });
  await servePage(server, options.rendererFolder);
  try {
    await server.listen({ host: '127.0.0.1', port });
  } catch (error) {
    await server.close();
    throw listenFailure(error, port);
  }
  const address = server.server.address();
  if (address !== null && typeof address === 'object') port = address.port;

  station.servedBy({
    url: ownUrl(port),
    openDoor: (door) => openNetworkDoor({ ...door, station, turnedAway }),
  });

  let closing: Promise<void> | null = null;
  return {
    url: ownUrl(port),
    dispose() {
      closing ??= close(server);
      return closing;
    },
  };
}

function createServer(turnedAway: TurnedAway): FastifyInstance {
  return fastify({
    bodyLimit: MAX_BODY_BYTES,
    forceCloseConnections: true,
    requestTimeout: REQUEST_TIMEOUTS.requestTimeoutMs,
    keepAliveTimeout: REQUEST_TIMEOUTS.keepAliveMs,
    http: {
      headersTimeout: REQUEST_TIMEOUTS.headersTimeoutMs,
      connectionsCheckingInterval: REQUEST_TIMEOUTS.checkEveryMs,
    },
    clientErrorHandler: (error, socket) => answerUnreadable(error, socket, turnedAway),
  });
}

function guardEverything(server: FastifyInstance, port: () => number, log: Log): void {
  server.addHook('onRequest', createGuard(port));
  server.addHook('onResponse', async (request, reply) => {
    // Node stops reading a connection that asked to upgrade: refused, it would stay open for ever.
    if (request.headers.upgrade !== undefined && reply.statusCode >= 400)
      request.raw.socket.destroy();
  });
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(securityHeaders(port()));
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
}

async function servePage(server: FastifyInstance, folder: string): Promise<void> {
  await access(join(folder, 'index.html'));
  await server.register(fastifyStatic, {
    root: folder,
    cacheControl: false,
    // A tablet on the couch fetches a third of the bytes.
    preCompressed: true,
    setHeaders(response, path) {
      // Vite puts a hash of the content into every name under assets/.
      const isHashed = path.includes(`${join(folder, 'assets')}`);
      response.setHeader(
        'cache-control',
        isHashed ? 'private, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
}

async function close(server: FastifyInstance): Promise<void> {
  for (const client of server.websocketServer.clients) client.terminate();
  const deadline = new Promise<void>((resolve) => {
    setTimeout(resolve, CLOSE_DEADLINE_MS).unref();
  });
  await Promise.race([server.close(), deadline]);
}
