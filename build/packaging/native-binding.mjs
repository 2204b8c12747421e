import { createHash } from 'node:crypto';
import { access, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run, say } from '../setup/run.mjs';
import { places } from './places.mjs';

/** Name of the npm package with node-av's binary for a target; Windows' Electron is built with MSVC. */
function nativePackage({ platform, arch }) {
  return `@seydx/node-av-${platform}-${arch}${platform === 'win32' ? '-msvc' : ''}`;
}

/**
 * The folder with `node-av.node` for a target: in node_modules for the system npm installed for,
 * otherwise fetched with npm and compared with package-lock.json's checksum.
 * @param {import('./places.mjs').Target} target
 */
async function nativeFolder(target) {
  const name = nativePackage(target);
  const installed = join(root, 'node_modules', name);
  if (await exists(join(installed, 'node-av.node'))) return installed;
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined) throw new Error(`package-lock.json does not know ${name}.`);
  const fetched = join(places.native, `${name.replace('/', '-')}-${locked.version}`);
  if (!(await exists(join(fetched, 'node-av.node')))) await fetchPackage(name, locked, fetched);
  return fetched;
}

/**
 * The same for several processors of one system, as electron-builder's configuration wants it.
 * @returns {Promise<Record<string, string>>} by architecture
 */
export async function nativeFolders(platform, architectures) {
  const entries = architectures.map(async (arch) => [arch, await nativeFolder({ platform, arch })]);
  return Object.fromEntries(await Promise.all(entries));
}

async function fetchPackage(name, locked, folder) {
  say(`fetching ${name} ${locked.version} …`);
  await mkdir(folder, { recursive: true });
  const pack = ['pack', `${name}@${locked.version}`, '--pack-destination', folder, '--silent'];
  if ((await run('npm', pack)) !== 0) throw new Error(`npm could not fetch ${name}.`);
  const archive = `${name.replace('@', '').replace('/', '-')}-${locked.version}.tgz`;
  const bytes = await readFile(join(folder, archive));
  const [algorithm = '', expected] = locked.integrity.split(/-(.*)/s);
  if (createHash(algorithm).update(bytes).digest('base64') !== expected) {
    throw new Error(`${archive} is not the file that package-lock.json names.`);
  }
  const unpack = ['-xzf', archive, '--strip-components=1'];
  if ((await run('tar', unpack, { cwd: folder })) !== 0) {
    throw new Error(`${archive} could not be unpacked.`);
  }
}

function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
