import type { WorldParameters } from '../wire.ts';
import { createBridgeSide } from './bridge-side.ts';
import { createPageCodec } from './page-codec.ts';

declare const rigParameters: WorldParameters;

/** The page's end of the context bridge: puts what the preload script exposes on `window`, for good. */
const bridge = createBridgeSide('main', rigParameters.secret, createPageCodec(), {
  expose(key, api) {
    if (String(key) in window) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(window, String(key), { value: freeze(api), enumerable: true });
  },
});

// A refused `window.open` makes no window at all in Electron and returns null. Letting Chromium make one
// and closing it would be neither.
if (window.top === window) {
  window.open = (address = 'about:blank') => {
    bridge.ask('windowOpen', new URL(address, window.location.href).href);
    return null;
  };
}

function freeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) freeze(item);
    Object.freeze(value);
  }
  return value;
}
