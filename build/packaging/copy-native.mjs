import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Arch } from 'electron-builder';
import { places } from './places.mjs';

/**
 * electron-builder's hook before each architecture: puts that architecture's node-av binary, and no
 * other, where the bundles look for it.
 * @param {Record<string, string>} folders folder with `node-av.node` by architecture
 */
export async function copyNative(folders, { arch }) {
  const from = folders[Arch[arch]];
  if (from === undefined) throw new Error(`There is no node-av binary for ${Arch[arch]}.`);
  const to = join(places.app, 'native');
  await rm(to, { recursive: true, force: true });
  await mkdir(to, { recursive: true });
  await copyFile(join(from, 'node-av.node'), join(to, 'node-av.node'));
}
