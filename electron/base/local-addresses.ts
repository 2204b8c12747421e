import { networkInterfaces } from 'node:os';

/** More than a person looks through; a machine full of containers has hundreds. */
const MAX_ADDRESSES = 8;

/** Where this computer is on the networks it has joined (IPv4): `{ name: 'wlan0', address: '192.168.10.2' }`. */
export function localAddresses(): { name: string; address: string }[] {
  return Object.entries(networkInterfaces())
    .flatMap(([name, list]) => (list ?? []).map((entry) => ({ name, ...entry })))
    .filter((entry) => entry.family === 'IPv4' && !entry.internal)
    .map(({ name, address }) => ({ name, address }))
    .slice(0, MAX_ADDRESSES);
}
