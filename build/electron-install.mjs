// `npm run electron:install`: fetches the Electron binary now, even after a failure.
import { ensureDependencies } from './setup/dependencies.mjs';
import { fetchElectron } from './setup/electron-binary.mjs';
import { say } from './setup/run.mjs';

await ensureDependencies();
const electron = await fetchElectron({ retry: true });
say(electron.ok ? `Electron is at ${electron.path}.` : `Electron is not here: ${electron.why}.`);
process.exit(electron.ok ? 0 : 1);
