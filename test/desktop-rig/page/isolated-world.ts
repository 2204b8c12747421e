import { strict } from '../strict.ts';
import type { FromPage, ToPage, WorldParameters } from '../wire.ts';
import { createBridgeSide } from './bridge-side.ts';
import { createIpcRenderer } from './ipc-renderer.ts';
import { createPageCodec } from './page-codec.ts';
import { createPagePorts } from './page-ports.ts';

declare const rigParameters: WorldParameters;
/** The app's preload bundle, as Electron wraps it: a function of what a sandboxed script gets. */
declare const rigPreload: (
  require: (id: string) => unknown,
  module: { exports: object },
  exports: object,
) => void;

// Electron runs preload scripts in the main frame only, unless told otherwise.
if (window.top === window) runPreload();

function runPreload(): void {
  const { secret, binding, receiver } = rigParameters;
  const world = globalThis as unknown as Record<string, unknown>;
  const native = world[binding] as (text: string) => void;
  delete world[binding];
  const say = (message: FromPage) => native(JSON.stringify(message));

  const codec = createPageCodec();
  const ports = createPagePorts(say, codec);
  const ipc = createIpcRenderer(say, codec, ports);
  const bridge = createBridgeSide('isolated', secret, codec, {
    windowOpen: (url) => say({ type: 'window-open', url: String(url) }),
  });

  Object.defineProperty(world, receiver, {
    value(text: string) {
      const message = JSON.parse(text) as ToPage;
      if (message.type === 'reply' || message.type === 'event') ipc.receive(message);
      else ports.receive(message);
    },
  });

  const electron = strict('electron (preload)', {
    contextBridge: strict('contextBridge', {
      exposeInMainWorld: (key: string, api: unknown) => void bridge.ask('expose', key, api),
    }),
    ipcRenderer: ipc.ipcRenderer,
  });
  const require = (id: string) => {
    if (id === 'electron') return electron;
    throw new Error(`module not found: ${id}`);
  };
  try {
    const module = { exports: {} };
    rigPreload(require, module, module.exports);
    say({ type: 'preload-done' });
  } catch (error) {
    say({ type: 'preload-failed', message: String(error) });
  }
  reportKeys(say);
}

/** Electron offers a key to the menu once the page has not prevented its default. */
function reportKeys(say: (message: FromPage) => void): void {
  window.addEventListener(
    'keydown',
    (event) => {
      setTimeout(() => {
        if (event.defaultPrevented) return;
        const { key, ctrlKey: control, shiftKey: shift, altKey: alt, metaKey: meta } = event;
        say({ type: 'key', key: { key, control, shift, alt, meta } });
      });
    },
    { capture: true },
  );
}
