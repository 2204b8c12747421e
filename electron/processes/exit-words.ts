import type { ChildExit } from './child.ts';

/** What became of a child, to follow its name: "ended by itself (exit code 3)". */
export function exitWords({ code, signal, startError }: ChildExit): string {
  switch (startError) {
    case undefined:
      return `ended by itself (${signal ?? `exit code ${code ?? 'unknown'}`})`;
    case 'EMFILE':
    case 'ENFILE':
      return 'could not be started: too many files are open';
    case 'EAGAIN':
      return 'could not be started: too many programs are running';
    case 'ENOMEM':
      return 'could not be started: this computer is out of memory';
    case 'ENOENT':
    case 'EACCES':
      return `could not be started: its program is missing or may not be run (${startError})`;
    default:
      return `could not be started (${startError})`;
  }
}

/** What a person can do about a child that could not be started; undefined where it did start. */
export function startTip({ startError }: ChildExit): string | undefined {
  switch (startError) {
    case undefined:
      return undefined;
    case 'EMFILE':
      return 'Start Hoverdeck again. If it stays so, allow it more open files (ulimit -n 4096).';
    case 'ENFILE':
    case 'EAGAIN':
    case 'ENOMEM':
      return 'Close programs you do not need, then connect again.';
    default:
      return 'Install Hoverdeck again. If it stays so, please report this with the diagnostics.';
  }
}
