import { readdir, readFile, readlink } from 'node:fs/promises';

/** `/proc` of a busy machine; beyond this the name is not worth the wait. */
const MAX_PROCESSES = 4_096;
const MAX_DESCRIPTORS_PER_PROCESS = 4_096;

export type PortOwner = { name: string; pid: number };

/**
 * Finds the program that holds a local UDP port. Linux only (`/proc/net/udp`, then the program with that
 * socket); null elsewhere, and where the program belongs to another user or is gone already.
 */
export async function findPortOwner(port: number): Promise<PortOwner | null> {
  if (process.platform !== 'linux') return null;
  const inodes = await socketInodes(port);
  if (inodes.size === 0) return null;
  const pids = (await orNothing(readdir('/proc'), [])).filter((name) => /^\d+$/.test(name));
  for (const pid of pids.slice(0, MAX_PROCESSES)) {
    if (await holdsSocket(pid, inodes)) return { name: await programName(pid), pid: Number(pid) };
  }
  return null;
}

/** Columns: slot, local address:port (hexadecimal), …; the tenth is the inode of the socket. */
async function socketInodes(port: number): Promise<Set<string>> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/udp', '/proc/net/udp6']) {
    for (const line of (await orNothing(readFile(table, 'utf8'), '')).split('\n')) {
      const columns = line.trim().split(/\s+/);
      const inode = columns[9];
      if (inode !== undefined && columns[1]?.endsWith(`:${hexPort}`)) inodes.add(inode);
    }
  }
  return inodes;
}

async function holdsSocket(pid: string, inodes: Set<string>): Promise<boolean> {
  const descriptors = await orNothing(readdir(`/proc/${pid}/fd`), []);
  for (const descriptor of descriptors.slice(0, MAX_DESCRIPTORS_PER_PROCESS)) {
    const target = await orNothing(readlink(`/proc/${pid}/fd/${descriptor}`), '');
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
    if (inode !== undefined && inodes.has(inode)) return true;
  }
  return false;
}

async function programName(pid: string): Promise<string> {
  const name = (await orNothing(readFile(`/proc/${pid}/comm`, 'utf8'), '')).trim();
  return name === '' ? 'another program' : name;
}

/** Processes end while we look, and other users' are closed to us: both mean "not known". */
async function orNothing<T>(promise: Promise<T>, nothing: T): Promise<T> {
  return promise.catch(() => nothing);
}
