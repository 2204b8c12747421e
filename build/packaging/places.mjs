import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup/run.mjs';

/** Everything packaging makes before the installers themselves. */
const work = join(root, 'out', 'package');

export const places = {
  work,
  /** What goes into app.asar, file for file. */
  app: join(work, 'app'),
  /** Native binaries of other platforms than this one, fetched for cross-packaging. */
  native: join(work, 'native'),
  /** The placeholder Electron of `package:check`. */
  placeholder: join(work, 'placeholder-electron'),
  /** What `package:check` packs. */
  checked: join(work, 'checked'),
  /** Installers. */
  release: join(root, 'release'),
  packaging: join(root, 'build', 'packaging'),
  icons: join(root, 'build', 'icons'),
};

/** @returns {Promise<any>} our package.json */
export async function readPackageFile() {
  return JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
}

/**
 * The system of one build: Node's `process.platform` and `process.arch` names.
 * @typedef {{ platform: 'linux' | 'darwin' | 'win32', arch: 'x64' | 'arm64' }} Target
 */
