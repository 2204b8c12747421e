import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';
import { abortable } from '../../../base/abortable.ts';
import { StationError } from '../../../base/failures.ts';

/** The IPv4 address of a host: what arrives is compared with it. Rejects with `network-unreachable` or `cancelled`. */
export async function resolveHost(host: string, signal: AbortSignal): Promise<string> {
  if (isIPv4(host)) return host;
  const found = lookup(host, { family: 4 }).catch((cause: unknown) => {
    throw new StationError('network-unreachable', `No address is known for “${host}”.`, {
      tip: 'Check the spelling of the host. A Tello in its own Wi-Fi has the address 192.168.10.1.',
      cause,
    });
  });
  return (await abortable(found, signal)).address;
}
