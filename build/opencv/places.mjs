import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** The one version the OpenCV reader is written and tested against. */
export const PACKAGE = '@u4/opencv4nodejs';
export const PACKAGE_VERSION = '7.1.2';
export const APT_PACKAGES = ['libopencv-dev', 'g++', 'make', 'python3'];

/** Where things that take long to make are kept: outside the checkout, so that a fresh clone has them at once. */
export function cacheFolder(env = process.env) {
  if (env.HOVERDECK_CACHE) return env.HOVERDECK_CACHE;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'hoverdeck');
  if (process.platform === 'win32' && env.LOCALAPPDATA) {
    return join(env.LOCALAPPDATA, 'hoverdeck', 'Cache');
  }
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hoverdeck');
}

/** One folder per ABI: the addon is built on NAN, so it fits no other Node than its own. */
export function addonFolder(env = process.env) {
  const abi = `abi${process.versions.modules}`;
  return join(cacheFolder(env), 'opencv', `${abi}-${process.platform}-${process.arch}`);
}

/** Headers and libraries of the system's OpenCV; null where there is none. */
export function findOpencv() {
  for (const prefix of [
    '/usr',
    '/usr/local',
    '/opt/homebrew/opt/opencv',
    '/usr/local/opt/opencv',
  ]) {
    const include = join(prefix, 'include', 'opencv4');
    if (!existsSync(join(include, 'opencv2', 'core', 'version.hpp'))) continue;
    const lib = libraryFolders(prefix).find((folder) =>
      ['so', 'dylib'].some((end) => existsSync(join(folder, `libopencv_core.${end}`))),
    );
    if (lib !== undefined) return { include, lib, bin: join(prefix, 'bin') };
  }
  return null;
}

/** Debian keeps libraries in a folder named after the machine; others in plain `lib`. */
function libraryFolders(prefix) {
  const triplets = {
    x64: 'x86_64-linux-gnu',
    arm64: 'aarch64-linux-gnu',
    arm: 'arm-linux-gnueabihf',
  };
  const triplet = triplets[process.arch];
  return [
    ...(triplet === undefined ? [] : [join(prefix, 'lib', triplet)]),
    join(prefix, 'lib64'),
    join(prefix, 'lib'),
  ];
}

/** Node's own headers where the system has them, so that the build needs no download; null otherwise. */
export function findNodeHeaders() {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, 'include', 'node', 'node.h')) ? prefix : null;
}
