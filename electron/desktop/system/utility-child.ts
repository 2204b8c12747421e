import { fileURLToPath } from 'node:url';
import { utilityProcess } from 'electron';
import type { Child, ChildEntry, StartChild } from '../../processes/child.ts';
import { LastWords } from '../../processes/last-words.ts';
import { startNodeChild } from '../../processes/start-child.ts';
import { log } from './desktop-log.ts';

/**
 * Starts children as Electron utility processes; on another Node, where one is asked for, as plain
 * children of that Node (its native addons would not load in Electron).
 */
export const startUtilityChild: StartChild = (entry, options = {}): Child => {
  if (options.nodePath !== undefined) return startNodeChild(entry, options);
  const words = new LastWords();
  const child = utilityProcess.fork(bundle(entry), [...(options.args ?? [])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    serviceName: `Hoverdeck ${entry}`,
    env: { ...process.env, ...options.env },
  });
  // The process starts later; until then Electron knows no pid and drops a kill silently.
  let wantedKill: 'SIGTERM' | 'SIGKILL' | null = null;
  let exited = false;

  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => words.add(text));
  child.on('error', (type, location) => words.add(`${type} at ${location}\n`));
  child.once('spawn', () => {
    if (wantedKill !== null) kill(wantedKill);
  });
  child.once('exit', () => {
    exited = true;
  });

  function kill(signal: 'SIGTERM' | 'SIGKILL'): void {
    if (exited) return;
    if (child.pid === undefined) {
      wantedKill = signal;
    } else if (signal === 'SIGKILL') {
      killHard(child.pid);
    } else {
      child.kill();
    }
  }

  return {
    get pid() {
      return child.pid;
    },
    send(message) {
      if (!exited) child.postMessage(message);
    },
    onMessage: (callback) => void child.on('message', callback),
    // Electron reports the code alone; a signal shows in it only as a number.
    onExit: (callback) => void child.once('exit', (code) => callback({ code, signal: null })),
    lastWords: () => words.text(),
    kill,
  };
};

/** Electron's own `kill` asks politely, and a hung driver does not listen. */
function killHard(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // Gone between two events: its exit is on the way.
    log.info(`Process ${pid} was gone before it was killed (${String(error)}).`);
  }
}

/** The bundles lie beside main's. */
function bundle(entry: ChildEntry): string {
  return fileURLToPath(new URL(`${entry}.js`, import.meta.url));
}
