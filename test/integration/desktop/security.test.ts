import './page-types.ts';
import type { Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANNELS } from '../../../electron/desktop/page/channels.ts';
import { LICENCE_URL } from '../../../electron/desktop/security/allowed-links.ts';
import { type FixtureApp, makeFixtureApp } from '../../desktop-rig/fixture-app.ts';
import { type Desktop, launchDesktop } from '../../desktop-rig/launch-desktop.ts';
import { until } from './fixture.ts';

/** Each test here fails when the line of the host that it names is taken out: see docs/security.md. */
describe('the hardened desktop', () => {
  let app: FixtureApp;
  let desktop: Desktop;
  let page: Page;
  const atPage = () => page.evaluate(() => window.location.href);

  beforeAll(async () => {
    app = await makeFixtureApp();
    desktop = await launchDesktop({ mainBundle: app.mainBundle });
    page = await desktop.page();
  });
  afterAll(async () => {
    await desktop.close();
    await app.dispose();
  });

  describe('the page has no power of its own', () => {
    it('runs in a sandbox, isolated, without Node', async () => {
      const { sandboxed, windows } = await desktop.state();
      expect(sandboxed).toBe(true);
      expect(windows[0]?.webPreferences).toMatchObject({
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
      });
      const found = await page.evaluate(() =>
        ['require', 'process', 'module', 'Buffer', 'ipcRenderer'].filter((name) => name in window),
      );
      expect(found).toEqual([]);
    });

    it('gets four named functions and cannot change them', async () => {
      const bridge = await page.evaluate(() => ({
        names: Object.keys(window.hoverdeck).sort(),
        frozen: Object.isFrozen(window.hoverdeck),
        text: JSON.stringify(window.hoverdeck),
      }));
      expect(bridge).toEqual({
        names: ['onCommand', 'onEvent', 'openFrames', 'request'],
        frozen: true,
        text: '{}',
      });
    });
  });

  describe('the content policy', () => {
    it('goes with every answer, refusals included', async () => {
      for (const path of ['/', '/page.js', '/no-such-file.js', '/captures/none/thumbnail.jpg']) {
        const headers = await page.evaluate(async (address) => {
          const response = await fetch(address);
          return Object.fromEntries(response.headers);
        }, path);
        expect(headers['content-security-policy'], path).toContain("default-src 'none'");
        expect(headers['content-security-policy'], path).not.toContain('unsafe');
        expect(headers['x-content-type-options'], path).toBe('nosniff');
      }
    });

    it('runs neither inline scripts nor eval', async () => {
      const ran = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.inlineRan = true';
        document.head.append(script);
        return 'inlineRan' in window;
      });
      expect(ran).toBe(false);
      // Asked of the page's own code: what a test evaluates is not bound by the policy.
      const evaluated = await page.evaluate(
        () =>
          new Promise((resolve) => {
            document.addEventListener('securitypolicyviolation', (event) =>
              resolve(event.blockedURI),
            );
            setTimeout('window.evalRan = true', 0);
            setTimeout(() => resolve('evalRan' in window), 500);
          }),
      );
      expect(evaluated).toBe('eval');
    });

    it('talks to no other address', async () => {
      const outcome = await page.evaluate(() =>
        fetch('https://example.org/').then(
          () => 'answered',
          (error: Error) => error.name,
        ),
      );
      expect(outcome).toBe('TypeError');
    });
  });

  describe('files', () => {
    it.each([
      '/..%2f..%2fpackage.json',
      '/%2e%2e/electron/main.js',
      '/..%5c..%5cpackage.json',
      '/page.js/',
      '/page.js%00.html',
      '/.hidden.js',
    ])('does not serve %s', async (path) => {
      const status = await page.evaluate((address) => fetch(address).then((r) => r.status), path);
      expect(status).toBe(404);
    });

    it('answers reading only', async () => {
      const status = await page.evaluate(() =>
        fetch('/page.js', { method: 'POST' }).then((response) => response.status),
      );
      expect(status).toBe(405);
    });
  });

  describe('navigation', () => {
    it.each(['https://example.org/', 'app://elsewhere/', 'app://hoverdeck/page.js'])(
      'stays where it is when sent to %s',
      async (address) => {
        const before = await atPage();
        // Plain Chromium knows the scheme by another name; main sees the same address either way.
        const { origin } = new URL(before);
        const target = address
          .replace('app://hoverdeck', origin)
          .replace('app://elsewhere', origin.replace('hoverdeck', 'elsewhere'));
        await page.evaluate((url) => {
          window.location.href = url;
        }, target);
        await page.waitForTimeout(300);
        expect(await atPage()).toBe(before);
        expect(await page.evaluate(() => window.seen.events.length)).toBeGreaterThan(0);
      },
    );

    it('opens no window, and only listed addresses outside', async () => {
      await page.evaluate((licence) => {
        window.open('https://example.org/');
        window.open(`${licence}?x`);
        window.open(licence);
      }, LICENCE_URL);
      const { openedLinks, windows } = await until(
        'opened the licence',
        desktop.state,
        ({ openedLinks }) => openedLinks.length > 0,
      );
      expect(openedLinks).toEqual([LICENCE_URL]);
      expect(windows).toHaveLength(1);
    });

    it('loads no frames', async () => {
      const loaded = await page.evaluate(
        () =>
          new Promise((resolve) => {
            const frame = document.createElement('iframe');
            frame.src = '/index.html';
            frame.onload = () => resolve(frame.contentDocument?.title ?? null);
            document.body.append(frame);
          }),
      );
      expect(loaded).not.toBe('Fixture page');
    });

    it.each([
      ['will-frame-navigate', false],
      ['will-redirect', true],
      ['will-attach-webview', false],
    ])('prevents %s', async (event, isMainFrame) => {
      const url = 'app://hoverdeck/';
      expect(await desktop.control({ op: 'prevents', event, url, isMainFrame })).toBe(true);
    });

    it('saves no downloads', async () => {
      await page.evaluate(() => {
        const link = document.createElement('a');
        link.href = URL.createObjectURL(new Blob(['text']));
        link.download = 'file.txt';
        link.click();
      });
      await until(
        'refused the download',
        desktop.state,
        ({ refusedDownloads }) => refusedDownloads.length > 0,
      );
    });
  });

  describe('permissions', () => {
    it.each(['camera', 'microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read'])(
      'are denied: %s',
      async (name) => {
        const state = await page.evaluate(
          async (permission) =>
            (await navigator.permissions.query({ name: permission as PermissionName })).state,
          name,
        );
        expect(state).toBe('denied');
      },
    );

    it('go to the app’s own top frame, for the screen and the clipboard only', async () => {
      const ask = (permission: string, origin: string, isMainFrame: boolean) =>
        desktop.control({ op: 'askPermission', permission, origin, isMainFrame });
      const granted = { check: true, request: true };
      const denied = { check: false, request: false };
      expect(await ask('fullscreen', 'app://hoverdeck', true)).toEqual(granted);
      expect(await ask('clipboard-sanitized-write', 'app://hoverdeck', true)).toEqual(granted);
      expect(await ask('fullscreen', 'app://hoverdeck', false)).toEqual(denied);
      expect(await ask('fullscreen', 'https://example.org', true)).toEqual(denied);
      expect(await ask('media', 'app://hoverdeck', true)).toEqual(denied);
    });

    it('never include a device', async () => {
      expect(await desktop.control({ op: 'askDevice' })).toBe(false);
    });
  });

  it('lets the session reach the app’s own content only', async () => {
    const ask = (url: string) => desktop.control({ op: 'askRequest', url });
    expect(await ask('app://hoverdeck/page.js')).toBe(true);
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1/',
      'ws://127.0.0.1/',
      'file:///etc/passwd',
      'app://elsewhere/',
    ]) {
      expect(await ask(url), url).toBe(false);
    }
    expect((await desktop.state()).spellChecker).toBe(false);
  });

  describe('requests', () => {
    const invokeAs = (url: string, isMainFrame: boolean, values: unknown[]) =>
      desktop.control({ op: 'invokeAs', channel: CHANNELS.request, values, url, isMainFrame });

    it('are answered to the app’s own top frame only', async () => {
      const request = ['status.get', {}];
      expect(await invokeAs('app://hoverdeck/', true, request)).toMatchObject({ ok: true });
      const refused = { ok: false, error: { code: 'not-trusted' } };
      expect(await invokeAs('https://example.org/', true, request)).toMatchObject(refused);
      expect(await invokeAs('app://hoverdeck.example.org/', true, request)).toMatchObject(refused);
      expect(await invokeAs('app://hoverdeck/', false, request)).toMatchObject(refused);
    });

    it.each([[['no.such', {}]], [[7, {}]], [['status.get', { more: 1 }]], [[]]])(
      'that make no sense get a bad-request: %j',
      async (values) => {
        const reply = await invokeAs('app://hoverdeck/', true, values);
        expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
      },
    );
  });
});
