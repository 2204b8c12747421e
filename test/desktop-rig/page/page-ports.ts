import type { CloneCodec } from '../clone-codec.ts';
import type { FromPage, ToPage } from '../wire.ts';

export type PagePorts = {
  /** Makes a real port whose other end is `id` in the rig's process. */
  make(id: number): MessagePort;
  receive(message: Extract<ToPage, { type: 'port-message' | 'port-close' }>): void;
};

/** Ports that came from the rig's process: the page may pass them on to a worker like any other. */
export function createPagePorts(say: (message: FromPage) => void, codec: CloneCodec): PagePorts {
  const ends = new Map<number, MessagePort>();
  return {
    make(id) {
      const { port1, port2 } = new MessageChannel();
      ends.set(id, port1);
      port1.onmessage = ({ data }) => {
        say({ type: 'port-message', port: id, dataText: codec.encode(data) });
      };
      port1.addEventListener('close', () => {
        if (ends.delete(id)) say({ type: 'port-close', port: id });
      });
      return port2;
    },
    receive(message) {
      const end = ends.get(message.port);
      if (end === undefined) return;
      if (message.type === 'port-close') {
        ends.delete(message.port);
        end.close();
        return;
      }
      const data = codec.decode(message.dataText);
      // Frames are posted whole: hand the memory on instead of copying it once more.
      end.postMessage(data, data instanceof ArrayBuffer ? [data] : []);
    },
  };
}
