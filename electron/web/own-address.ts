/** The server listens on loopback only, and these are loopback's names; a tunnel may bring the last. */
const OWN_HOST_NAMES: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];
/** What an authority is made of; the URL parser would forgive more (paths, users, percent signs, blanks). */
const AUTHORITY = /^[a-z0-9.:[\]-]+$/i;

/** The address people are told, as browsers write it: without the port where it is HTTP's own. */
export function ownUrl(port: number): string {
  return new URL(`http://127.0.0.1:${port}`).origin;
}

/** The WebSocket addresses of this server's page. */
export function ownSocketUrls(port: number): string[] {
  // A content policy has no way to write an IPv6 address; there `'self'` has to do.
  return ['127.0.0.1', 'localhost'].map((name) => `ws://${new URL(`http://${name}:${port}`).host}`);
}

/** Whether a `Host` header names this server, in whatever spelling: case, default port, a dot at the end. */
export function isOwnHost(host: string, port: number): boolean {
  if (!AUTHORITY.test(host)) return false;
  return isOwn(parse(`http://${host}`), port);
}

/** Whether an `Origin` header names a page of this server. */
export function isOwnOrigin(origin: string, port: number): boolean {
  const [scheme, rest] = origin.split('://', 2);
  if (scheme?.toLowerCase() !== 'http' || rest === undefined || !AUTHORITY.test(rest)) return false;
  return isOwn(parse(origin), port);
}

function isOwn(url: URL | null, port: number): boolean {
  if (url === null) return false;
  // The parser leaves the default port out; the dot at the end says "from the root", and changes nothing.
  const urlPort = url.port === '' ? 80 : Number(url.port);
  return urlPort === port && OWN_HOST_NAMES.includes(url.hostname.replace(/\.$/, ''));
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
