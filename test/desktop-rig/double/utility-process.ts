import { type ChildProcess, fork as forkNode } from 'node:child_process';
import { constants } from 'node:os';
import type * as Electron from 'electron';
import { refuseUnknown, strict } from '../strict.ts';
import { lifeCycle } from './app.ts';
import { createEvents, ignore, standIn } from './events.ts';
import { records } from './records.ts';

const known = ['env', 'execArgv', 'cwd', 'stdio', 'serviceName'];
type Mode = 'pipe' | 'ignore' | 'inherit';

/** `utilityProcess.fork`: the entry runs unmodified in plain Node with Electron's `process.parentPort`. */
function fork(
  modulePath: string,
  args: string[] = [],
  options: Electron.ForkOptions = {},
): Electron.UtilityProcess {
  if (!lifeCycle.isReady())
    throw new Error('utilityProcess cannot be created before app is ready.');
  refuseUnknown('utilityProcess.fork', options, known);
  const [, out, err] = stdioModes(options.stdio);
  const events = createEvents<Electron.UtilityProcess>('UtilityProcess', {
    spawn: (child) => child.on('spawn', ignore),
    message: (child) => child.on('message', ignore),
    exit: (child) => child.on('exit', ignore),
    error: (child) => child.on('error', ignore),
  });
  const child = forkNode(modulePath, args, {
    serialization: 'advanced',
    stdio: ['ignore', out, err, 'ipc'],
    execArgv: [...(options.execArgv ?? []), '--import', parentPortUrl()],
    // Electron's type says strings; a process environment may have holes.
    env: { ...(options.env ?? process.env) } as NodeJS.ProcessEnv,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  const record = { pid: child.pid, serviceName: options.serviceName ?? 'Node Utility Process' };
  records.utilityProcesses.add(record);
  let pid: number | undefined;

  child.once('spawn', () => {
    setImmediate(() => {
      pid = child.pid;
      events.emit('spawn');
    });
  });
  child.on('message', (message) => events.emit('message', message));
  child.once('exit', (code, signal) => {
    records.utilityProcesses.delete(record);
    setImmediate(() => {
      // waitpid's status: a signal shows as its number.
      events.emit('exit', code ?? (signal === null ? 1 : constants.signals[signal]));
      pid = undefined;
    });
  });

  return standIn<Electron.UtilityProcess>(
    strict('UtilityProcess', {
      ...events.methods,
      get pid() {
        return pid;
      },
      stdout: child.stdout,
      stderr: child.stderr,
      postMessage(message: unknown, transfer: unknown[] = []) {
        if (transfer.length > 0) throw new Error('The desktop rig does not model nested ports.');
        post(child, structuredClone(message));
      },
      // Before it has spawned, Electron has nothing to kill and says so.
      kill: () => (pid === undefined ? false : child.kill('SIGTERM')),
    }),
  );
}

function post(child: ChildProcess, message: unknown): void {
  // A child that is going away loses messages silently, as a port does.
  if (child.connected) child.send(message as object, () => undefined);
}

function stdioModes(stdio: Electron.ForkOptions['stdio'] = 'inherit'): [Mode, Mode, Mode] {
  const modes = typeof stdio === 'string' ? ['ignore', stdio, stdio] : stdio;
  const [input, out, err] = modes as Mode[];
  if (input !== 'ignore') throw new Error('stdin value other than ignore is not supported.');
  if (out === undefined || err === undefined) throw new Error('stdio wants three values.');
  return [input, out, err];
}

function parentPortUrl(): string {
  return new URL('parent-port.js', import.meta.url).href;
}

export const utilityProcess = strict('utilityProcess', { fork } satisfies Pick<
  typeof Electron.utilityProcess,
  'fork'
>);
