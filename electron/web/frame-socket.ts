import type { WebSocket } from 'ws';
import type { ViewerPort } from '../video/viewer-port.ts';

/** A browser's frame link: the same messages as on a message port, one binary WebSocket message each. */
export function socketViewerPort(socket: WebSocket): ViewerPort {
  socket.on('error', () => socket.terminate());
  return {
    send(message) {
      if (socket.readyState === socket.OPEN) socket.send(message, { binary: true });
    },
    onMessage(callback) {
      socket.on('message', (data, isBinary) => {
        if (isBinary && !Array.isArray(data)) callback(data);
      });
    },
    onClose: (callback) => void socket.once('close', callback),
    close: () => socket.close(),
  };
}
