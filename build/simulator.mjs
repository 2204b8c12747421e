// `npm run simulator`: the simulated drone alone, for any Tello program.
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { runNode } from './setup/run.mjs';

await ensureDependencies();
await ensureBundles();
process.on('SIGINT', () => undefined);
process.exit(await runNode(['out/electron/simulator.js', ...process.argv.slice(2)]));
