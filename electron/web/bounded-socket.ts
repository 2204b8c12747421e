import type { WebSocket } from 'ws';
import { CLOSE_CODES } from '../../shared/close-codes.ts';
import type { TurnedAway } from './turned-away.ts';

/** Browsers answer pings by themselves, whatever the page is doing. */
const PING_PERIOD_MS = 1_000;
/** Pings that may go unanswered: on a busy machine a few seconds are bad luck, five are nobody. */
const MAX_UNANSWERED_PINGS = 4;

export type BoundedSocket = {
  /** Never throws and never blocks. A client that leaves too much unread is cut off and counted. */
  send(data: string | ArrayBuffer): void;
  unsentBytes(): number;
};

/**
 * A WebSocket that cannot cost more than it may: what waits unsent has a bound, and a client that
 * gives no sign of life makes room for another within seconds.
 */
export function boundSocket(
  socket: WebSocket,
  maxUnsentBytes: number,
  turnedAway: TurnedAway,
): BoundedSocket {
  let unanswered = 0;
  const timer = setInterval(() => {
    if (unanswered > MAX_UNANSWERED_PINGS) {
      turnedAway.add('socketsSilent');
      endSilent(socket);
      return;
    }
    unanswered++;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, PING_PERIOD_MS);
  socket.on('pong', () => {
    unanswered = 0;
  });
  socket.on('close', () => clearInterval(timer));
  socket.on('error', () => socket.terminate());

  return {
    send(data) {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maxUnsentBytes) {
        turnedAway.add('socketsUnread');
        // A goodbye would only wait behind all the rest.
        socket.terminate();
        return;
      }
      socket.send(data);
    },
    unsentBytes: () => socket.bufferedAmount,
  };
}

/** Says why, and does not wait for an answer from somebody who gives none. */
export function endSilent(socket: WebSocket): void {
  socket.close(CLOSE_CODES.silent, 'no sign of life');
  socket.terminate();
}
