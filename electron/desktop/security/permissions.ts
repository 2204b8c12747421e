import type { Session } from 'electron';
import { isAppUrl } from '../page/origin.ts';

/**
 * All that the page may ever do beyond showing itself: fill the screen, and put text on the
 * clipboard. Devices are opened by the readers, never by the page.
 */
const allowed: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write']);

export type PermissionQuestion = {
  permission: string;
  /** Address or origin of the asking frame. */
  asker: string;
  isMainFrame: boolean;
};

/** Denied unless the app's own top frame asks for one of the few allowed things. */
export function mayUse({ permission, asker, isMainFrame }: PermissionQuestion): boolean {
  return isMainFrame && isAppUrl(asker) && allowed.has(permission);
}

/** Electron grants everything by default; this turns it round, for requests, checks and devices. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const { requestingUrl: asker, isMainFrame } = details;
    decide(mayUse({ permission, asker, isMainFrame }));
  });
  session.setPermissionCheckHandler((_contents, permission, asker, details) =>
    mayUse({ permission, asker, isMainFrame: details.isMainFrame }),
  );
  session.setDevicePermissionHandler(() => false);
}
