import { ensureAptPackages } from './apt.mjs';

/** What the tests need beyond npm: Debian package, and a file that shows it is there. */
const PACKAGES = [
  { name: 'chromium', file: '/usr/bin/chromium', why: 'the end-to-end tests' },
  { name: 'ffmpeg', file: '/usr/bin/ffmpeg', why: 'the tests of streams' },
  { name: 'curl', file: '/usr/bin/curl', why: 'the tests of streams' },
  {
    name: 'python3-opencv',
    file: '/usr/share/doc/python3-opencv',
    why: 'the tests of streams',
  },
];

/**
 * Installs missing system packages through apt where that is possible.
 * @returns {Promise<{ why: string, hint: string }[]>} what is still missing, and how to get it
 */
export async function ensureSystemPackages() {
  return (await ensureAptPackages(PACKAGES)).map((entry) => ({
    why: `${entry.why} need ${entry.name}`,
    hint: `sudo apt-get install ${entry.name}`,
  }));
}
