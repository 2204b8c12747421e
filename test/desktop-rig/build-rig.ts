import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'rolldown';

const here = fileURLToPath(new URL('.', import.meta.url));
const outFolder = fileURLToPath(new URL('../../out/desktop-rig', import.meta.url));

const inNode: BuildOptions = {
  input: {
    start: `${here}start.ts`,
    electron: `${here}electron.ts`,
    'parent-port': `${here}parent-port.ts`,
  },
  platform: 'node',
  external: ['ws'],
  output: { format: 'esm' },
};

/** A page's script has to be one file. */
const inPage = (name: string): BuildOptions => ({
  input: { [name]: `${here}page/${name}.ts` },
  platform: 'browser',
  output: { format: 'iife' },
});

/**
 * Bundles the rig (Node 20 runs no TypeScript) and returns the folder it lies in. The folder is named
 * after its content and appears whole, so that test files may build at the same time.
 */
export async function buildRig(): Promise<string> {
  const files = new Map<string, string>();
  for (const options of [inNode, inPage('main-world'), inPage('isolated-world')]) {
    const { output } = await build({ ...options, logLevel: 'warn', write: false });
    for (const file of output) if (file.type === 'chunk') files.set(file.fileName, file.code);
  }
  const hash = createHash('sha256').update(JSON.stringify([...files].sort()));
  const folder = join(outFolder, hash.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await writeWhole(folder, files);
  return folder;
}

async function writeWhole(folder: string, files: ReadonlyMap<string, string>): Promise<void> {
  await mkdir(outFolder, { recursive: true });
  const fresh = await mkdtemp(`${folder}-`);
  for (const [name, code] of files) await writeFile(join(fresh, name), code);
  try {
    await rename(fresh, folder);
  } catch (error) {
    // Another test file was faster, with the same content.
    await rm(fresh, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}
