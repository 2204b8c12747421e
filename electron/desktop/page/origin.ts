/** The scheme the page is served on: its own origin, never `file:`, which would own the whole disk. */
export const APP_SCHEME = 'app';
const APP_HOST = 'hoverdeck';
const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;
export const APP_PAGE = `${APP_ORIGIN}/`;

/** Whether an address belongs to the app's own page. Anything that does not parse does not. */
export function isAppUrl(address: string): boolean {
  const url = parseUrl(address);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

/** Whether an address is the one page of the app, whatever its fragment; all else is a resource of it. */
export function isAppPage(address: string): boolean {
  const url = parseUrl(address);
  return url !== null && isAppUrl(address) && (url.pathname === '/' || url.pathname === '');
}

function parseUrl(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
