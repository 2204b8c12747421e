import { homedir } from 'node:os';
import { createLog } from '../../base/log.ts';
import { tell, untold } from '../../base/output.ts';

/** The desktop host's log: on stderr, and remembered for "Copy Diagnostics". */
export const log = createLog((line) => tell('stderr', `${line}\n`));

/** Lines as they may leave the machine: without the user's name in folder names. */
export function linesForReport(): string[] {
  const home = homedir();
  const lost = untold();
  return [
    ...(lost > 0 ? [`(${lost} lines never reached stdout or stderr)`] : []),
    ...log.lines().map((line) => line.replaceAll(home, '~')),
  ];
}
