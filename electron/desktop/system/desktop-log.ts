import { homedir } from 'node:os';
import { createLog } from '../../base/log.ts';

/** The desktop host's log: on stderr, and remembered for "Copy Diagnostics". */
export const log = createLog((line) => {
  process.stderr.write(`${line}\n`);
});

/** Lines as they may leave the machine: without the user's name in folder names. */
export function linesForReport(): string[] {
  const home = homedir();
  return log.lines().map((line) => line.replaceAll(home, '~'));
}
