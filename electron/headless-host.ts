import { fileURLToPath } from 'node:url';
import { createLog } from './base/log.ts';
import { tell } from './base/output.ts';
import { endInTime, leave } from './base/quitting.ts';
import { createUndoList } from './base/undo-list.ts';
import { picturesFolder, userDataFolder } from './base/user-folders.ts';
import { ownArguments } from './own-arguments.ts';
import { endByHangUp, onEndingSignal } from './processes/ending-signals.ts';
import { surviveRejections } from './processes/last-resort.ts';
import { startNodeChild } from './processes/start-child.ts';
import { runStation, sayStartFailure } from './run-station.ts';
import { decideStart } from './start-decision.ts';
import { DEFAULT_PORT, type Flags } from './start-flags.ts';
import { version } from './version.ts';
import { moveToTrash } from './web/move-to-trash.ts';
import { folderOpener } from './web/show-in-folder.ts';

/** The browser host: the station in plain Node, served to browsers of this machine. */
export async function startBrowserHost(): Promise<void> {
  const start = decideStart(ownArguments(process.argv, true), version);
  if (start.run) await serve(start.flags);
  else process.exitCode = start.exitCode;
}

async function serve(flags: Flags): Promise<void> {
  const log = createLog((line) => tell('stderr', `${line}\n`));
  surviveRejections(log);
  const undo = createUndoList();
  let quitting = false;
  const quit = async (exitCode: number, exit: (code: number) => void) => {
    // Who asks twice does not want to wait.
    if (quitting) return leave(1, exit);
    quitting = true;
    const clean = await endInTime(() => undo.run(), log);
    await leave(clean ? exitCode : 1, exit);
  };
  onEndingSignal((signal) => void quit(0, signal === 'SIGHUP' ? endByHangUp : process.exit));

  const showInFolder = folderOpener();
  try {
    await runStation({
      host: { kind: 'browser', version, platform: process.platform },
      development: process.env.NODE_ENV === 'development',
      startChild: startNodeChild,
      userDataFolder: userDataFolder(),
      picturesFolder: await picturesFolder(log),
      moveToTrash,
      ...(showInFolder === null ? {} : { showInFolder }),
      flags: { ...flags, port: flags.port ?? DEFAULT_PORT },
      rendererFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
      undo,
      log,
    });
  } catch (error) {
    if (quitting) return;
    sayStartFailure(error, log);
    await quit(1, process.exit);
  }
}
