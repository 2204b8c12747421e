import type { Socket } from 'node:dgram';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';

/** Every UDP socket this process makes, as it is made: for tests that break one from outside. */
export class UdpSockets {
  readonly made: Socket[] = [];
  readonly #record = (message: unknown) => {
    // Node's own message on this channel: `{ socket }`.
    this.made.push((message as { socket: Socket }).socket);
  };

  constructor() {
    subscribe('udp.socket', this.#record);
  }

  /** The newest socket that is bound to this port. */
  at(port: number): Socket {
    const found = this.made.findLast((socket) => boundPort(socket) === port);
    if (found === undefined) throw new Error(`no socket is bound to port ${port}`);
    return found;
  }

  stop(): void {
    unsubscribe('udp.socket', this.#record);
  }
}

function boundPort(socket: Socket): number | null {
  try {
    return socket.address().port;
  } catch {
    // Not bound yet, or closed.
    return null;
  }
}
