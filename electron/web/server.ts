import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { Log } from '../base/log.ts';
import type { Station } from '../station/station.ts';
import { serveControl } from './control-socket.ts';
import { socketViewerPort } from './frame-socket.ts';
import { createGuard, securityHeaders } from './guard.ts';
import { addHttpApi } from './http-api.ts';
import { closeHttpServer, createHttpServer } from './http-server.ts';
import { addItemRoutes } from './item-routes.ts';
import { listenFailure } from './listen-failure.ts';
import { openNetworkDoor } from './network-door.ts';
import { ownUrl } from './own-address.ts';
import { addStreamRoutes } from './stream-routes.ts';
import { TurnedAway } from './turned-away.ts';
import { webSocketUpgrades } from './upgrades.ts';

/** Every request of the contract fits many times over. */
const MAX_BODY_BYTES = 64 * 1024;
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
  const { station, log } = options;
  const turnedAway = new TurnedAway(log);
  let port = options.port;
  const headers = () => securityHeaders(port);
  const server = createHttpServer({ bodyLimit: MAX_BODY_BYTES, headers, turnedAway, log });
  guardEverything(server, () => port);
  addHttpApi(server, station, turnedAway);
  addItemRoutes(server, station);
  addStreamRoutes(server, station, headers, (_request, reply) => reply.sendFile('index.html'));
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
    openDoor: (door) => openNetworkDoor({ ...door, station, turnedAway, log }),
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

function guardEverything(server: FastifyInstance, port: () => number): void {
  server.addHook('onRequest', createGuard(port));
  server.addHook('onResponse', async (request, reply) => {
    // Node stops reading a connection that asked to upgrade: refused, it would stay open for ever.
    if (request.headers.upgrade !== undefined && reply.statusCode >= 400)
      request.raw.socket.destroy();
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
  await closeHttpServer(server);
}
