import { afterEach, describe, expect, test } from 'vitest';
import { assertNoLeaks } from '../../../support/leaks.ts';
import { type FeedServer, type Release, startFeedServer } from './feed-server.ts';
import { type InstalledApp, installApp, OLD_APP } from './installed-app.ts';

/** Runs once after the installation, as electron-updater starts what it installed. */
const NEW_APP = Buffer.from(`#!/bin/sh\nexit 0\n${'# the new program\n'.repeat(20_000)}`);

assertNoLeaks();
const undo: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function offer(release: Partial<Release> = {}): Promise<FeedServer> {
  const feed = await startFeedServer({ version: '0.2.0', file: NEW_APP, ...release });
  undo.push(() => feed.close());
  return feed;
}

function install(feedUrl: string, version = '0.1.0'): InstalledApp {
  const app = installApp(version, feedUrl);
  undo.push(() => app.dispose());
  return app;
}

// electron-updater's AppImage code moves files with `mv`, and finds AppImages on Linux only.
describe.runIf(process.platform === 'linux')('an AppImage that looks for updates', () => {
  test('fetches a good one, says so, and installs nothing by itself', async () => {
    const feed = await offer();
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.state()).toEqual({ phase: 'ready', version: '0.2.0' });
    const phases = app.states.map(({ phase }) => phase);
    expect(phases.slice(0, 2)).toEqual(['checking', 'downloading']);
    expect(phases.at(-1)).toBe('ready');
    expect(app.fetched()).toContain('AppImage');
    expect(app.installed()).toBe(OLD_APP);
    expect(app.quits).toBe(0);
  });

  test('installs when asked to, and ends', async () => {
    const feed = await offer();
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.install()).toEqual({ ok: true, value: null });
    expect(app.runner.state()).toEqual({ phase: 'installing', version: '0.2.0' });
    expect(app.installed()).toBe(NEW_APP.toString());
    expect(app.quits).toBe(1);
  });

  test('installs nothing while a source is open, even when asked to', async () => {
    const feed = await offer();
    const app = install(feed.url);
    await app.runner.check();
    app.busy = true;
    expect(app.runner.install()).toMatchObject({ ok: false, error: { code: 'busy' } });
    expect(app.runner.state()).toEqual({ phase: 'ready', version: '0.2.0' });
    expect(app.installed()).toBe(OLD_APP);
    app.busy = false;
    expect(app.runner.install().ok).toBe(true);
  });

  test('throws a tampered one away', async () => {
    const feed = await offer();
    feed.sentInstead = Buffer.from(NEW_APP.toString().replace('exit 0', 'exit 1'));
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.state()).toMatchObject({ phase: 'failed', problem: 'damaged' });
    expect(app.fetched()).toBeNull();
    expect(app.runner.install()).toMatchObject({ ok: false, error: { code: 'not-found' } });
    expect(app.installed()).toBe(OLD_APP);
  });

  test.each([
    ['no checksum at all', null],
    ['the checksum of something else', `${'A'.repeat(86)}==`],
  ])('throws one away for which the feed gives %s', async (_what, sha512) => {
    const feed = await offer({ sha512 });
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.state().phase).toBe('failed');
    expect(app.fetched()).toBeNull();
    expect(app.installed()).toBe(OLD_APP);
  });

  test('throws a truncated one away, and fetches it when it comes whole', async () => {
    const feed = await offer();
    feed.breakAfterBytes = 100_000;
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.state()).toMatchObject({ phase: 'failed', problem: 'damaged' });
    expect(app.fetched()).toBeNull();
    feed.breakAfterBytes = null;
    await app.runner.check();
    expect(app.runner.state()).toEqual({ phase: 'ready', version: '0.2.0' });
  });

  test('throws one away that is shorter than promised', async () => {
    const feed = await offer();
    feed.sentInstead = NEW_APP.subarray(0, 100_000);
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.state()).toMatchObject({ phase: 'failed', problem: 'damaged' });
    expect(app.fetched()).toBeNull();
  });

  test.each(['0.0.9', '0.1.0'])('leaves version %s alone: it is not newer', async (version) => {
    const feed = await offer({ version });
    const app = install(feed.url, '0.1.0');
    await app.runner.check();
    expect(app.runner.state()).toEqual({ phase: 'idle', checkedAtMs: expect.any(Number) });
    expect(feed.requests).toEqual(['/latest-linux.yml']);
  });

  test.each([
    ['an HTML page', '<!doctype html><title>Sign in</title>'],
    ['nothing', ''],
    ['a version that is none', 'version: newest\npath: x.AppImage\nsha512: x\n'],
  ])('is not led astray by a feed that answers with %s', async (_what, text) => {
    const feed = await offer();
    feed.feedText = text;
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.state()).toMatchObject({ phase: 'failed', problem: 'bad-feed' });
  });

  test('says that a server that is gone cannot be reached', async () => {
    const feed = await offer();
    await feed.close();
    const app = install(feed.url);
    await app.runner.check();
    expect(app.runner.state()).toMatchObject({ phase: 'failed', problem: 'unreachable' });
  });

  test('two checks at once ask the server once', async () => {
    const feed = await offer();
    const app = install(feed.url);
    await Promise.all([app.runner.check(), app.runner.check()]);
    expect(app.states.filter(({ phase }) => phase === 'checking')).toHaveLength(1);
    expect(feed.requests.filter((path) => path.endsWith('.yml'))).toHaveLength(1);
    await app.runner.check();
    expect(feed.requests.filter((path) => path.endsWith('.yml'))).toHaveLength(1);
  });

  test('says nothing more once it is disposed', async () => {
    const feed = await offer();
    const app = install(feed.url);
    const checked = app.runner.check();
    app.runner.dispose();
    await checked;
    expect(app.states).toEqual([{ phase: 'checking' }]);
  });
});
