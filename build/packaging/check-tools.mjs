import { ensureAptPackages } from '../setup/apt.mjs';

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
  const missing = (await ensureAptPackages(TOOLS)).map((tool) => tool.name).join(' ');
  if (missing === '') return { ok: true, sevenZip: '/usr/bin/7za' };
  return { ok: false, missing, hint: `sudo apt-get install ${missing}` };
}
