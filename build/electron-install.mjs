// `npm run electron:install`: fetches the Electron binary now, even after a failure.
import { ensureDependencies } from './setup/dependencies.mjs';
import { findElectron } from './setup/electron-binary.mjs';
import { say } from './setup/run.mjs';

await ensureDependencies();
const electron = await findElectron({ retry: true });
say(electron.ok ? `Electron is at ${electron.path}.` : `Electron cannot start: ${electron.why}.`);
process.exit(electron.ok ? 0 : 1);
