// `npm run package`: installers for this system into release/. Needs GitHub, where Electron and
// electron-builder's own tools come from. `-- --arch x64,arm64` packs for several architectures,
// `-- --target AppImage,deb` only these kinds.
import { parseArgs } from 'node:util';
import { ensureBundles } from '../setup/bundles.mjs';
import { ensureDependencies } from '../setup/dependencies.mjs';
import { say } from '../setup/run.mjs';
import { places, readPackageFile } from './places.mjs';

const BUILDER_PLATFORM = { linux: 'linux', darwin: 'mac', win32: 'win' };

const { values } = parseArgs({
  options: {
    arch: { type: 'string', default: process.arch },
    target: { type: 'string' },
  },
});
const architectures = values.arch.split(',');
if (architectures.some((arch) => arch !== 'x64' && arch !== 'arm64')) {
  say(`--arch takes x64, arm64 or both, not "${values.arch}".`);
  process.exit(2);
}
if (!(process.platform in BUILDER_PLATFORM)) {
  say(`there are no installers for ${process.platform}.`);
  process.exit(2);
}

await ensureDependencies();
await ensureBundles();
const { stageApp } = await import('./stage.mjs');
await stageApp();
const { build } = await import('electron-builder');
const { builderConfig } = await import('./electron-builder.config.mjs');
const { version, description, devDependencies } = await readPackageFile();
const { nativeFolders } = await import('./native-binding.mjs');
const config = builderConfig({
  version,
  description,
  electronVersion: devDependencies.electron,
  native: await nativeFolders(process.platform, architectures),
});
const wanted = values.target?.split(',') ?? [];
const artifacts = await build({
  [BUILDER_PLATFORM[process.platform]]: wanted,
  ...Object.fromEntries(architectures.map((arch) => [arch, true])),
  config,
  // The release workflow uploads; packaging itself never publishes.
  publish: 'never',
});
say(`${artifacts.length} files are in ${places.release}.`);
