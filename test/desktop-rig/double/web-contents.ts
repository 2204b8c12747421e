import type * as Electron from 'electron';
import type { Navigation, RigPage } from '../chromium/page.ts';
import { strict } from '../strict.ts';
import type { FromPage } from '../wire.ts';
import { lifeCycle } from './app.ts';
import { createEvents, ignore, preventable, standIn } from './events.ts';
import { grantPermissions, openHostPage } from './host.ts';
import { dispatchInvoke, dispatchSend } from './ipc-main.ts';
import { pressAccelerator } from './menu.ts';
import { transferPort } from './message-port.ts';
import { nodeCodec } from './node-codec.ts';
import { mayRequest, sessionState } from './session.ts';
import { theme } from './system.ts';

type WebContents = Electron.WebContents;
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];
/** What the page end of a moved port says back. */
type PortEnd = ReturnType<typeof transferPort>;

export type Contents = {
  contents: WebContents;
  load(url: string): Promise<void>;
  reload(): Promise<void>;
  crash(): Promise<void>;
  close(): Promise<void>;
  targetId(): Promise<string>;
  /** A message as if it came from a page of any other address or place. */
  pretend(
    channel: string,
    values: unknown[],
    frame: { url: string; isMainFrame: boolean },
  ): unknown;
  /** Whether the app prevents an event that a hostile page could cause and a test cannot. */
  prevents(event: string, details: object): boolean;
  onLoaded(callback: () => void): void;
  /** The window's size, in device-independent pixels; the rig's windows have no frame. */
  setSize(width: number, height: number): void;
};

let nextId = 1;
let nextPort = 1;
/** A frame token is as good as any number here. */
const FRAME_ID = 1;

export function createContents(preloadFile: string): Contents {
  const events = createEvents<WebContents>('webContents', {
    'will-navigate': (contents) => contents.on('will-navigate', ignore),
    'will-frame-navigate': (contents) => contents.on('will-frame-navigate', ignore),
    'will-redirect': (contents) => contents.on('will-redirect', ignore),
    'will-attach-webview': (contents) => contents.on('will-attach-webview', ignore),
    'render-process-gone': (contents) => contents.on('render-process-gone', ignore),
    'did-finish-load': (contents) => contents.on('did-finish-load', ignore),
    destroyed: (contents) => contents.on('destroyed', ignore),
  });
  const ports = new Map<number, PortEnd>();
  const loaded: (() => void)[] = [];
  let url = '';
  let crashed = false;
  let destroyed = false;
  let openHandler: OpenHandler | null = null;
  const mainFrame = frame(() => url, null);

  const page: Promise<RigPage> = openHostPage(preloadFile, {
    message,
    mayNavigate,
    mayRequest,
    windowOpened,
    navigated(next) {
      url = next;
      crashed = false;
    },
    worldGone() {
      for (const end of ports.values()) end.remoteClosed();
      ports.clear();
    },
    loaded() {
      events.emit('did-finish-load');
      for (const listener of loaded) listener();
    },
    crashed() {
      crashed = true;
      events.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 5 });
    },
  });
  page.then((opened) => {
    const follow = (dark: boolean) => void opened.setColourScheme(dark ? 'dark' : 'light');
    theme.onChange = follow;
  }, fatal);

  function message(text: Exclude<FromPage, { type: 'window-open' }>): void {
    switch (text.type) {
      case 'invoke':
        void invoke(text);
        break;
      case 'send':
        sent(text);
        break;
      case 'port-message':
        ports.get(text.port)?.fromRemote(nodeCodec.decode(text.dataText));
        break;
      case 'port-close':
        ports.get(text.port)?.remoteClosed();
        ports.delete(text.port);
        break;
      case 'key':
        pressAccelerator(text.key);
        break;
      case 'preload-failed':
        fatal(new Error(`Unable to load preload script: ${text.message}`));
        break;
      case 'preload-done':
        break;
    }
  }

  function sent(text: Extract<FromPage, { type: 'send' }>): void {
    const values = nodeCodec.decode(text.argsText) as unknown[];
    const event = ipcEvent(mainFrame) as Electron.IpcMainEvent;
    if (!dispatchSend(text.channel, event, values)) {
      console.error(`Nobody listens on '${text.channel}'.`);
    }
  }

  async function invoke(text: Extract<FromPage, { type: 'invoke' }>): Promise<void> {
    const opened = await page;
    const { id, channel } = text;
    try {
      const event = ipcEvent(mainFrame) as Electron.IpcMainInvokeEvent;
      const values = nodeCodec.decode(text.argsText) as unknown[];
      const value = await dispatchInvoke(channel, event, values);
      opened.tell({ type: 'reply', id, ok: true, valueText: nodeCodec.encode(value) });
    } catch (error) {
      opened.tell({ type: 'reply', id, ok: false, message: String(error) });
    }
  }

  function mayNavigate({ url: wanted, isMainFrame }: Navigation): boolean {
    const details = preventable({
      url: wanted,
      isMainFrame,
      isSameDocument: false,
      frame: isMainFrame ? mainFrame : null,
    });
    events.emit('will-frame-navigate', details);
    if (isMainFrame && !details.defaultPrevented) events.emit('will-navigate', details);
    return !details.defaultPrevented;
  }

  function windowOpened(wanted: string): void {
    const details = standIn<Electron.HandlerDetails>(
      strict('window open details', { url: wanted, frameName: '', disposition: 'foreground-tab' }),
    );
    const answer = openHandler?.(details) ?? { action: 'allow' };
    if (answer.action !== 'deny') fatal(new Error('The desktop rig models no second window.'));
  }

  function ipcEvent(senderFrame: Electron.WebFrameMain | null) {
    return preventable({
      type: 'frame',
      sender: contents,
      senderFrame,
      frameId: FRAME_ID,
      processId: FRAME_ID,
    });
  }

  function movePort(port: unknown): number {
    const id = nextPort++;
    const end = transferPort(port as object, {
      deliver: (data) => tell({ type: 'port-message', port: id, dataText: nodeCodec.encode(data) }),
      close() {
        ports.delete(id);
        tell({ type: 'port-close', port: id });
      },
    });
    ports.set(id, end);
    return id;
  }

  function tell(text: Parameters<RigPage['tell']>[0]): void {
    page.then((opened) => opened.tell(text), ignore);
  }

  function post(channel: string, values: readonly unknown[], transfer: readonly unknown[]): void {
    if (destroyed) throw new TypeError('Object has been destroyed');
    // Cloned now: what the caller changes afterwards is not sent.
    const argsText = nodeCodec.encode(values);
    tell({ type: 'event', channel, argsText, ports: transfer.map(movePort) });
  }

  const double = strict('webContents', {
    ...events.methods,
    id: nextId++,
    mainFrame,
    getURL: () => url,
    isCrashed: () => crashed,
    isDestroyed: () => destroyed,
    send: (channel: string, ...values: unknown[]) => post(channel, values, []),
    postMessage: (channel: string, value: unknown, transfer: unknown[] = []) =>
      post(channel, [value], transfer),
    reload: () => void reload().catch(fatal),
    forcefullyCrashRenderer: () => void crash().catch(fatal),
    setWindowOpenHandler(handler: OpenHandler) {
      openHandler = handler;
    },
  });
  const contents = standIn<WebContents>(double);
  const reload = async () => (await page).reload();
  const crash = async () => (await page).crash();
  const regrant = () => grantPermissions(contents, url);
  sessionState.onPermissionsChanged = () => void regrant().catch(fatal);
  lifeCycle.emit('web-contents-created', preventable({}), contents);

  return {
    contents,
    async load(wanted) {
      const opened = await page;
      await grantPermissions(contents, wanted);
      theme.onChange(theme.isDark());
      await opened.load(wanted);
    },
    reload,
    crash,
    async close() {
      destroyed = true;
      await (await page).close();
      events.emit('destroyed');
    },
    targetId: async () => (await page).targetId,
    pretend(channel, values, { url: from, isMainFrame }) {
      const sender = frame(() => from, isMainFrame ? null : mainFrame);
      return dispatchInvoke(channel, ipcEvent(sender) as Electron.IpcMainInvokeEvent, values);
    },
    prevents(event, details) {
      const preventableEvent = preventable(details);
      events.emit(event, preventableEvent, {}, {});
      return preventableEvent.defaultPrevented;
    },
    onLoaded: (callback) => void loaded.push(callback),
    setSize: (width, height) => {
      page.then((opened) => opened.setSize(width, height)).catch(fatal);
    },
  };
}

function frame(url: () => string, parent: Electron.WebFrameMain | null): Electron.WebFrameMain {
  return standIn<Electron.WebFrameMain>(
    strict('WebFrameMain', {
      parent,
      get url() {
        return url();
      },
    }),
  );
}

/** A rig that cannot model what the app does must not go on as if it could. */
function fatal(error: unknown): void {
  console.error('The desktop rig gives up:', error);
  process.exit(70);
}
