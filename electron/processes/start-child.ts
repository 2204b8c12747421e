import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Child, ChildEntry, ChildExit, StartChild, StartOptions } from './child.ts';
import { LastWords } from './last-words.ts';

/** Starts children in plain Node. Electron's counterpart is `desktop/utility-child.ts`. */
export const startNodeChild: StartChild = (entry, options = {}): Child => {
  const words = new LastWords();
  let child: ChildProcess;
  try {
    child = forkBundle(entry, options);
  } catch (error) {
    return stillborn(error);
  }
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
      const tell = (exit: ChildExit) => {
        if (told) return;
        told = true;
        callback(exit);
      };
      child.once('exit', (code, signal) => tell({ code, signal }));
      child.once('error', (error) => {
        words.add(error.message);
        if (child.pid === undefined) tell(startFailure(error));
      });
    },
    lastWords: () => words.text(),
    kill(signal) {
      // Without a process Node signals pid 0, which is this process's whole group.
      if (child.pid !== undefined) child.kill(signal);
    },
  };
};

function forkBundle(entry: ChildEntry, options: StartOptions): ChildProcess {
  const bundle = childBundle(entry, options.nodePath !== undefined);
  return fork(bundle, [...(options.args ?? [])], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...options.env },
    execArgv: [],
    ...(options.nodePath === undefined ? {} : { execPath: options.nodePath }),
  });
}

/** Some failures to start are thrown and some are events; to whoever asked, both are an exit. */
function stillborn(error: unknown): Child {
  return {
    pid: undefined,
    send: () => undefined,
    onMessage: () => undefined,
    onExit: (callback) => setImmediate(() => callback(startFailure(error))),
    lastWords: () => (error instanceof Error ? error.message : String(error)),
    kill: () => undefined,
  };
}

function startFailure(error: unknown): ChildExit {
  const startError = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  return { code: null, signal: null, startError };
}

/** Bundles lie beside each other: `out/electron/<entry>.js`. Tests run from source and point at the same folder. */
function childBundle(entry: ChildEntry, onForeignNode: boolean): string {
  const folder = process.env.HOVERDECK_BUNDLES ?? fileURLToPath(new URL('.', import.meta.url));
  const path = `${folder}/${entry}.js`;
  // Only Electron's own Node reads inside an asar archive; what others run is packed beside it.
  return onForeignNode ? path.replace(/app\.asar([\\/])/, 'app.asar.unpacked$1') : path;
}
