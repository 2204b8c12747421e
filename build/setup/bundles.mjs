import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runNode, say } from './run.mjs';

const SOURCES = ['shared', 'electron', 'renderer', 'build', 'package.json', 'package-lock.json'];
const stampPath = join(root, 'out', '.built-from');

/** Builds main, children, preload and page into out/, unless that was done from exactly these sources. */
export async function ensureBundles() {
  const stamp = await fingerprint();
  if ((await readFile(stampPath, 'utf8').catch(() => '')) === stamp) return;
  say('building …');
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', 'build/vite.config.ts'];
  const rolldown = ['node_modules/rolldown/bin/cli.mjs', '--config', 'build/rolldown.config.ts'];
  for (const args of [
    [...vite, '--logLevel', 'warn'],
    [...rolldown, '--log-level', 'warn'],
  ]) {
    // A test runner that calls this sets NODE_ENV=test, and Vite would build React's development half.
    const env = { ...process.env, NODE_ENV: 'production' };
    // Lists of chunks go to stdout, errors to stderr.
    const code = await runNode(args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    if (code !== 0) {
      say('the build failed; see above.');
      process.exit(1);
    }
  }
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(stampPath, stamp);
}

/** Names, sizes and times of every source file: cheap, and changes when anything does. */
async function fingerprint() {
  const hash = createHash('sha256').update(process.versions.node);
  for (const name of SOURCES) await add(hash, join(root, name));
  return `${hash.digest('hex')}\n`;
}

async function add(hash, path) {
  const info = await stat(path);
  if (info.isDirectory()) {
    for (const name of (await readdir(path)).sort()) await add(hash, join(path, name));
  } else {
    hash.update(`${path} ${info.size} ${info.mtimeMs}\n`);
  }
}
