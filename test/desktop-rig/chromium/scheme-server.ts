import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the app gave to `protocol.handle`. */
export type SchemeHandler = (request: Request) => Response | Promise<Response>;

export type SchemeServer = { port: number; close(): Promise<void> };

/**
 * Carries an app's own scheme over loopback HTTP: every request goes to the app's handler as Electron
 * would give it, and the handler's answer goes out as it is, headers included.
 */
export async function startSchemeServer(
  scheme: string,
  handler: () => SchemeHandler | null,
): Promise<SchemeServer> {
  const server = createServer((request, response) => {
    carry(scheme, handler(), request, response).catch((error: unknown) => {
      // Electron turns a failing handler into a network error; so does a cut connection.
      console.error('The scheme handler failed:', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function carry(
  scheme: string,
  handler: SchemeHandler | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const host = /^(.*)\.[^.]+\.localhost(:\d+)?$/.exec(request.headers.host ?? '')?.[1];
  if (handler === null || host === undefined) {
    response.destroy();
    return;
  }
  const answer = await handler(
    new Request(`${scheme}://${host}${request.url ?? '/'}`, { method: request.method ?? 'GET' }),
  );
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}
