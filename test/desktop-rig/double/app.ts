import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import { strict } from '../strict.ts';
import { createEvents, ignore, preventable } from './events.ts';
import { records } from './records.ts';
import { claimLock } from './single-instance-lock.ts';

type App = typeof Electron.app;

const events = createEvents<App>('app', {
  ready: (app) => app.on('ready', ignore),
  activate: (app) => app.on('activate', ignore),
  'before-quit': (app) => app.on('before-quit', ignore),
  'will-quit': (app) => app.on('will-quit', ignore),
  quit: (app) => app.on('quit', ignore),
  'window-all-closed': (app) => app.on('window-all-closed', ignore),
  'second-instance': (app) => app.on('second-instance', ignore),
  'web-contents-created': (app) => app.on('web-contents-created', ignore),
});

let isReady = false;
let becomeReady: () => void = ignore;
const ready = new Promise<void>((resolve) => {
  becomeReady = resolve;
});
let name = 'Electron';
let ending: 'no' | 'closing' | 'will-quit' | 'exited' = 'no';
let releaseLock: () => void = ignore;
const switches = process.argv.filter((argument) => argument.startsWith('--'));
const paths = new Map<string, string>([
  ['home', homedir()],
  ['temp', tmpdir()],
  ['appData', process.env.XDG_CONFIG_HOME ?? join(homedir(), '.config')],
  ['pictures', process.env.XDG_PICTURES_DIR ?? join(homedir(), 'Pictures')],
]);
paths.set('userData', switchValue('user-data-dir') ?? join(paths.get('appData') ?? '', name));

/** How the rest of the double takes part in the app's life. */
export const lifeCycle = {
  /** Whether every process of the app runs sandboxed. */
  sandboxed: false,
  isReady: () => isReady,
  /** Closes every window; true once all are closed, false if one refused. */
  closeWindows: (): boolean => true,
  /** Ends what the rig itself runs, before the process goes. */
  cleanUp: async (): Promise<void> => undefined,
  emit: events.emit,
  becomeReady() {
    isReady = true;
    events.emit('ready', preventable({}), {});
    becomeReady();
  },
  windowsClosed() {
    if (ending === 'closing') willQuit();
    else if (ending === 'no' && !events.emit('window-all-closed')) quit();
  },
};

function quit(): void {
  if (ending === 'exited') return;
  ending = 'closing';
  const event = preventable({});
  events.emit('before-quit', event);
  if (event.defaultPrevented || !lifeCycle.closeWindows()) ending = 'no';
  else willQuit();
}

function willQuit(): void {
  if (ending === 'exited') return;
  ending = 'will-quit';
  const event = preventable({});
  events.emit('will-quit', event);
  if (event.defaultPrevented) ending = 'no';
  else exit(0);
}

function exit(code = 0): void {
  if (ending === 'exited') return;
  ending = 'exited';
  events.emit('quit', preventable({}), code);
  releaseLock();
  void lifeCycle.cleanUp().finally(() => process.exit(code));
}

/** Electron quits on the signals that a terminal or the system sends. */
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);

function beforeReady(what: string): void {
  if (isReady) throw new Error(`${what} can only be called before app is ready`);
}

function switchValue(wanted: string): string | undefined {
  const found = switches.find((text) => text === `--${wanted}` || text.startsWith(`--${wanted}=`));
  return found?.slice(wanted.length + 3);
}

export const app = strict('app', {
  ...events.methods,
  isPackaged: false,
  get name() {
    return name;
  },
  setName(value) {
    name = value;
  },
  getPath(key) {
    const path = paths.get(key);
    if (path === undefined) throw new Error(`The desktop rig does not model the path '${key}'.`);
    return path;
  },
  setPath(key, path) {
    if (!paths.has(key)) throw new Error(`The desktop rig does not model the path '${key}'.`);
    paths.set(key, path);
  },
  commandLine: strict('app.commandLine', {
    hasSwitch: (wanted: string) => switchValue(wanted) !== undefined,
  }) as Electron.CommandLine,
  whenReady: () => ready,
  isReady: () => isReady,
  enableSandbox() {
    beforeReady('app.enableSandbox()');
    lifeCycle.sandboxed = true;
  },
  requestSingleInstanceLock() {
    const release = claimLock(paths.get('userData') ?? '', (argv, folder) => {
      events.emit('second-instance', preventable({}), argv, folder, undefined);
    });
    if (release === null) return false;
    releaseLock = release;
    return true;
  },
  // As glibc names them: de_DE.UTF-8.
  getPreferredSystemLanguages: () => [
    (process.env.LANG ?? 'en_US').split('.')[0]?.replace('_', '-') ?? 'en-US',
  ],
  setAboutPanelOptions(options) {
    records.aboutPanel = options;
  },
  quit,
  exit,
} satisfies Pick<
  App,
  | 'isPackaged'
  | 'name'
  | 'setName'
  | 'getPath'
  | 'setPath'
  | 'commandLine'
  | 'whenReady'
  | 'isReady'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'getPreferredSystemLanguages'
  | 'setAboutPanelOptions'
  | 'quit'
  | 'exit'
> &
  Events);

type Events = typeof events.methods;
