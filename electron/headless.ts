import { fileURLToPath } from 'node:url';
import { isStationError } from './base/failures.ts';
import { createLog } from './base/log.ts';
import { composeStation } from './compose.ts';
import { surviveRejections } from './processes/last-resort.ts';
import { startNodeChild } from './processes/start-child.ts';
import { DEFAULT_PORT, parseFlags, USAGE } from './start-flags.ts';
import { version } from './version.ts';
import { picturesFolder, userDataFolder } from './web/folders.ts';
import { startShareServer } from './web/server.ts';
import { folderOpener } from './web/show-in-folder.ts';

/** Quitting is given this long; whatever still hangs then is the operating system's to clear away. */
const QUIT_DEADLINE_MS = 5_000;

const parsed = parseFlags(process.argv.slice(2));
if (!parsed.ok) {
  process.stderr.write(`${parsed.message}\n\n${USAGE}`);
  process.exit(2);
}
const { flags } = parsed;
if (flags.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (flags.version) {
  process.stdout.write(`Hoverdeck ${version}\n`);
  process.exit(0);
}

const log = createLog((line) => process.stderr.write(`${line}\n`));
surviveRejections(log);
const showInFolder = folderOpener();
const station = await composeStation({
  host: { kind: 'browser', version, platform: process.platform },
  development: process.env.NODE_ENV === 'development',
  startChild: startNodeChild,
  reader: flags.reader ?? undefined,
  userDataFolder: userDataFolder(),
  picturesFolder: picturesFolder(),
  ...(showInFolder === null ? {} : { showInFolder }),
  log,
});

const server = await startShareServer({
  station,
  port: flags.port ?? DEFAULT_PORT,
  rendererFolder: fileURLToPath(new URL('../renderer', import.meta.url)),
  log,
}).catch(async (error: unknown) => {
  await station.dispose();
  if (!isStationError(error)) throw error;
  process.stderr.write(`${error.message} ${error.tip ?? ''}\n`);
  process.exit(1);
});

let quitting = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (quitting) process.exit(1);
    quitting = true;
    setTimeout(() => process.exit(1), QUIT_DEADLINE_MS).unref();
    Promise.all([server.dispose(), station.dispose()]).then(() => process.exit(0));
  });
}

process.stdout.write(`Hoverdeck is listening on ${server.url}\n`);
if (flags.source !== null) await station.request('source.connect', { source: flags.source });
