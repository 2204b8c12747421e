import type * as Electron from 'electron';
import type { SchemeHandler } from '../chromium/scheme-server.ts';
import { refuseUnknown, strict } from '../strict.ts';
import { lifeCycle } from './app.ts';
import { createEvents, ignore, standIn } from './events.ts';

type Session = Electron.Session;
export type PermissionName = Parameters<
  NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>
>[1];

/** What the app told the session, for the rest of the double to act on. */
export const sessionState = {
  schemes: new Map<string, Electron.Privileges>(),
  handlers: new Map<string, SchemeHandler>(),
  permissionRequest: null as Parameters<Session['setPermissionRequestHandler']>[0],
  permissionCheck: null as Parameters<Session['setPermissionCheckHandler']>[0],
  devicePermission: null as Parameters<Session['setDevicePermissionHandler']>[0],
  beforeRequest: null as BeforeRequest | null,
  spellChecker: true,
  /** Told when a permission handler changes. */
  onPermissionsChanged: ignore,
};

export type DeviceDetails = Electron.DevicePermissionHandlerHandlerDetails;
type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;

const sessionEvents = createEvents<Session>('session', {
  'will-download': (session) => session.on('will-download', ignore),
});
export const emitSession = sessionEvents.emit;

const privileges = ['standard', 'secure', 'supportFetchAPI', 'codeCache', 'stream'];

/** The global `protocol`: the part of it that is wanted before `ready`. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes) {
    if (lifeCycle.isReady()) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    if (sessionState.schemes.size > 0) throw new Error('schemes can be registered only once');
    for (const { scheme, privileges: given = {} } of schemes) {
      refuseUnknown(`privileges of ${scheme}`, given, privileges);
      sessionState.schemes.set(scheme, given);
    }
  },
} satisfies Pick<typeof Electron.protocol, 'registerSchemesAsPrivileged'>);

const sessionProtocol = strict('session.protocol', {
  handle(scheme: string, handler: SchemeHandler) {
    if (sessionState.handlers.has(scheme)) {
      throw new Error(`The scheme '${scheme}' has been registered`);
    }
    sessionState.handlers.set(scheme, handler);
  },
});

const defaultSession = strict('session', {
  ...sessionEvents.methods,
  protocol: sessionProtocol,
  setPermissionRequestHandler(handler: typeof sessionState.permissionRequest) {
    sessionState.permissionRequest = handler;
    sessionState.onPermissionsChanged();
  },
  setPermissionCheckHandler(handler: typeof sessionState.permissionCheck) {
    sessionState.permissionCheck = handler;
    sessionState.onPermissionsChanged();
  },
  setDevicePermissionHandler(handler: typeof sessionState.devicePermission) {
    sessionState.devicePermission = handler;
  },
  setSpellCheckerEnabled(on: boolean) {
    sessionState.spellChecker = on;
  },
  webRequest: strict('session.webRequest', {
    onBeforeRequest(listener: BeforeRequest) {
      sessionState.beforeRequest = listener;
    },
  }),
});

export const session = strict('session', {
  get defaultSession() {
    if (!lifeCycle.isReady()) throw new Error('Session can only be received when app is ready');
    return standIn<Session>(defaultSession);
  },
});

/** Asks the app whether a request may go out; a session without a listener lets everything pass. */
export function mayRequest(url: string): boolean {
  const { beforeRequest } = sessionState;
  if (beforeRequest === null) return true;
  let answer: Electron.CallbackResponse | null = null;
  const details = standIn<Electron.OnBeforeRequestListenerDetails>(
    strict('onBeforeRequest details', { url }),
  );
  beforeRequest(details, (response) => {
    answer = response;
  });
  if (answer === null)
    throw new Error('The desktop rig models synchronous webRequest answers only.');
  return (answer as Electron.CallbackResponse).cancel !== true;
}

/** What both handlers say; without a handler Electron grants. */
export function permissionAnswers(
  contents: Electron.WebContents,
  permission: PermissionName,
  origin: string,
  isMainFrame: boolean,
): { check: boolean; request: boolean } {
  const { permissionCheck, permissionRequest } = sessionState;
  const details = { isMainFrame, requestingUrl: `${origin}/` };
  const check =
    permissionCheck?.(
      contents,
      permission,
      `${origin}/`,
      details as Electron.PermissionCheckHandlerHandlerDetails,
    ) ?? true;
  let request = permissionRequest === null;
  const decide = (granted: boolean) => {
    request = granted;
  };
  permissionRequest?.(contents, permission, decide, details);
  return { check, request };
}

/** Whether a page gets a permission: a check that fails leads to a request, and either may grant. */
export function isGranted(
  contents: Electron.WebContents,
  permission: PermissionName,
  origin: string,
): boolean {
  const { check, request } = permissionAnswers(contents, permission, origin, true);
  return check || request;
}
