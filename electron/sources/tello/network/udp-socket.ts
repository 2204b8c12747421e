import { createSocket, type Socket } from 'node:dgram';
import { abortable } from '../../../base/abortable.ts';
import { isStationError, StationError } from '../../../base/failures.ts';
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

/** What the system says when this process, or the whole computer, may open nothing more. */
const LIMIT_CODES = new Set(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM']);

export type UdpPurpose = 'command' | 'state' | 'video';

const PURPOSE_WORDS: Record<UdpPurpose, string> = {
  command: 'commands',
  state: 'state',
  video: 'video',
};

/**
 * Binds a UDP socket for talking with `peer` on a local port (0 = any free one). A peer on this machine
 * gets a socket that only this machine can reach. Rejects with `port-in-use`, which names the program
 * that has the port where that can be known, `system-limit` or `cancelled`.
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
    throw isStationError(error) ? error : await explainBindError(error, purpose, port);
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
  if (isStationError(error)) return error;
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

/** Why a socket that was bound broke. */
export function explainSocketError(error: unknown, purpose: UdpPurpose): StationError {
  if (LIMIT_CODES.has(systemCode(error))) return tooManyOpen(error);
  return new StationError(
    'network-unreachable',
    `The network under the drone’s ${PURPOSE_WORDS[purpose]} went away${saidBy(error)}.`,
    { tip: 'Join the drone’s Wi-Fi again; the connection comes back by itself.', cause: error },
  );
}

/** Why a socket could not be bound, with the program that has the port where that can be known. */
export async function explainBindError(
  error: unknown,
  purpose: UdpPurpose,
  port: number,
): Promise<StationError> {
  const code = systemCode(error);
  if (code === 'EADDRINUSE' && port === 0) return noPortLeft(error);
  if (code === 'EADDRINUSE') {
    const owner = await findPortOwner(port);
    if (owner?.pid === process.pid) return portOfOurs(error, purpose, port);
    const by = owner === null ? 'another program' : `${owner.name} (pid ${owner.pid})`;
    return new StationError('port-in-use', `Port ${port} is in use by ${by}.`, {
      tip:
        purpose === 'command'
          ? 'Another Tello program seems to be flying the drone from this computer. Close it, then connect again.'
          : `Close that program, then connect again. Hoverdeck needs the port for the drone’s ${purpose}.`,
      cause: error,
    });
  }
  if (code === 'EACCES' && port !== 0) {
    return new StationError('port-in-use', `This system does not let Hoverdeck use port ${port}.`, {
      tip: 'Choose a port above 1023, or ask who administers this computer.',
      cause: error,
    });
  }
  if (LIMIT_CODES.has(code)) return tooManyOpen(error);
  const message = `This system does not let Hoverdeck open a socket for the drone’s ${PURPOSE_WORDS[purpose]}${saidBy(error)}.`;
  return new StationError('network-unreachable', message, {
    tip: networkTip(process.platform),
    cause: error,
  });
}

function portOfOurs(cause: unknown, purpose: UdpPurpose, port: number): StationError {
  const message = `Port ${port} is in use by Hoverdeck itself (pid ${process.pid}).`;
  return new StationError('port-in-use', message, {
    tip: `Choose another port for the drone’s ${PURPOSE_WORDS[purpose]} under Tello options.`,
    cause,
  });
}

function noPortLeft(cause: unknown): StationError {
  return new StationError('system-limit', 'This computer has no free UDP port left.', {
    tip: 'Close programs that use the network, then connect again.',
    cause,
  });
}

function tooManyOpen(cause: unknown): StationError {
  return new StationError('system-limit', 'This computer lets Hoverdeck open no more sockets.', {
    tip: 'Close other programs, or raise the limit of open files (“ulimit -n”), then connect again.',
    cause,
  });
}

/** The system's own word for it, in brackets. */
function saidBy(error: unknown): string {
  const code = systemCode(error);
  return code === '' ? '' : ` (${code})`;
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
