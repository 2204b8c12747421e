import type { Log } from './log.ts';

/**
 * From the wish to quit to the end of the process, on both hosts, whatever hangs: long enough for a
 * goodbye to a drone and for a camera's driver, short enough to wait for.
 */
export const QUIT_DEADLINE_MS = 5_000;
/** What of it is kept for the end itself. */
const LEAVING_MS = 500;
/** File operations and look-ups that are merely under way are done within this. */
const SETTLE_MS = 100;

/**
 * Runs `undo` and resolves in time for the deadline, whether it is done or not.
 * @returns whether it ended cleanly
 */
export async function endInTime(undo: () => Promise<void>, log: Log): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('it took too long')), QUIT_DEADLINE_MS - LEAVING_MS);
  });
  try {
    await Promise.race([undo(), late]);
    return true;
  } catch (error) {
    log.error('Hoverdeck did not end cleanly', error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ends the process for certain. `exit` waits for the threads that do file operations and look-ups, and
 * one that hangs in a dead disk or network would hold the process for as long: then it is killed, which
 * needs nobody's consent.
 */
export async function leave(code: number, exit: (code: number) => void): Promise<void> {
  if (hasWorkInThreads()) await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  if (hasWorkInThreads()) process.kill(process.pid, 'SIGKILL');
  else exit(code);
}

function hasWorkInThreads(): boolean {
  return process
    .getActiveResourcesInfo()
    .some((kind) => kind.startsWith('FSReq') || kind.startsWith('Get'));
}
