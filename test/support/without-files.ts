import { execFileSync } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';

/** Few enough to be used up in a moment, and more than a test process has open. */
const LIMIT = 256;

/** Runs `work` while this process cannot open another file, socket or pipe. */
export async function withoutFiles(work: () => Promise<void>): Promise<void> {
  const limit = (text: string) =>
    execFileSync('prlimit', ['--pid', String(process.pid), `--nofile=${text}`]);
  const before = execFileSync('prlimit', [
    ...['--pid', String(process.pid), '--nofile', '--raw', '--noheadings', '--output', 'SOFT'],
  ])
    .toString()
    .trim();
  limit(`${LIMIT}:`);
  const held: number[] = [];
  try {
    for (;;) held.push(openSync('/dev/null', 'r'));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EMFILE')) throw error;
    await work();
  } finally {
    for (const file of held) closeSync(file);
    limit(`${before}:`);
  }
}
