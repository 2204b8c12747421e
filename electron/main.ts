import { join } from 'node:path';
import { app, session, shell } from 'electron';
import { createUndoList } from './base/undo-list.ts';
import { registerAppScheme, serveApp } from './desktop/page/app-protocol.ts';
import { connectPage } from './desktop/page/ipc.ts';
import { recoverRenderer } from './desktop/page/renderer-recovery.ts';
import { lockDown, lockDownSession } from './desktop/security/lock-down.ts';
import { describeApp } from './desktop/system/about.ts';
import { log } from './desktop/system/desktop-log.ts';
import { describeForReport } from './desktop/system/diagnostics.ts';
import { keepDisplayAwake } from './desktop/system/display-sleep.ts';
import { notifyInBackground } from './desktop/system/notifications.ts';
import { builtPaths, nameApp } from './desktop/system/paths.ts';
import { disposeOnQuit } from './desktop/system/quit.ts';
import { askBeforeQuitting } from './desktop/system/quit-while-flying.ts';
import { claimSingleInstance, onSecondStart } from './desktop/system/single-instance.ts';
import { startUtilityChild } from './desktop/system/utility-child.ts';
import { createUpdateDialog } from './desktop/updates/update-dialog.ts';
import { startUpdates } from './desktop/updates/updates.ts';
import { announceWindow } from './desktop/window/announce-window.ts';
import { createMainWindow, type MainWindow } from './desktop/window/main-window.ts';
import { installMenu } from './desktop/window/menu.ts';
import { followTheme } from './desktop/window/theme.ts';
import { ownArguments } from './own-arguments.ts';
import { surviveLostOutput, surviveRejections } from './processes/last-resort.ts';
import { runStation, sayStartFailure } from './run-station.ts';
import { decideStart } from './start-decision.ts';
import type { Flags } from './start-flags.ts';
import type { Station } from './station/station.ts';
import { version } from './version.ts';

const development = !app.isPackaged;
// What has been set up, to be undone on the way out.
const undo = createUndoList();

surviveLostOutput();
const start = decideStart(ownArguments(process.argv, process.defaultApp ?? false), version);
if (start.run) prepare(start.flags);
else app.exit(start.exitCode);

/** Everything Electron wants to know before it is ready. */
function prepare(flags: Flags): void {
  surviveRejections(log);
  nameApp();
  const window = createMainWindow({
    preload: builtPaths.preload,
    placementFile: join(app.getPath('userData'), 'window.json'),
    development,
  });
  announceWindow(window);
  if (!claimSingleInstance()) {
    app.quit();
    return;
  }
  registerAppScheme();
  lockDown();
  disposeOnQuit(() => undo.run());
  app.on('window-all-closed', () => app.quit());
  // No top-level await: Electron is not ready before this module has ended.
  const running = app.whenReady().then(() => run(flags, window));
  const showWindow = () => {
    if (!flags.headless) window.show();
  };
  onSecondStart(() => void running.then(showWindow, () => undefined));
  running.then(showWindow).catch((error: unknown) => {
    sayStartFailure(error, log);
    process.exitCode = 1;
    app.quit();
  });
}

function run(flags: Flags, window: MainWindow): Promise<void> {
  return runStation({
    host: { kind: 'desktop', version, platform: process.platform },
    development,
    startChild: startUtilityChild,
    userDataFolder: app.getPath('userData'),
    picturesFolder: app.getPath('pictures'),
    showInFolder: (path) => shell.showItemInFolder(path),
    moveToTrash: async (path) => {
      await shell.trashItem(path);
      return null;
    },
    flags,
    rendererFolder: builtPaths.renderer,
    connect: (station) => connectDesktop(station, window),
    undo,
    log,
  });
}

/** Wires the station to the page, the menu and the system. */
async function connectDesktop(station: Station, window: MainWindow): Promise<void> {
  lockDownSession(session.defaultSession);
  serveApp({
    session: session.defaultSession,
    rendererFolder: builtPaths.renderer,
    thumbnail: (id) => station.thumbnail(id),
    picture: (id) => station.picture(id),
    items: station,
  });
  undo.add(connectPage(station, window));
  undo.add(askBeforeQuitting(station, window));
  undo.add(keepDisplayAwake(station));
  undo.add(notifyInBackground(station, window));
  undo.add(await followTheme(station));
  window.onOpen(recoverRenderer);
  describeApp(version);
  const updates = await startUpdates(station);
  undo.add(() => updates.dispose());
  const versions = { app: version, ...process.versions };
  const menu = await installMenu(station, {
    window,
    development,
    diagnostics: () => describeForReport(station, versions),
    checkForUpdates: createUpdateDialog(updates),
  });
  undo.add(menu);
}
