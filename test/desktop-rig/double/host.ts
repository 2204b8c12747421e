import { readFileSync } from 'node:fs';
import type * as Electron from 'electron';
import { type AddressMap, createAddressMap } from '../chromium/address-map.ts';
import { type Browser, startBrowser } from '../chromium/browser.ts';
import { openPage, type PageHooks, type RigPage } from '../chromium/page.ts';
import { type SchemeServer, startSchemeServer } from '../chromium/scheme-server.ts';
import { lifeCycle } from './app.ts';
import { preventable } from './events.ts';
import { applyPermissions } from './permissions.ts';
import { records } from './records.ts';
import { emitSession, sessionState } from './session.ts';

/** What the windows live in: one Chromium, and one loopback server for the app's scheme. */
type Host = { browser: Browser; server: SchemeServer; scheme: string; addresses: AddressMap };

let host: Promise<Host> | null = null;

/** The scheme must be what the rig serves: an ordinary secure origin with `fetch`. */
function onlyScheme(): string {
  const [entry, ...more] = sessionState.schemes;
  if (entry === undefined || more.length > 0) {
    throw new Error('The desktop rig models exactly one privileged scheme.');
  }
  const [scheme, { standard, secure, supportFetchAPI }] = entry;
  if (!(standard && secure && supportFetchAPI)) {
    throw new Error(
      `The desktop rig models a standard, secure scheme with fetch, not '${scheme}'.`,
    );
  }
  return scheme;
}

async function startHost(): Promise<Host> {
  const scheme = onlyScheme();
  const [browser, server] = await Promise.all([
    startBrowser(),
    startSchemeServer(scheme, () => sessionState.handlers.get(scheme) ?? null),
  ]);
  browser.cdp.browser.on('Browser.downloadWillBegin', ({ url }) => {
    const event = preventable({});
    emitSession('will-download', event);
    if (!event.defaultPrevented) throw new Error('The desktop rig does not model downloads.');
    records.refusedDownloads.push(url);
  });
  return { browser, server, scheme, addresses: createAddressMap(scheme, server.port) };
}

function theHost(): Promise<Host> {
  host ??= startHost();
  return host;
}

lifeCycle.cleanUp = async () => {
  const started = await host?.catch(() => null);
  if (!started) return;
  await Promise.all([started.browser.close(), started.server.close()]);
};

/** Where a test connects its Playwright; null while no window was ever opened. */
export async function debuggingEndpoint(): Promise<string | null> {
  return host === null ? null : (await host).browser.endpoint;
}

const scripts = {
  mainWorld: builtScript('main-world.js'),
  isolatedWorld: builtScript('isolated-world.js'),
};

function builtScript(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

export async function openHostPage(preloadFile: string, hooks: PageHooks): Promise<RigPage> {
  const { browser, addresses } = await theHost();
  return openPage(browser.cdp, addresses, { ...scripts, preloadFile }, hooks);
}

/** Tells Chromium what the app's permission handlers say about the page's origin. */
export async function grantPermissions(contents: Electron.WebContents, url: string): Promise<void> {
  const { browser, addresses, scheme } = await theHost();
  if (!url.startsWith(`${scheme}://`)) return;
  const origin = url.split('/', 3).join('/');
  const chromiumOrigin = new URL(addresses.toChromium(`${origin}/`)).origin;
  await applyPermissions(browser.cdp.browser, contents, origin, chromiumOrigin);
}
