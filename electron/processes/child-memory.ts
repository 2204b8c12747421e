import { readFile } from 'node:fs/promises';
import type { Child } from './child.ts';

/** The page size of every platform this file's `/proc` exists on; 16 and 64 kB kernels read as less, never as more. */
const PAGE_BYTES = 4_096;

type MemoryBound = {
  bytes: number;
  /** How often it is looked at. */
  everyMs: number;
  /** Called each time it holds more than `bytes`, until the watch is ended. */
  onBloated: (bytes: number) => void;
};

/** Weighs a child from outside, since one that is stuck cannot report what it holds. Returns the end of it. */
export function watchMemory(child: Child, bound: MemoryBound): () => void {
  let watching = true;
  const weigh = async () => {
    const bytes = await residentBytes(child.pid);
    if (watching && bytes !== undefined && bytes > bound.bytes) bound.onBloated(bytes);
  };
  const timer = setInterval(() => void weigh(), bound.everyMs);
  return () => {
    watching = false;
    clearInterval(timer);
  };
}

/** Memory a process really holds, in bytes. Undefined where there is no `/proc`, or the process is gone. */
async function residentBytes(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]);
    return Number.isFinite(pages) ? pages * PAGE_BYTES : undefined;
  } catch {
    // Gone since: its exit is reported by other means.
    return undefined;
  }
}
