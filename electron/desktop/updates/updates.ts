import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { Station } from '../../station/station.ts';
import { log } from '../system/desktop-log.ts';
import { noUpdates, UpdateRunner, type Updates } from './update-runner.ts';
import { type UpdateKind, updateSupport } from './update-support.ts';

/** Not in the way of the first picture. */
const FIRST_CHECK_AFTER_MS = 30_000;
/** An app left open for days hears of an update the same day. */
const CHECK_EVERY_MS = 6 * 60 * 60_000;

/**
 * Looks for updates in the background, where this installation can update itself, and fetches them.
 * Nothing is installed but by `install()`, and that refuses while a source is open.
 */
export async function startUpdates(station: Station): Promise<Updates> {
  const support = updateSupport({
    packaged: app.isPackaged,
    platform: process.platform,
    env: process.env,
    hasFeed: app.isPackaged && existsSync(join(process.resourcesPath, 'app-update.yml')),
  });
  if ('off' in support) return noUpdates({ phase: 'off', reason: support.off });

  const updater = await createUpdater(support.kind);
  let open = false;
  const unsubscribe = station.on('status', ({ state }) => {
    open = state !== 'idle' && state !== 'failed';
  });
  const runner = new UpdateRunner({
    updater,
    install: () => installWith(updater),
    isBusy: () => open,
    now: Date.now,
    log,
  });
  const first = setTimeout(() => void runner.check(), FIRST_CHECK_AFTER_MS);
  const timer = setInterval(() => void runner.check(), CHECK_EVERY_MS);
  return {
    state: () => runner.state(),
    onChange: (callback) => runner.onChange(callback),
    check: () => runner.check(),
    install: () => runner.install(),
    dispose() {
      clearTimeout(first);
      clearInterval(timer);
      unsubscribe();
      runner.dispose();
    },
  };
}

/** Loaded only where it is used: most installations never need it. */
async function createUpdater(kind: UpdateKind): Promise<AppUpdater> {
  // A CommonJS package: its classes are found on the default export alone.
  const { default: electronUpdater } = await import('electron-updater');
  switch (kind) {
    case 'appimage':
      return new electronUpdater.AppImageUpdater();
    case 'nsis':
      return new electronUpdater.NsisUpdater();
    case 'mac':
      return new electronUpdater.MacUpdater();
  }
}

/** The new version starts while this one ends: it must find the single-instance lock free. */
function installWith(updater: AppUpdater): void {
  app.releaseSingleInstanceLock();
  updater.once('error', () => {
    app.requestSingleInstanceLock();
  });
  updater.quitAndInstall();
}
