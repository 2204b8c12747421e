import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import electronUpdater from 'electron-updater';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { createLog } from '../../../../electron/base/log.ts';
import { UpdateRunner } from '../../../../electron/desktop/updates/update-runner.ts';
import type { UpdateState } from '../../../../electron/desktop/updates/update-state.ts';

/**
 * electron-updater's own HTTP client with its one Electron call exchanged: Node's `http` makes the
 * request. Redirects, checksums, files and errors remain its own.
 */
class NodeHttpExecutor extends ElectronHttpExecutor {
  override createRequest(
    options: Parameters<ElectronHttpExecutor['createRequest']>[0],
    callback: (response: unknown) => void,
  ): ReturnType<ElectronHttpExecutor['createRequest']> {
    // Both are an HTTP request with `end`, `abort` and the events that are listened to.
    return request(options, callback) as unknown as ReturnType<
      ElectronHttpExecutor['createRequest']
    >;
  }
}

export type InstalledApp = {
  runner: UpdateRunner;
  /** Every state there was, oldest first. */
  states: UpdateState[];
  /** The AppImage as it lies on the disk now. */
  installed(): string;
  /** What the updater holds back for the installation; empty while nothing is fetched. */
  fetched(): string | null;
  /** A source is open. */
  busy: boolean;
  quits: number;
  dispose(): void;
};

export const OLD_APP = 'the old program';

/** An AppImage of `version` in a folder of its own, updating itself from `feedUrl`. */
export function installApp(version: string, feedUrl: string): InstalledApp {
  const folder = mkdtempSync(join(tmpdir(), 'hoverdeck-updates-'));
  // Without a version in its name, the file keeps its name through updates.
  const appImage = join(folder, 'Hoverdeck.AppImage');
  writeFileSync(appImage, OLD_APP);
  const feedFile = join(folder, 'app-update.yml');
  writeFileSync(feedFile, `provider: generic\nurl: ${feedUrl}\nupdaterCacheDirName: cache\n`);
  const app: InstalledApp = {
    ...{ states: [], busy: false, quits: 0 },
    runner: undefined as unknown as UpdateRunner,
    installed: () => readFileSync(appImage, 'utf8'),
    fetched() {
      const info = join(folder, 'cache', 'pending', 'update-info.json');
      return existsSync(info) ? readFileSync(info, 'utf8') : null;
    },
    dispose() {
      app.runner.dispose();
      if (before === undefined) delete process.env.APPIMAGE;
      else process.env.APPIMAGE = before;
      rmSync(folder, { recursive: true, force: true });
    },
  };
  // Where an AppImage finds itself.
  const before = process.env.APPIMAGE;
  process.env.APPIMAGE = appImage;
  const updater = new electronUpdater.AppImageUpdater(null, {
    ...{ version, name: 'hoverdeck', isPackaged: true, appUpdateConfigPath: feedFile },
    ...{ userDataPath: folder, baseCachePath: folder },
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => app.quits++,
    onQuit: () => undefined,
  });
  Object.assign(updater, { httpExecutor: new NodeHttpExecutor() });
  app.runner = new UpdateRunner({
    updater,
    // `quitAndInstall` without its last step, which asks Electron to end the app.
    install() {
      if (updater.install(true, false)) app.quits++;
    },
    isBusy: () => app.busy,
    now: Date.now,
    log: createLog(() => undefined),
  });
  app.runner.onChange((state) => app.states.push(state));
  return app;
}
