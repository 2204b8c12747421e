// `npm test`: installs what is missing, then lints, type-checks and runs every suite. Each suite leaves
// a report in reports/, from which `.ci/run` counts. `npm test -- unit e2e` runs only those steps.
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBundles } from './setup/bundles.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { reportsFolder } from './setup/reports.mjs';
import { runNode, say } from './setup/run.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

/** The desktop rig's windows are Chromium pages, so more than the end-to-end suite needs it. */
const NEED_CHROMIUM = ['integration', 'packages', 'e2e'];
const TYPED_FOLDERS = ['shared', 'electron', 'renderer', 'renderer/painter', 'test'];

const vitest = (project) =>
  runNode([
    'node_modules/vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${join(reportsFolder, `${project}.json`)}`,
  ]);

const steps = {
  lint: () => runNode(['node_modules/@biomejs/biome/bin/biome', 'ci', '--error-on-warnings']),
  types: checkTypes,
  unused: () => runNode(['node_modules/knip/bin/knip.js', '--no-progress']),
  unit: () => vitest('unit'),
  opencv: installOpencv,
  integration: () => vitest('integration'),
  camera: testCameras,
  packages: () => runNode(['build/packaging/check.mjs']),
  e2e: () =>
    runNode([
      'node_modules/@playwright/test/cli.js',
      'test',
      '--config',
      'test/e2e/playwright.config.ts',
    ]),
};

const isCi = process.env.CI === 'true';
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in steps));
if (unknown.length > 0) {
  say(`there is no step called ${unknown.join(', ')}; there are ${Object.keys(steps).join(', ')}.`);
  process.exit(2);
}

await ensureDependencies();
await ensureBundles();
const missing = await ensureSystemPackages();
await rm(reportsFolder, { recursive: true, force: true });
await mkdir(reportsFolder, { recursive: true });

const failed = [];
for (const [name, step] of Object.entries(steps)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  say(`${name} …`);
  if (NEED_CHROMIUM.includes(name) && missing.length > 0) {
    skip(name);
    continue;
  }
  if ((await step()) !== 0) failed.push(name);
}

if (failed.length > 0) {
  say(`failed: ${failed.join(', ')}`);
  process.exit(1);
}
say('all passed');

async function checkTypes() {
  let worst = 0;
  for (const folder of TYPED_FOLDERS) {
    worst = Math.max(worst, await runNode(['node_modules/typescript/bin/tsc', '-p', folder]));
  }
  return worst;
}

/** Compiled once a machine. Optional, so a machine that cannot is told why, and only CI fails over it. */
async function installOpencv() {
  const code = await runNode(['build/opencv/install.mjs']);
  return isCi ? code : 0;
}

/** Both camera readers, on real V4L2 devices in a virtual machine. */
async function testCameras() {
  const code = await runNode(['test/camera-vm/run.mjs']);
  const report = JSON.parse(await readFile(join(reportsFolder, 'camera.json'), 'utf8'));
  // What was skipped has been said with its reason; CI can install everything, so nothing may be.
  return Math.max(code, isCi && report.numPendingTests > 0 ? 1 : 0);
}

/** A skip is said with its reason and its cure; in CI, where everything can be installed, it is a failure. */
function skip(name) {
  for (const { why, hint } of missing) say(`SKIPPED ${name}: ${why}. Install it with: ${hint}`);
  if (isCi) failed.push(name);
}
