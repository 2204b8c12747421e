import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root, runNode, say } from './run.mjs';

/** The download is 100 MB; where the host cannot be reached, waiting longer changes nothing. */
const DOWNLOAD_DEADLINE_MS = 10 * 60_000;
/** After a failure it is not tried again at every start. */
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60_000;
const failurePath = join(root, 'node_modules', '.cache', 'hoverdeck', 'electron-failed');

/**
 * Sees whether the Electron window can open here, fetching the binary when it is missing.
 * @param {{ args?: readonly string[], retry?: boolean }} [options] the app's flags; `retry` tries even
 *   after a recent failure
 * @returns {Promise<{ ok: true, path: string } | { ok: false, why: string }>}
 */
export async function findElectron({ args = [], ...options } = {}) {
  if (process.platform === 'linux') {
    if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
      return { ok: false, why: 'there is no display' };
    }
    if (process.getuid?.() === 0 && !args.includes('--no-sandbox')) {
      return { ok: false, why: 'Chromium’s sandbox does not work for root' };
    }
  }
  return fetchElectron(options);
}

/** The binary, downloaded when it is missing, whether or not a window can open. As `findElectron`. */
export async function fetchElectron({ retry = false } = {}) {
  const installed = await binary();
  if (installed !== null) return { ok: true, path: installed };
  if (!retry && (await failedRecently())) {
    return {
      ok: false,
      why: 'the Electron binary could not be downloaded (npm run electron:install tries again)',
    };
  }
  say('downloading Electron (about 100 MB) …');
  let complaint = '';
  const code = await runNode(['node_modules/electron/install.js'], {
    timeoutMs: DOWNLOAD_DEADLINE_MS,
    stdio: ['ignore', 'inherit', 'pipe'],
    onStderr: (text) => {
      complaint ||= text.trim().split('\n')[0] ?? '';
    },
  });
  const downloaded = code === 0 ? await binary() : null;
  if (downloaded !== null) return { ok: true, path: downloaded };
  await mkdir(join(failurePath, '..'), { recursive: true });
  await writeFile(failurePath, String(Date.now()));
  return {
    ok: false,
    why: `the Electron binary could not be downloaded (${complaint || 'it took too long'})`,
  };
}

async function binary() {
  const folder = join(root, 'node_modules', 'electron');
  // As the package itself has it: somebody's own build, for instance their distribution's.
  const own = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  try {
    const name = await readFile(join(folder, 'path.txt'), 'utf8').catch((error) => {
      if (own) return 'electron';
      throw error;
    });
    const path = join(own || join(folder, 'dist'), name.trim());
    await access(path);
    return path;
  } catch {
    // Not installed yet: the caller fetches it.
    return null;
  }
}

async function failedRecently() {
  const at = Number(await readFile(failurePath, 'utf8').catch(() => '0'));
  return Date.now() - at < TRY_AGAIN_AFTER_MS;
}
