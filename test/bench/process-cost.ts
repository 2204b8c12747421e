import { readFile } from 'node:fs/promises';

/** `sysconf(_SC_CLK_TCK)`: 100 on every Linux Node runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4_096;

export type Cost = { cpuSeconds: number; residentMiB: number };

/** What a process has used so far (Linux: /proc); null elsewhere, or when it is gone. */
export async function costOf(pid: number): Promise<Cost | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold spaces; the numbers begin behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11]) + Number(fields[12]);
    return {
      cpuSeconds: ticks / TICKS_PER_SECOND,
      residentMiB: (Number(fields[21]) * PAGE_BYTES) / 1_048_576,
    };
  } catch {
    return null;
  }
}

/** Share of one core between two readings, in percent. */
export function cpuPercent(before: Cost | null, after: Cost | null, seconds: number): string {
  if (before === null || after === null) return 'not measured';
  return `${(((after.cpuSeconds - before.cpuSeconds) / seconds) * 100).toFixed(1)} %`;
}
