import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { FromPage, ToPage, WorldParameters } from '../wire.ts';
import type { AddressMap } from './address-map.ts';
import type { CdpConnection, CdpSession } from './cdp.ts';
import type { Protocol } from './protocol.ts';

export type Navigation = { url: string; isMainFrame: boolean };

/** What a page tells its `WebContents`, in the app's own addresses. */
export type PageHooks = {
  message(message: Exclude<FromPage, { type: 'window-open' }>): void;
  /** Asked for every navigation that the page began by itself. */
  mayNavigate(navigation: Navigation): boolean;
  mayRequest(url: string): boolean;
  windowOpened(url: string): void;
  navigated(url: string): void;
  /** The preload script's world is gone (navigation, crash): with it every port it held. */
  worldGone(): void;
  loaded(): void;
  crashed(): void;
};

export type PageScripts = {
  /** The rig's own two scripts, and the app's preload bundle. */
  mainWorld: string;
  isolatedWorld: string;
  preloadFile: string;
};

export type RigPage = {
  targetId: string;
  load(url: string): Promise<void>;
  reload(): Promise<void>;
  crash(): void;
  tell(message: ToPage): void;
  setColourScheme(scheme: 'dark' | 'light'): Promise<void>;
  setSize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
};

const WORLD = 'rig-preload';
/** Playwright holds a new window for a moment; closing it then would freeze its opener as well. */
const LET_GO_MS = 500;

/** Opens a page in Chromium and puts the preload script into an isolated world of it. */
export async function openPage(
  cdp: CdpConnection,
  addresses: AddressMap,
  scripts: PageScripts,
  hooks: PageHooks,
): Promise<RigPage> {
  const { targetId } = await cdp.browser.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await cdp.browser.send('Target.attachToTarget', {
    targetId,
    flatten: true,
  });
  const session = cdp.session(sessionId);
  const parameters: WorldParameters = {
    secret: secretName(),
    binding: secretName(),
    receiver: secretName(),
  };
  const world = watchWorld(session, targetId, parameters, addresses, hooks);
  const expected = guardRequests(session, targetId, addresses, hooks);
  watchPage(session, targetId, addresses, hooks);
  watchWindows(cdp, session, targetId, addresses, hooks);

  await session.send('Page.enable');
  await session.send('Runtime.enable');
  await session.send('Inspector.enable');
  await session.send('Runtime.addBinding', {
    name: parameters.binding,
    executionContextName: WORLD,
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  await injectScripts(session, scripts, parameters);

  return {
    targetId,
    async load(url) {
      expected.next();
      const answer = await session.send('Page.navigate', { url: addresses.toChromium(url) });
      if (answer.errorText !== undefined) throw new Error(`${answer.errorText} loading '${url}'`);
    },
    async reload() {
      expected.next();
      await session.send('Page.reload');
    },
    // The answer never comes: the one who would give it is gone.
    crash: () => void session.send('Page.crash').catch(() => undefined),
    tell: (message) => world.tell(message),
    async setColourScheme(value) {
      const features = [{ name: 'prefers-color-scheme', value }];
      await session.send('Emulation.setEmulatedMedia', { features });
    },
    async setSize(width, height) {
      const metrics = { width, height, deviceScaleFactor: 0, mobile: false };
      await session.send('Emulation.setDeviceMetricsOverride', metrics);
    },
    async close() {
      await cdp.browser.send('Target.closeTarget', { targetId });
    },
  };
}

/** The preload world of the main frame: it comes and goes with every document. */
function watchWorld(
  session: CdpSession,
  mainFrame: string,
  parameters: WorldParameters,
  addresses: AddressMap,
  hooks: PageHooks,
) {
  let context: number | null = null;
  const gone = () => {
    if (context === null) return;
    context = null;
    hooks.worldGone();
  };
  session.on('Runtime.executionContextCreated', ({ context: created }) => {
    const { frameId } = created.auxData as { frameId?: string };
    if (created.name === WORLD && frameId === mainFrame) context = created.id;
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId === context) gone();
  });
  session.on('Runtime.executionContextsCleared', gone);
  session.on('Inspector.targetCrashed', gone);
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== parameters.binding || executionContextId !== context) return;
    const message = JSON.parse(payload) as FromPage;
    if (message.type === 'window-open') hooks.windowOpened(addresses.toApp(message.url));
    else hooks.message(message);
  });

  return {
    tell(message: ToPage) {
      // Electron drops what is sent to a frame without a document as well.
      if (context === null) return;
      const expression = `${parameters.receiver}(${JSON.stringify(JSON.stringify(message))})`;
      session
        .send('Runtime.evaluate', { expression, contextId: context, silent: true })
        // The document went away under the message.
        .catch(() => undefined);
    },
  };
}

/** Every request of the page passes here: navigations ask `will-navigate`, all ask `webRequest`. */
function guardRequests(
  session: CdpSession,
  mainFrame: string,
  addresses: AddressMap,
  hooks: PageHooks,
) {
  let ours = 0;
  session.on('Fetch.requestPaused', (paused) => {
    const url = addresses.toApp(paused.request.url);
    const isMainFrame = paused.frameId === mainFrame;
    const navigation = paused.resourceType === 'Document';
    const begunByMain = navigation && isMainFrame && ours > 0;
    if (begunByMain) ours -= 1;
    const allowed =
      (!navigation || begunByMain || hooks.mayNavigate({ url, isMainFrame })) &&
      hooks.mayRequest(url);
    void answerRequest(session, paused, allowed);
  });
  return {
    /** The next main-frame navigation is the host's own and asks nobody. */
    next() {
      ours += 1;
    },
  };
}

async function answerRequest(
  session: CdpSession,
  { requestId }: Protocol.Fetch.requestPausedPayload,
  allowed: boolean,
): Promise<void> {
  try {
    if (allowed) await session.send('Fetch.continueRequest', { requestId });
    else await session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
  } catch {
    // The request, its page or the browser ended meanwhile: there is nothing left to answer.
  }
}

function watchPage(
  session: CdpSession,
  mainFrame: string,
  addresses: AddressMap,
  hooks: PageHooks,
): void {
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.id === mainFrame) hooks.navigated(addresses.toApp(frame.url));
  });
  session.on('Page.loadEventFired', () => hooks.loaded());
  session.on('Inspector.targetCrashed', () => hooks.crashed());
}

/** A window that a link opens: reported, and closed once a watching test has let go of it. */
function watchWindows(
  cdp: CdpConnection,
  session: CdpSession,
  targetId: string,
  addresses: AddressMap,
  hooks: PageHooks,
): void {
  session.on('Page.windowOpen', ({ url }) => hooks.windowOpened(addresses.toApp(url)));
  cdp.browser.on('Target.targetCreated', ({ targetInfo }) => {
    if (targetInfo.openerId !== targetId) return;
    setTimeout(() => {
      cdp.browser
        .send('Target.closeTarget', { targetId: targetInfo.targetId })
        .catch(() => undefined);
    }, LET_GO_MS);
  });
  cdp.browser.send('Target.setDiscoverTargets', { discover: true }).catch(() => undefined);
}

async function injectScripts(
  session: CdpSession,
  scripts: PageScripts,
  parameters: WorldParameters,
): Promise<void> {
  const given = `const rigParameters = ${JSON.stringify(parameters)};`;
  const preload = readFileSync(scripts.preloadFile, 'utf8');
  // The main world's end of the bridge has to be there first.
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    source: `(() => { ${given}\n${scripts.mainWorld}\n})();`,
  });
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: WORLD,
    source: `(() => { ${given}
const rigPreload = (require, module, exports) => { ${preload}\n};
${scripts.isolatedWorld}\n})();`,
  });
}

function secretName(): string {
  return `rig${randomBytes(12).toString('hex')}`;
}
