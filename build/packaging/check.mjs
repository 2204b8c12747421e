// `npm run package:check`: packs the app for this Linux around a placeholder Electron and inspects the
// result. Needs no GitHub; what it cannot show is listed in docs/packaging.md.
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureBundles } from '../setup/bundles.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { reportsFolder } from '../setup/reports.mjs';
import { root, runNode, say } from '../setup/run.mjs';
import { ensureCheckTools } from './check-tools.mjs';
import { places, readPackageFile } from './places.mjs';

/** Quick and a little larger than what is released: the budget is checked against an upper bound. */
const COMPRESSION_LEVEL = '1';

if (process.platform !== 'linux') {
  say('SKIPPED package:check: it packs for Linux with Linux tools. Run it on Linux or in CI.');
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
await ensureDependencies();
await ensureBundles();
const tools = await ensureCheckTools();
if (!tools.ok) {
  say(`SKIPPED package:check: it needs ${tools.missing}. Install it with: ${tools.hint}`);
  process.exit(process.env.CI === 'true' ? 1 : 0);
}
const { build } = await import('electron-builder');
const { writeLinuxPlaceholder, writeMacPlaceholder } = await import('./placeholder-electron.mjs');
await pack();
await mkdir(reportsFolder, { recursive: true });
process.exit(
  await runNode([
    ...[
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'build/packaging/check/vitest.config.ts',
    ],
    ...['--reporter=default', '--reporter=json'],
    `--outputFile.json=${join(reportsFolder, 'package.json')}`,
  ]),
);

async function pack() {
  say('packing …');
  const { stageApp } = await import('./stage.mjs');
  await stageApp();
  await rm(places.checked, { recursive: true, force: true });
  await mkdir(places.checked, { recursive: true });
  process.env.ELECTRON_BUILDER_7ZIP_PATH = tools.sevenZip;
  process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL = COMPRESSION_LEVEL;
  const { version, description, devDependencies } = await readPackageFile();
  const about = { version, description, electronVersion: devDependencies.electron };
  const linux = await packForLinux(about);
  const mac = await packForMac(about);
  const checked = { root, version, platform: 'linux', arch: process.arch, ...linux, mac };
  await writeFile(join(places.work, 'checked.json'), JSON.stringify(checked));
}

async function packForLinux(about) {
  const { nativeFolders } = await import('./native-binding.mjs');
  const config = await checkedConfig({
    ...about,
    native: await nativeFolders('linux', [process.arch]),
    electronDist: await writeLinuxPlaceholder(about.electronVersion, process.arch),
  });
  const installers = [];
  const artifacts = await build({
    linux: ['dir', 'tar.gz', 'deb', 'rpm'],
    [process.arch]: true,
    publish: 'never',
    config,
    // fpm comes from GitHub. Everything it would be told is kept, and it is not run.
    async effectiveOptionComputed([args, desktopFile]) {
      if (!Array.isArray(args)) return false;
      const entry = join(places.checked, `${installers.length}.desktop`);
      await copyFile(desktopFile, entry);
      installers.push({ args, entry });
      return true;
    },
  });
  const archive = artifacts.find((path) => path.endsWith('.tar.gz'));
  return { archive, installers, config };
}

/** The app bundle for macOS, as far as Linux can make it: not signed, no disk image. */
async function packForMac(about) {
  const { dist, native } = await writeMacPlaceholder('arm64');
  const config = await checkedConfig({ ...about, native: { arm64: native }, electronDist: dist });
  await build({ mac: ['dir'], arm64: true, publish: 'never', config });
  return join(places.checked, 'mac-arm64', 'Hoverdeck.app');
}

async function checkedConfig({ electronDist, ...options }) {
  const { builderConfig } = await import('./electron-builder.config.mjs');
  const config = builderConfig(options);
  const directories = { ...config.directories, output: places.checked };
  return { ...config, electronDist, directories };
}
