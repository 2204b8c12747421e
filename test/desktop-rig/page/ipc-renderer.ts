import type { CloneCodec } from '../clone-codec.ts';
import { strict } from '../strict.ts';
import type { FromPage, ToPage } from '../wire.ts';
import type { PagePorts } from './page-ports.ts';

type Listener = (event: unknown, ...values: unknown[]) => void;
type Waiting = { resolve(value: unknown): void; reject(error: Error): void };

/** `ipcRenderer` for a preload script, as far as a preload script of ours uses it. */
export function createIpcRenderer(
  say: (message: FromPage) => void,
  codec: CloneCodec,
  ports: PagePorts,
) {
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, Waiting & { channel: string }>();
  let nextId = 1;

  const ipcRenderer = strict('ipcRenderer', {
    invoke(channel: string, ...values: unknown[]) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        const argsText = codec.encode(values);
        waiting.set(id, { channel, resolve, reject });
        say({ type: 'invoke', id, channel, argsText });
      });
    },
    send(channel: string, ...values: unknown[]) {
      say({ type: 'send', channel, argsText: codec.encode(values) });
    },
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel: string, listener: Listener) {
      const left = [...(listeners.get(channel) ?? [])];
      const at = left.lastIndexOf(listener);
      if (at >= 0) left.splice(at, 1);
      listeners.set(channel, left);
      return ipcRenderer;
    },
  });

  return {
    ipcRenderer,
    receive(message: Extract<ToPage, { type: 'reply' | 'event' }>): void {
      if (message.type === 'event') {
        const event = { sender: ipcRenderer, ports: message.ports.map((id) => ports.make(id)) };
        const values = codec.decode(message.argsText) as unknown[];
        for (const listener of listeners.get(message.channel) ?? []) listener(event, ...values);
        return;
      }
      const entry = waiting.get(message.id);
      waiting.delete(message.id);
      if (entry === undefined) return;
      if (message.ok) entry.resolve(codec.decode(message.valueText));
      // Electron keeps the message of a thrown error, and nothing else of it.
      else {
        entry.reject(
          new Error(`Error invoking remote method '${entry.channel}': ${message.message}`),
        );
      }
    },
  };
}
