import type { FrameLink } from '../../shared/client.ts';
import type { StationMessage, ViewerMessage } from '../../shared/frames.ts';
import { decodeStationMessage, encodeViewerMessage } from '../../shared/frames.ts';

/** The painter's end of a frame link, whatever carries it. */
export type FrameLinkEnd = {
  send(message: ViewerMessage): void;
  close(): void;
};

export type FrameLinkListener = {
  open(): void;
  message(message: StationMessage): void;
  /** The other end is gone; a socket says by a code why. Not called after `close`. */
  lost(closeCode?: number): void;
};

export function joinFrameLink(
  link: FrameLink<MessagePort>,
  listener: FrameLinkListener,
): FrameLinkEnd {
  return link.kind === 'port' ? overPort(link.port, listener) : overSocket(link.url, listener);
}

function overPort(port: MessagePort, listener: FrameLinkListener): FrameLinkEnd {
  const closing = new AbortController();
  const options = { signal: closing.signal };
  port.addEventListener('message', (event) => receive(event.data, listener), options);
  port.addEventListener('close', () => listener.lost(), options);
  port.start();
  queueMicrotask(() => {
    if (!closing.signal.aborted) listener.open();
  });
  return {
    send: (message) => port.postMessage(encodeViewerMessage(message)),
    close() {
      closing.abort();
      port.close();
    },
  };
}

function overSocket(url: string, listener: FrameLinkListener): FrameLinkEnd {
  const closing = new AbortController();
  const options = { signal: closing.signal };
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('open', () => listener.open(), options);
  socket.addEventListener('message', (event) => receive(event.data, listener), options);
  socket.addEventListener('close', ({ code }) => listener.lost(code), options);
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeViewerMessage(message));
    },
    close() {
      closing.abort();
      socket.close();
    },
  };
}

function receive(data: unknown, listener: FrameLinkListener): void {
  const message = data instanceof ArrayBuffer ? decodeStationMessage(data) : null;
  if (message !== null) listener.message(message);
}
