import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** Addresses are numbers here already: looking each one up would cost a turn of the loop per datagram. */
export async function bindSocket(host: string, port: number): Promise<Socket> {
  const socket = createSocket({
    type: 'udp4',
    lookup: (address, _options, done) => done(null, address, 4),
  });
  try {
    // Listened for first: with this lookup the socket may be bound before `bind` returns.
    const listening = once(socket, 'listening');
    socket.bind(port, host);
    await listening;
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}
