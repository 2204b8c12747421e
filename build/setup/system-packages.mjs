import { access } from 'node:fs/promises';
import { run, say } from './run.mjs';

/** What the tests need beyond npm: Debian package, and a file that shows it is there. */
const PACKAGES = [{ name: 'chromium', file: '/usr/bin/chromium', why: 'the end-to-end tests' }];

/**
 * Installs missing system packages through apt where that is possible.
 * @returns {Promise<{ why: string, hint: string }[]>} what is still missing, and how to get it
 */
export async function ensureSystemPackages() {
  const missing = await findMissing();
  if (missing.length === 0) return [];
  const names = missing.map((entry) => entry.name);
  const canInstall = process.platform === 'linux' && process.getuid?.() === 0;
  if (canInstall) {
    say(`installing ${names.join(', ')} …`);
    const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    const quiet = { ...options, stdio: ['ignore', 'ignore', 'inherit'] };
    await run('apt-get', ['update', '-q'], quiet);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], quiet);
  }
  return (await findMissing()).map((entry) => ({
    why: `${entry.why} need ${entry.name}`,
    hint: `sudo apt-get install ${entry.name}`,
  }));
}

async function findMissing() {
  const missing = [];
  for (const entry of PACKAGES) {
    const there = await access(entry.file).then(
      () => true,
      () => false,
    );
    if (!there) missing.push(entry);
  }
  return missing;
}
