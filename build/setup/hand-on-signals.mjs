import { isatty } from 'node:tty';

/** The app needs less to quit; one that does not hangs where no signal reaches it, and is not waited for. */
const QUIT_DEADLINE_MS = 5_000;

/**
 * Hands on the signals that end a program, and gives up on a child that does not follow them.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {{ asked: () => boolean, stop: () => void }} whether it was asked to end; the end of handing on
 */
export function handOnSignals(child) {
  let asked = false;
  const listeners = new Map();
  // A terminal that nobody has cannot be closed: this is how `nohup` keeps a program.
  const hasTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    listeners.set(signal, () => {
      if (signal === 'SIGHUP' && !hasTerminal) return;
      // Ctrl-C reaches the child by itself; it decides when it is done.
      if (signal !== 'SIGINT') child.kill(signal);
      if (asked) return;
      asked = true;
      setTimeout(() => {
        child.kill('SIGKILL');
        process.exit(1);
      }, QUIT_DEADLINE_MS).unref();
    });
  }
  for (const [signal, listener] of listeners) process.on(signal, listener);
  return {
    asked: () => asked,
    stop() {
      for (const [signal, listener] of listeners) process.off(signal, listener);
    },
  };
}
