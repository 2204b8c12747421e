import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { root } from '../setup/run.mjs';

const LICENCE_FILE = /^(licen[cs]e|copying|notice)([.-].*)?$/i;

/** Modules of the page, read from its source maps: the page is bundled by Vite beforehand. */
export async function rendererModules() {
  const folder = join(root, 'out', 'renderer', 'assets');
  const modules = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.map'))) {
    const map = JSON.parse(await readFile(join(folder, name), 'utf8'));
    modules.push(...map.sources.map((source) => resolve(folder, map.sourceRoot ?? '', source)));
  }
  return modules;
}

/** Writes name, version, licence and licence text of every package among the modules. */
export async function writeNotices(modules, file) {
  const folders = new Set(modules.flatMap((path) => packageOf(path)?.folder ?? []));
  // The binary's package has no module in the bundles.
  folders.add(join(root, 'node_modules', 'node-av'));
  const notices = await Promise.all([...folders].map(notice));
  notices.sort((a, b) => a.title.localeCompare(b.title));
  const head =
    'Hoverdeck contains the packages below, each under its own licence. The binary of node-av\n' +
    'contains FFmpeg built under the GNU General Public License, version 3, which is why Hoverdeck\n' +
    'as a whole is distributed under that licence (see LICENSE).\n';
  const body = notices.map(({ title, text }) => `\n${'-'.repeat(72)}\n${title}\n\n${text}\n`);
  await writeFile(file, head + body.join(''));
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const files = (await readdir(folder)).filter((entry) => LICENCE_FILE.test(entry)).sort();
  const texts = await Promise.all(files.map((entry) => readFile(join(folder, entry), 'utf8')));
  const text = texts.map((entry) => entry.trim()).join('\n\n');
  const title = `${name} ${version}, ${license ?? 'see below'}`;
  return { title, text: text || '(The package carries no licence text of its own.)' };
}

/** The npm package a module belongs to; null for our own modules and the bundlers' virtual ones. */
export function packageOf(module) {
  const path = module.replaceAll('\\', '/').replace(/[?\0].*$/, '');
  const found = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path);
  return found === null ? null : { folder: found[1], name: found[2] };
}
