import type { WebSocket } from 'ws';
import { CLOSE_CODES } from '../../shared/close-codes.ts';
import type { ViewerPort } from '../video/viewer-port.ts';
import { boundSocket, endSilent } from './bounded-socket.ts';
import type { TurnedAway } from './turned-away.ts';

/**
 * The largest cached group of pictures (24 MB) is sent in one go, and frames follow it. Beyond it a
 * viewer is not reading, whatever it acknowledges.
 */
const MAX_UNREAD_BYTES = 28 * 1024 * 1024;
/** A browser's page is ready when it opens this link; who takes a viewer's place and says nothing loses it. */
const FIRST_WORD_DEADLINE_MS = 5_000;

/** A browser's frame link: the same messages as on a message port, one binary WebSocket message each. */
export function socketViewerPort(socket: WebSocket, turnedAway: TurnedAway): ViewerPort {
  const page = boundSocket(socket, MAX_UNREAD_BYTES, turnedAway);
  const firstWord = setTimeout(() => {
    turnedAway.add('socketsSilent');
    endSilent(socket);
  }, FIRST_WORD_DEADLINE_MS);
  socket.once('message', () => clearTimeout(firstWord));
  socket.once('close', () => clearTimeout(firstWord));
  return {
    send: (message) => page.send(message),
    onMessage(callback) {
      socket.on('message', (data, isBinary) => {
        if (isBinary && !Array.isArray(data)) callback(data);
      });
    },
    onClose: (callback) => void socket.once('close', callback),
    close(why) {
      if (why === undefined) {
        socket.close();
        return;
      }
      turnedAway.add('viewersRefused');
      socket.close(CLOSE_CODES.tooManyViewers, 'as many watch already as may');
    },
  };
}
