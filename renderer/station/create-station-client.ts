import type { DesktopBridge, StationClient } from '../../shared/client.ts';
import { createBrowserClient } from './browser-client.ts';
import { createDesktopClient } from './desktop-client.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly hoverdeck?: DesktopBridge;
  }
}

/** The station behind this page, whichever host serves it. */
export function createStationClient(): StationClient & { dispose(): void } {
  if (window.hoverdeck) return createDesktopClient(window.hoverdeck, window);
  const scheme = window.location.protocol === 'https:' ? 'wss' : 'ws';
  return createBrowserClient({
    origin: `${scheme}://${window.location.host}`,
    createSocket: (url) => new WebSocket(url),
  });
}
