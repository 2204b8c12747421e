import { app, type Session } from 'electron';
import { guardNavigation } from './navigation-guards.ts';
import { blockNetwork } from './network-guard.ts';
import { denyPermissions } from './permissions.ts';

/** What must hold before the first page exists. To be called before `ready`. */
export function lockDown(): void {
  app.enableSandbox();
  guardNavigation();
}

/** What must hold for the session the page lives in. To be called before the first load. */
export function lockDownSession(session: Session): void {
  denyPermissions(session);
  blockNetwork(session);
}
