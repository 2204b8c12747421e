import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron';
import { type DesktopBridge, FRAME_PORT_MESSAGE } from '../shared/client.ts';
import { isCommandName } from '../shared/commands.ts';
import { CHANNELS } from './desktop/page/channels.ts';

/** The part of the page's window used here; this folder's types know no DOM. */
declare const window: {
  location: { origin: string };
  postMessage(message: unknown, targetOrigin: string, transfer: readonly unknown[]): void;
};

const bridge: DesktopBridge = {
  request: (name, input) => ipcRenderer.invoke(CHANNELS.request, name, input),
  onEvent: (callback) =>
    listen(CHANNELS.event, (_event, name: unknown, payload: unknown) =>
      callback(String(name), payload),
    ),
  openFrames: () => ipcRenderer.send(CHANNELS.openFrames),
  onCommand: (callback) =>
    listen(CHANNELS.command, (_event, command: unknown) => {
      const name = String(command);
      if (isCommandName(name)) callback(name);
      else console.warn(`Hoverdeck: the menu asked for the unknown “${name}”.`);
    }),
};

contextBridge.exposeInMainWorld('hoverdeck', bridge);

// A port cannot cross the bridge; it can cross as a message to our own window.
ipcRenderer.on(CHANNELS.frames, (event) => {
  window.postMessage({ type: FRAME_PORT_MESSAGE }, window.location.origin, event.ports);
});

/** Listens on a channel without ever handing Electron's event, and with it the sender, to the page. */
function listen(
  channel: string,
  listener: (event: IpcRendererEvent, ...values: unknown[]) => void,
): () => void {
  ipcRenderer.on(channel, listener);
  return () => void ipcRenderer.removeListener(channel, listener);
}
