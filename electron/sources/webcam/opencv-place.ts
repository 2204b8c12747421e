import { readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

/** An OpenCV addon as `build/opencv/install.mjs` left it, and the Node it runs on. */
export type InstalledOpencv = {
  addonPath: string;
  /** The Node that built it; undefined where this process's own Node fits. */
  nodePath: string | undefined;
};

const recordSchema = z.object({
  package: z.string().regex(/^@?[\w/-]+$/),
  nodePath: z.string(),
  abi: z.string(),
  platform: z.string(),
  arch: z.string(),
});

/** The same folder as in `build/opencv/places.mjs`, which runs without a build and cannot be imported here. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.HOVERDECK_CACHE) return env.HOVERDECK_CACHE;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'hoverdeck');
  if (process.platform === 'win32' && env.LOCALAPPDATA) {
    return join(env.LOCALAPPDATA, 'hoverdeck', 'Cache');
  }
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'hoverdeck');
}

/**
 * Looks for an addon built on this machine: one that fits this Node, else any other with the Node
 * that built it (Electron has an ABI of its own, so there it is always the latter). Loads nothing.
 */
export function findOpencvAddon(env: NodeJS.ProcessEnv = process.env): InstalledOpencv | null {
  const root = join(cacheFolder(env), 'opencv');
  const found = folders(root)
    .map((folder) => readRecord(join(root, folder)))
    .filter((record) => record !== null);
  return found.find((record) => record.nodePath === undefined) ?? found[0] ?? null;
}

function folders(root: string): string[] {
  try {
    return readdirSync(root).filter((name) => name.startsWith('abi') && !name.includes('.'));
  } catch {
    // Nothing was ever installed.
    return [];
  }
}

function readRecord(folder: string): InstalledOpencv | null {
  try {
    const text: unknown = JSON.parse(readFileSync(join(folder, 'built.json'), 'utf8'));
    const record = recordSchema.parse(text);
    if (record.platform !== process.platform || record.arch !== process.arch) return null;
    const addonPath = join(
      folder,
      ...['node_modules', record.package, 'build', 'Release', 'opencv4nodejs.node'],
    );
    statSync(addonPath);
    const fits = record.abi === process.versions.modules && process.versions.electron === undefined;
    if (!fits) statSync(record.nodePath);
    return { addonPath, nodePath: fits ? undefined : record.nodePath };
  } catch {
    // Half-deleted, or of a Node that is gone: as good as not installed.
    return null;
  }
}
