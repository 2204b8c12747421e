import type * as Electron from 'electron';
import { strict } from '../strict.ts';

type Handler = (event: Electron.IpcMainInvokeEvent, ...values: unknown[]) => unknown;
type Listener = (event: Electron.IpcMainEvent, ...values: unknown[]) => void;

const handlers = new Map<string, Handler>();
const listeners = new Map<string, Listener[]>();

export const ipcMain = strict('ipcMain', {
  handle(channel: string, handler: Handler) {
    if (handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    handlers.set(channel, handler);
  },
  removeHandler(channel: string) {
    handlers.delete(channel);
  },
  on(channel: string, listener: Listener) {
    listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    return this;
  },
  removeListener(channel: string, listener: Listener) {
    const left = (listeners.get(channel) ?? []).filter((other) => other !== listener);
    listeners.set(channel, left);
    return this;
  },
});

/** A page's `invoke`. Rejects as Electron does: with a message, and nothing else. */
export async function dispatchInvoke(
  channel: string,
  event: Electron.IpcMainInvokeEvent,
  values: unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return handler(event, ...values);
}

/** A page's `send`; true if anybody listened. */
export function dispatchSend(
  channel: string,
  event: Electron.IpcMainEvent,
  values: unknown[],
): boolean {
  const found = listeners.get(channel) ?? [];
  for (const listener of found) listener(event, ...values);
  return found.length > 0;
}

// Checked here and not above, where `this` would have to be all of Electron's.
const check: Pick<typeof Electron.ipcMain, 'handle' | 'removeHandler'> = ipcMain;
void check;
