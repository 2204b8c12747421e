import { access } from 'node:fs/promises';
import { run, say } from '../setup/run.mjs';

/** Debian's packages with the tools of `package:check`, and a file that shows each is there. */
const TOOLS = [
  { name: 'p7zip-full', file: '/usr/bin/7za' },
  { name: 'desktop-file-utils', file: '/usr/bin/desktop-file-validate' },
  { name: 'appstream', file: '/usr/bin/appstreamcli' },
];

/**
 * Installs what is missing through apt where that is possible.
 * @returns {Promise<{ ok: true, sevenZip: string } | { ok: false, missing: string, hint: string }>}
 */
export async function ensureCheckTools() {
  const wanted = await missingTools();
  if (wanted.length > 0 && process.getuid?.() === 0) {
    say(`installing ${wanted.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { env, stdio: ['ignore', 'ignore', 'inherit'] };
    await run('apt-get', ['update', '-q'], options);
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...wanted], options);
  }
  const missing = (await missingTools()).join(' ');
  if (missing === '') return { ok: true, sevenZip: '/usr/bin/7za' };
  return { ok: false, missing, hint: `sudo apt-get install ${missing}` };
}

async function missingTools() {
  const missing = [];
  for (const { name, file } of TOOLS) {
    const there = await access(file).then(
      () => true,
      () => false,
    );
    if (!there) missing.push(name);
  }
  return missing;
}
