import {
  type DesktopBridge,
  FRAME_PORT_MESSAGE,
  type FrameLink,
  type StationClient,
} from '../../shared/client.ts';
import { createEventHub } from './event-hub.ts';
import { connectionLost, parseReply } from './replies.ts';

/** Main answers within milliseconds; a port that takes longer will not come. */
const FRAME_PORT_TIMEOUT_MS = 5_000;

/** The station over the preload's bridge. The link is as alive as the app itself: always open. */
export function createDesktopClient(
  bridge: DesktopBridge,
  page: Window,
): StationClient & { dispose(): void } {
  const hub = createEventHub();
  let latestWait: AbortController | null = null;
  const unsubscribe = bridge.onEvent((name, payload) => {
    if (!hub.deliver(name, payload)) {
      console.warn(`Hoverdeck: the event “${name}” was not understood.`);
    }
  });

  return {
    async request(name, input) {
      try {
        return parseReply(name, await bridge.request(name, input));
      } catch (error) {
        console.warn(`Hoverdeck: the request “${name}” did not reach the station.`, error);
        return connectionLost();
      }
    },
    on: hub.on,
    onLink(callback) {
      callback('open');
      return () => undefined;
    },
    openFrameLink() {
      // Ports arrive without a name: only the latest caller may take the next one.
      latestWait?.abort();
      const wait = new AbortController();
      latestWait = wait;
      const port = nextFramePort(page, wait.signal);
      bridge.openFrames();
      return port;
    },
    dispose() {
      latestWait?.abort();
      unsubscribe();
    },
  };
}

function nextFramePort(page: Window, signal: AbortSignal): Promise<FrameLink> {
  return new Promise((resolve, reject) => {
    const done = new AbortController();
    const timer = setTimeout(
      () => give(() => reject(new Error('No frame port arrived.'))),
      FRAME_PORT_TIMEOUT_MS,
    );
    const give = (settle: () => void) => {
      clearTimeout(timer);
      done.abort();
      settle();
    };
    signal.addEventListener('abort', () => give(() => reject(new Error('Asked anew.'))), {
      signal: done.signal,
    });
    page.addEventListener(
      'message',
      (event) => {
        const port = event.ports[0];
        if (event.source !== page || !isFramePortMessage(event.data) || !port) return;
        give(() => resolve({ kind: 'port', port }));
      },
      { signal: done.signal },
    );
  });
}

function isFramePortMessage(data: unknown): boolean {
  return (
    typeof data === 'object' && data !== null && 'type' in data && data.type === FRAME_PORT_MESSAGE
  );
}
