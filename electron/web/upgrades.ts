import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** Hop-by-hop headers of an offer to speak another protocol. */
const OFFER_HEADERS = new Set(['upgrade', 'http2-settings', 'connection']);

/**
 * Node hands every request that offers another protocol to the `upgrade` listener, and stops reading
 * HTTP there. WebSockets go on to the returned emitter (a server that never listens); every other offer
 * (`curl --http2` makes one) is declined as the standard wants it: the request is answered as it is.
 */
export function webSocketUpgrades(server: Server): Server {
  const webSockets = createServer();
  const newestReply = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (request, reply) => newestReply.set(request.socket, reply));
  server.on('upgrade', (request, socket, head) => {
    if (request.headers.upgrade?.trim().toLowerCase() === 'websocket') {
      webSockets.emit('upgrade', request, socket, head);
      return;
    }
    const proceed = () => readAgain(server, request, socket, head);
    const reply = newestReply.get(socket);
    // Two parsers do not know of each other's replies: the former one's go out first.
    if (reply === undefined || reply.closed || reply.destroyed) proceed();
    else reply.once('close', proceed);
  });
  return webSockets;
}

/** Gives the connection back to the HTTP parser, with the same request but without the offer. */
function readAgain(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (socket.destroyed) return;
  const lines = [`${request.method} ${request.url} HTTP/${request.httpVersion}`];
  for (let i = 0; i + 1 < request.rawHeaders.length; i += 2) {
    const name = request.rawHeaders[i] ?? '';
    if (!OFFER_HEADERS.has(name.toLowerCase())) lines.push(`${name}: ${request.rawHeaders[i + 1]}`);
  }
  if (/\bclose\b/i.test(request.headers.connection ?? '')) lines.push('Connection: close');
  // Node decodes headers byte by byte.
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
