// `npm run test:desktop`: the end-to-end suite in Electron itself, where its binary can be had and a
// window can open (on Linux under Xvfb: `xvfb-run npm run test:desktop`).
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findElectron } from './setup/electron-binary.mjs';
import { runNode, say } from './setup/run.mjs';

await ensureDependencies();
await ensureBundles();
const electron = await findElectron({ retry: true });
if (!electron.ok) {
  say(
    `SKIPPED the desktop suite in Electron: ${electron.why}. Its bundles run on the rig (npm test).`,
  );
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const suite = ['test', '--config', 'test/e2e/playwright.config.ts'];
const env = { ...process.env, HOVERDECK_ELECTRON: electron.path };
process.exit(await runNode(['node_modules/@playwright/test/cli.js', ...suite], { env }));
