import { isatty } from 'node:tty';

const STANDARD_STREAMS = [0, 1, 2];

/**
 * Calls back at every signal that means "end". SIGHUP says that the terminal was closed, so it means
 * that only where there was one at the start: `nohup`, and whoever starts a service, leaves none and
 * wants us to stay. (Whether they had SIGHUP ignored cannot be asked: Node resets what it inherits.)
 */
export function onEndingSignal(end: (signal: NodeJS.Signals) => void): void {
  const hasTerminal = STANDARD_STREAMS.some((descriptor) => isatty(descriptor));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  process.on('SIGHUP', hasTerminal ? end : stay);
}

/** A signal without a listener would end the process. */
function stay(): void {
  // Nothing to do.
}

/**
 * Ends as a closed terminal ends a program. Node's own exit restores the terminal's settings, and takes
 * it for a bug of Node when there is none any more: it aborts and leaves a core file.
 */
export function endByHangUp(): void {
  process.removeAllListeners('SIGHUP');
  process.kill(process.pid, 'SIGHUP');
}
