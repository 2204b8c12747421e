import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Failure } from '../../shared/result.ts';
import type { TurnedAway } from './turned-away.ts';

/** Answers what came too slowly or was no HTTP, in the words and the shape of every other failure. */
export function answerUnreadable(
  error: Error & { code?: string | undefined },
  socket: Duplex,
  turnedAway: TurnedAway,
): void {
  const tooSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  if (tooSlow) turnedAway.add('requestsTooSlow');
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = tooSlow ? 408 : error.code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
  const failure: Failure = {
    code: 'bad-request',
    message: tooSlow
      ? 'This request did not arrive in time.'
      : 'This cannot be read: Hoverdeck speaks HTTP/1.1.',
  };
  const body = JSON.stringify({ error: failure });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
