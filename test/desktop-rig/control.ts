import type {
  ControlReply,
  ControlRequest,
  MenuState,
  RigState,
  WindowState,
} from './control-messages.ts';
import { app, lifeCycle } from './double/app.ts';
import { type RigWindow, windows } from './double/browser-window.ts';
import { debuggingEndpoint } from './double/host.ts';
import { currentMenu, findItem, type RigMenuItem, roleActions } from './double/menu.ts';
import { records } from './double/records.ts';
import {
  type DeviceDetails,
  mayRequest,
  type PermissionName,
  permissionAnswers,
  sessionState,
} from './double/session.ts';

/** Lets the process that started this one look at the app's outside and act on it. */
export function listenForControl(): void {
  process.on('message', (message) => {
    const { id, ...request } = message as ControlRequest & { id: number };
    run(request as ControlRequest).then(
      (value) => reply({ id, ok: true, value }),
      (error: unknown) => reply({ id, ok: false, message: String(error) }),
    );
  });
  // The test is gone: nothing may outlive it.
  process.on('disconnect', () => app.exit(1));
}

function reply(message: ControlReply): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function run(request: ControlRequest): Promise<unknown> {
  switch (request.op) {
    case 'state':
      return state();
    case 'clickMenu': {
      const item = findItem((entry) => entry.id === request.item || entry.role === request.item);
      if (item === null) throw new Error(`no menu item '${request.item}'`);
      return item.click();
    }
    case 'answerDialog': {
      const dialog = records.dialogs[0];
      if (dialog === undefined) throw new Error('no dialog is open');
      return dialog.answer(request.response);
    }
    case 'closeWindow':
      return theWindow().close();
    case 'quit':
      return app.quit();
    case 'crashRenderer':
      return theWindow().contents.crash();
    case 'reportUnresponsive':
      return theWindow().emit('unresponsive');
    case 'invokeAs':
      return theWindow().contents.pretend(request.channel, request.values, request);
    case 'askRequest':
      return mayRequest(request.url);
    case 'askDevice':
      // Electron allows every device a user picked, unless a handler says otherwise.
      return sessionState.devicePermission?.({} as DeviceDetails) ?? true;
    case 'prevents': {
      const { event, url, isMainFrame } = request;
      return theWindow().contents.prevents(event, { url, isMainFrame });
    }
    case 'minimizeWindow':
      return theWindow().minimize();
    case 'clickNotification':
      return records.notifications.at(-1)?.click();
    case 'askPermission':
      return permissionAnswers(
        theWindow().window.webContents,
        request.permission as PermissionName,
        request.origin,
        request.isMainFrame,
      );
  }
}

function theWindow(): RigWindow {
  const [only] = windows;
  if (only === undefined) throw new Error('there is no window');
  return only;
}

roleActions.close = () => void theWindow().close();
roleActions.reload = () => theWindow().window.webContents.reload();
roleActions.togglefullscreen = () => {
  const { window } = theWindow();
  window.setFullScreen(!window.isFullScreen());
};

async function state(): Promise<RigState> {
  return {
    ready: lifeCycle.isReady(),
    sandboxed: lifeCycle.sandboxed,
    spellChecker: sessionState.spellChecker,
    endpoint: await debuggingEndpoint(),
    windows: await Promise.all(windows.map(windowState)),
    menu: currentMenu().map(menuState),
    openedLinks: records.openedLinks,
    refusedDownloads: records.refusedDownloads,
    shownItems: records.shownItems,
    clipboard: records.clipboard,
    notifications: records.notifications.map(({ title, body }) => ({ title, body })),
    powerBlockers: [...records.powerBlockers.values()],
    dialogs: records.dialogs.map(({ options }) => options as RigState['dialogs'][number]),
    aboutPanel: { ...records.aboutPanel },
    utilityProcesses: [...records.utilityProcesses].map(({ pid, serviceName }) => ({
      ...(pid === undefined ? {} : { pid }),
      serviceName,
    })),
  };
}

async function windowState(entry: RigWindow): Promise<WindowState> {
  return {
    targetId: await entry.contents.targetId(),
    visible: entry.isVisible(),
    minimized: entry.window.isMinimized(),
    focused: entry.timesFocused(),
    loads: entry.timesLoaded(),
    alwaysOnTop: entry.window.isAlwaysOnTop(),
    fullScreen: entry.window.isFullScreen(),
    bounds: entry.window.getNormalBounds(),
    webPreferences: { ...entry.options.webPreferences },
    url: entry.window.webContents.getURL(),
  };
}

function menuState({ click: _click, submenu, ...rest }: RigMenuItem): MenuState {
  return { ...rest, submenu: submenu.map(menuState) };
}
