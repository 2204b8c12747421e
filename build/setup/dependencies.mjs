import { createHash } from 'node:crypto';
import { lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run, say } from './run.mjs';

const OLDEST_NODE = [20, 19];
const stampPath = join(root, 'node_modules', '.cache', 'hoverdeck', 'dependencies');

/** Installs what package-lock.json says, unless exactly that is there already. Ends the process when it cannot. */
export async function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1])) {
    say(`Node ${OLDEST_NODE.join('.')} or newer is needed; this is ${process.versions.node}.`);
    process.exit(1);
  }
  const stamp = await wanted();
  if ((await readFile(stampPath, 'utf8').catch(() => '')) === stamp) return;
  // npm empties what a link points to, which is somebody else's folder.
  const modules = await lstat(join(root, 'node_modules')).catch(() => null);
  if (modules?.isSymbolicLink()) {
    say('node_modules is a link, and packages are missing: install them where it points to.');
    process.exit(1);
  }
  say('installing packages …');
  // Electron's engines field asks for a newer Node than its types need: harmless, and said by npm.
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code !== 0) {
    say('npm could not install the packages; see its message above.');
    process.exit(1);
  }
  await mkdir(join(stampPath, '..'), { recursive: true });
  await writeFile(stampPath, stamp);
}

async function wanted() {
  const lock = await readFile(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  return `${hash} ${process.platform} ${process.arch}\n`;
}
