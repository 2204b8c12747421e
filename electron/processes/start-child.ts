import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Child, ChildEntry, StartChild } from './child.ts';
import { LastWords } from './last-words.ts';

/** Starts children in plain Node. Electron's counterpart is `desktop/utility-child.ts`. */
export const startNodeChild: StartChild = (entry, options = {}): Child => {
  const words = new LastWords();
  const child = fork(
    childBundle(entry, options.nodePath !== undefined),
    [...(options.args ?? [])],
    {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...options.env },
      execArgv: [],
      ...(options.nodePath === undefined ? {} : { execPath: options.nodePath }),
    },
  );
  child.stderr?.setEncoding('utf8').on('data', (text: string) => words.add(text));

  return {
    pid: child.pid,
    send(message) {
      // A child that just went away is reported by its exit, not by a write error here.
      if (child.connected) child.send(message as object, () => undefined);
    },
    onMessage: (callback) => void child.on('message', callback),
    onExit(callback) {
      let told = false;
      const tell = (code: number | null, signal: string | null) => {
        if (told) return;
        told = true;
        callback({ code, signal });
      };
      child.once('exit', tell);
      child.once('error', (error) => {
        words.add(error.message);
        if (child.pid === undefined) tell(null, null);
      });
    },
    lastWords: () => words.text(),
    kill: (signal) => void child.kill(signal),
  };
};

/** Bundles lie beside each other: `out/electron/<entry>.js`. Tests run from source and point at the same folder. */
function childBundle(entry: ChildEntry, onForeignNode: boolean): string {
  const folder = process.env.HOVERDECK_BUNDLES ?? fileURLToPath(new URL('.', import.meta.url));
  const path = `${folder}/${entry}.js`;
  // Only Electron's own Node reads inside an asar archive; what others run is packed beside it.
  return onForeignNode ? path.replace(/app\.asar([\\/])/, 'app.asar.unpacked$1') : path;
}
