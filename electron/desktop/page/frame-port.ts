import type { MessagePortMain } from 'electron';
import type { ViewerPort } from '../../video/viewer-port.ts';

/** A window's message port as the station's viewers know it. */
export function frameViewerPort(port: MessagePortMain): ViewerPort {
  let closed = false;
  port.once('close', () => {
    closed = true;
  });
  return {
    send(message) {
      if (!closed) port.postMessage(message);
    },
    onMessage(callback) {
      port.on('message', ({ data }: { data: unknown }) => {
        if (data instanceof ArrayBuffer || data instanceof Uint8Array) callback(data);
      });
      // A port in main holds its messages back until it is started.
      port.start();
    },
    onClose: (callback) => void port.once('close', callback),
    close() {
      if (closed) return;
      closed = true;
      port.close();
    },
  };
}
