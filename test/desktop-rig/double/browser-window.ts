import type * as Electron from 'electron';
import { refuseUnknown, strict } from '../strict.ts';
import { lifeCycle } from './app.ts';
import { createEvents, ignore, preventable, standIn } from './events.ts';
import { type Contents, createContents } from './web-contents.ts';

const options = [
  'x',
  'y',
  'width',
  'height',
  'minWidth',
  'minHeight',
  'title',
  'show',
  'backgroundColor',
  'webPreferences',
];

/** The only web preferences the rig runs pages with; anything weaker is refused, not imitated. */
const modelledPreferences: Readonly<Record<string, readonly unknown[]>> = {
  sandbox: [true],
  contextIsolation: [true],
  nodeIntegration: [false],
  nodeIntegrationInWorker: [false],
  nodeIntegrationInSubFrames: [false],
  webSecurity: [true],
  allowRunningInsecureContent: [false],
  experimentalFeatures: [false],
  webviewTag: [false],
  navigateOnDragDrop: [false],
  spellcheck: [false],
  devTools: [true, false],
};

export type RigWindow = {
  window: Electron.BrowserWindow;
  contents: Contents;
  options: Electron.BrowserWindowConstructorOptions;
  isVisible(): boolean;
  timesFocused(): number;
  timesLoaded(): number;
  minimize(): void;
  emit(event: string): void;
  /** Ends it as a click on its close button does. */
  close(): boolean;
};

export const windows: RigWindow[] = [];

function checkPreferences(preferences: Electron.WebPreferences = {}): string {
  const { preload, ...rest } = preferences;
  for (const [key, value] of Object.entries(rest)) {
    if (!modelledPreferences[key]?.includes(value)) {
      throw new Error(`The desktop rig does not model webPreferences.${key}: ${String(value)}.`);
    }
  }
  if (preload === undefined) throw new Error('The desktop rig models windows with a preload only.');
  return preload;
}

function createWindow(
  given: Electron.BrowserWindowConstructorOptions = {},
): Electron.BrowserWindow {
  if (!lifeCycle.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
  refuseUnknown('BrowserWindow', given, options);
  const contents = createContents(checkPreferences(given.webPreferences));
  const events = createEvents<Electron.BrowserWindow>('BrowserWindow', {
    'ready-to-show': (window) => window.on('ready-to-show', ignore),
    close: (window) => window.on('close', ignore),
    closed: (window) => window.on('closed', ignore),
    resize: (window) => window.on('resize', ignore),
    move: (window) => window.on('move', ignore),
    unresponsive: (window) => window.on('unresponsive', ignore),
    responsive: (window) => window.on('responsive', ignore),
  });
  const { x = 0, y = 0, width = 800, height = 600, show = true } = given;
  let bounds: Electron.Rectangle = { x, y, width, height };
  const is = { visible: show, minimized: false, maximized: false, full: false, onTop: false };
  let destroyed = false;
  let focused = 0;
  let loads = 0;
  contents.setSize(width, height);
  contents.onLoaded(() => {
    loads += 1;
  });
  contents.onLoaded(once(() => events.emit('ready-to-show')));

  const alive = <A extends unknown[], R>(run: (...values: A) => R) => {
    return (...values: A): R => {
      if (destroyed) throw new TypeError('Object has been destroyed');
      return run(...values);
    };
  };
  const close = (): boolean => {
    if (destroyed) return true;
    const event = preventable({});
    events.emit('close', event);
    if (event.defaultPrevented) return false;
    destroyed = true;
    windows.splice(windows.indexOf(entry), 1);
    void contents.close().finally(() => {
      events.emit('closed');
      if (windows.length === 0) lifeCycle.windowsClosed();
    });
    return true;
  };

  const double = strict('BrowserWindow', {
    ...events.methods,
    webContents: contents.contents,
    loadURL: alive((url: string) => contents.load(url)),
    isDestroyed: () => destroyed,
    close: () => void close(),
    show: alive(() => {
      is.visible = true;
    }),
    focus: alive(() => {
      focused += 1;
    }),
    isFocused: alive(() => is.visible && !is.minimized),
    isMinimized: alive(() => is.minimized),
    restore: alive(() => {
      is.minimized = false;
    }),
    maximize: alive(() => {
      is.maximized = true;
      events.emit('resize');
    }),
    isMaximized: alive(() => is.maximized),
    isFullScreen: alive(() => is.full),
    setFullScreen: alive((on: boolean) => {
      is.full = on;
      events.emit('resize');
    }),
    isAlwaysOnTop: alive(() => is.onTop),
    setAlwaysOnTop: alive((on: boolean) => {
      is.onTop = on;
    }),
    getNormalBounds: alive(() => ({ ...bounds })),
    setBounds: alive((changed: Partial<Electron.Rectangle>) => {
      bounds = { ...bounds, ...changed };
      contents.setSize(bounds.width, bounds.height);
      events.emit('move');
      events.emit('resize');
    }),
  });
  const entry: RigWindow = {
    window: standIn<Electron.BrowserWindow>(double),
    contents,
    options: given,
    isVisible: () => is.visible,
    timesFocused: () => focused,
    timesLoaded: () => loads,
    minimize() {
      is.minimized = true;
    },
    emit: (event) => void events.emit(event),
    close,
  };
  windows.push(entry);
  return entry.window;
}

function once(run: () => void): () => void {
  let ran = false;
  return () => {
    if (ran) return;
    ran = true;
    run();
  };
}

lifeCycle.closeWindows = () => windows.slice().every((entry) => entry.close());

/** `new BrowserWindow(options)`; answers with the strict double. */
export class BrowserWindow {
  constructor(given?: Electron.BrowserWindowConstructorOptions) {
    // biome-ignore lint/correctness/noConstructorReturn: the instance must refuse what it does not model.
    return createWindow(given) as unknown as BrowserWindow;
  }
}
