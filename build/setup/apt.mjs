import { access } from 'node:fs/promises';
import { run, say } from './run.mjs';

/**
 * Installs missing Debian packages where that is possible: on Linux, as root.
 * @template {{ name: string, file: string }} P a package, and a file that shows it is there
 * @param {readonly P[]} packages
 * @returns {Promise<P[]>} what is still missing
 */
export async function ensureAptPackages(packages) {
  const missing = await findMissing(packages);
  if (missing.length > 0 && process.platform === 'linux' && process.getuid?.() === 0) {
    const names = missing.map((entry) => entry.name);
    say(`installing ${names.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    await run('apt-get', ['update', '-q'], quiet);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], quiet);
  }
  return findMissing(packages);
}

async function findMissing(packages) {
  const missing = [];
  for (const entry of packages) {
    const there = await access(entry.file).then(
      () => true,
      () => false,
    );
    if (!there) missing.push(entry);
  }
  return missing;
}
