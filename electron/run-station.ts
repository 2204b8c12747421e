import { isStationError } from './base/failures.ts';
import type { Log } from './base/log.ts';
import { tell } from './base/output.ts';
import type { UndoList } from './base/undo-list.ts';
import { type ComposeOptions, composeStation } from './compose.ts';
import type { Flags } from './start-flags.ts';
import type { Station } from './station/station.ts';
import { startShareServer } from './web/server.ts';

export type HostParts = Omit<ComposeOptions, 'reader'> & {
  flags: Flags;
  /** The built page. */
  rendererFolder: string;
  /** Everything set up here is undone by it. */
  undo: UndoList;
  /** Wires the station to what the host has beside browsers. */
  connect?: (station: Station) => Promise<void>;
};

/** What both hosts do once they are ready: the station, whom it serves, and the first source. */
export async function runStation(parts: HostParts): Promise<void> {
  const { flags, undo, log } = parts;
  const station = await composeStation({ ...parts, reader: flags.reader ?? undefined });
  undo.add(() => station.dispose());
  await parts.connect?.(station);
  if (flags.port !== null) {
    const server = await startShareServer({
      station,
      port: flags.port,
      rendererFolder: parts.rendererFolder,
      log,
    });
    undo.add(() => server.dispose());
    tell('stdout', `Hoverdeck is listening on ${server.url}\n`);
  }
  if (flags.source !== null) {
    const result = await station.request('source.connect', { source: flags.source });
    if (!result.ok) log.info(`Not connected: ${result.error.message} ${result.error.tip ?? ''}`);
  }
}

/** Says why nothing came of a start: in words where we have them, with a stack where it is a mistake of ours. */
export function sayStartFailure(error: unknown, log: Log): void {
  if (isStationError(error)) {
    tell('stderr', `Hoverdeck could not start: ${error.message} ${error.tip ?? ''}\n`);
  } else {
    log.error('Hoverdeck could not start', error);
  }
}
