// `npm start`: installs what is missing, builds, and starts the app: the Electron window where it can
// open, the same app in a browser where it cannot. Plain Node, because nothing is installed yet.
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { surviveLostOutput } from './setup/pass-through.mjs';
import { startApp } from './setup/start-app.mjs';

surviveLostOutput();
await ensureDependencies();
await ensureBundles();
await startApp(process.argv.slice(2));
