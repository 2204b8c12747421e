import { readFile } from 'node:fs/promises';

/** The page size of every platform this file's `/proc` exists on; 16 and 64 kB kernels read as less, never as more. */
const PAGE_BYTES = 4_096;

/**
 * Memory a process really holds, in bytes, read from outside: a process that is stuck cannot report
 * it. Undefined where there is no `/proc`, or the process is gone.
 */
export async function residentBytes(pid: number | undefined): Promise<number | undefined> {
  if (pid === undefined || process.platform !== 'linux') return undefined;
  try {
    const pages = Number((await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]);
    return Number.isFinite(pages) ? pages * PAGE_BYTES : undefined;
  } catch {
    // Gone since: its exit is reported by other means.
    return undefined;
  }
}
