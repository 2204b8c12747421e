import { BrowserWindow, nativeTheme, type WebContents } from 'electron';
import { APP_PAGE } from '../page/origin.ts';
import { log } from '../system/desktop-log.ts';
import { MINIMUM_SIZE } from './window-bounds.ts';
import { recallPlacement, rememberPlacement } from './window-memory.ts';

export type MainWindowOptions = {
  preload: string;
  /** File the window's place is kept in. */
  placementFile: string;
  development: boolean;
};

/** The app's one window, as the rest of the desktop host sees it. */
export type MainWindow = {
  /** Opens the window, or brings the open one to the front. */
  show(): void;
  /** The open window; null before the first `show` and after it was closed. */
  current(): BrowserWindow | null;
  /** Whether a page is the window's. */
  owns(contents: WebContents): boolean;
  /** Sends to the page; nobody hears it while there is none. */
  send(channel: string, ...values: readonly unknown[]): void;
  /** Called for every window opened from now on. */
  onOpen(callback: (window: BrowserWindow) => void): void;
};

/** Before the page has painted, in the colour it is about to have: no white flash in the dark. */
const BACKGROUND = { dark: '#0f1113', light: '#f5f6f7' } as const;

export function createMainWindow(options: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;
  const openListeners: ((window: BrowserWindow) => void)[] = [];

  function open(): BrowserWindow {
    const opened = newWindow(options);
    opened.once('closed', () => {
      if (window === opened) window = null;
    });
    for (const listener of openListeners) listener(opened);
    // A page that cannot be loaded is reported by `did-fail-load`; this promise says the same again.
    opened.loadURL(APP_PAGE).catch((error: unknown) => {
      log.error('The page could not be loaded', error);
    });
    return opened;
  }

  return {
    show() {
      if (window === null) {
        window = open();
        return;
      }
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    current: () => window,
    owns: (contents) => window !== null && !window.isDestroyed() && window.webContents === contents,
    send(channel, ...values) {
      if (window === null || window.isDestroyed() || window.webContents.isCrashed()) return;
      window.webContents.send(channel, ...values);
    },
    onOpen: (callback) => void openListeners.push(callback),
  };
}

function newWindow(options: MainWindowOptions): BrowserWindow {
  const { bounds, maximized } = recallPlacement(options.placementFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: MINIMUM_SIZE.width,
    minHeight: MINIMUM_SIZE.height,
    title: 'Hoverdeck',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.development,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  rememberPlacement(window, options.placementFile);
  return window;
}
