import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const outFolder = fileURLToPath(new URL('../../out', import.meta.url));
const pageFolder = fileURLToPath(new URL('fixture-page', import.meta.url));

export type FixtureApp = { mainBundle: string; dispose(): Promise<void> };

/**
 * The built main, preload and children, unmodified, around a page made for tests of the desktop host:
 * it needs no build of the real one and says what it sees. Inside `out/`, so that packages are found.
 */
export async function makeFixtureApp(): Promise<FixtureApp> {
  const folder = await mkdtemp(join(outFolder, 'fixture-app-'));
  // Where the integration tests' set-up put the bundles; the usual place otherwise.
  const bundles = process.env.HOVERDECK_BUNDLES ?? join(outFolder, 'electron');
  await cp(bundles, join(folder, 'electron'), { recursive: true });
  await cp(join(bundles, '../preload'), join(folder, 'preload'), { recursive: true });
  await cp(pageFolder, join(folder, 'renderer'), { recursive: true });
  return {
    mainBundle: join(folder, 'electron', 'main.js'),
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}
