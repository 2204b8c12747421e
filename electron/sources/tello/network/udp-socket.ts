import { createSocket, type Socket } from 'node:dgram';
import { abortable } from '../../../base/abortable.ts';
import { StationError } from '../../../base/failures.ts';
import { networkTip } from '../tips.ts';
import { findPortOwner } from './port-owner.ts';

const LOOPBACK = '127.0.0.1';

/** What the system says when there is no way to the drone; macOS and Linux firewalls answer the last three. */
const NO_ROUTE_CODES = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EHOSTDOWN',
  'EADDRNOTAVAIL',
  'EACCES',
  'EPERM',
]);

export type UdpPurpose = 'command' | 'state' | 'video';

/**
 * Binds a UDP socket for talking with `peer` on a local port (0 = any free one). A peer on this machine
 * gets a socket that only this machine can reach. Rejects with `port-in-use`, which names the program
 * that has the port where that can be known, or `cancelled`.
 */
export async function bindUdp(
  purpose: UdpPurpose,
  port: number,
  peer: string,
  signal: AbortSignal,
): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', reuseAddr: false });
  try {
    await abortable(listening(socket, port, isLoopback(peer) ? LOOPBACK : '0.0.0.0'), signal);
    return socket;
  } catch (error) {
    socket.close();
    throw await explainBindError(error, purpose, port);
  }
}

function listening(socket: Socket, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.bind({ port, address, exclusive: true }, () => {
      socket.off('error', reject);
      resolve();
    });
  });
}

export function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

/** Closes a socket and resolves when it is gone. */
export function closeUdp(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.close(() => resolve()));
}

/** A failed send as a `StationError`. */
export function explainSendError(error: unknown, host: string): StationError {
  if (NO_ROUTE_CODES.has(systemCode(error))) {
    return new StationError('network-unreachable', `This computer has no way to ${host}.`, {
      tip: networkTip(process.platform),
      cause: error,
    });
  }
  return new StationError('drone-unreachable', `Sending to the drone at ${host} failed.`, {
    tip: networkTip(process.platform),
    cause: error,
  });
}

async function explainBindError(
  error: unknown,
  purpose: UdpPurpose,
  port: number,
): Promise<unknown> {
  if (systemCode(error) === 'EADDRINUSE') {
    const owner = await findPortOwner(port);
    const by = owner === null ? 'another program' : `${owner.name} (pid ${owner.pid})`;
    return new StationError('port-in-use', `Port ${port} is in use by ${by}.`, {
      tip:
        purpose === 'command'
          ? 'Another Tello program seems to be flying the drone from this computer. Close it, then connect again.'
          : `Close that program, then connect again. Hoverdeck needs the port for the drone’s ${purpose}.`,
      cause: error,
    });
  }
  if (systemCode(error) === 'EACCES') {
    return new StationError('port-in-use', `This system does not let Hoverdeck use port ${port}.`, {
      tip: 'Choose a port above 1023, or ask who administers this computer.',
      cause: error,
    });
  }
  return error;
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
