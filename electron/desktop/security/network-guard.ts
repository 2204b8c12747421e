import type { Session } from 'electron';
import { isAppUrl } from '../page/origin.ts';

/** Chromium's own pages for developers; they exist only where `devTools` is on. */
const DEVTOOLS_SCHEME = 'devtools:';

/**
 * The page never talks to a network: pictures come through a port, requests through IPC. The content
 * policy says so too; this also holds for what a content policy does not cover (prefetch, dictionaries).
 */
export function blockNetwork(session: Session): void {
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !isLocal(details.url) });
  });
  session.on('will-download', (event) => event.preventDefault());
  // The spell checker would fetch its dictionaries.
  session.setSpellCheckerEnabled(false);
}

/** Content that comes out of the app itself. */
export function isLocal(address: string): boolean {
  if (isAppUrl(address)) return true;
  // A blob carries its maker's origin in its address.
  if (address.startsWith('blob:')) return isAppUrl(address.slice('blob:'.length));
  return address.startsWith(DEVTOOLS_SCHEME);
}
