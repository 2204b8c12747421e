import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../setup/run.mjs';
import { bundleMain } from './bundle-main.mjs';
import { identity } from './identity.mjs';
import { packageOf, rendererModules, writeNotices } from './notices.mjs';
import { places, readPackageFile } from './places.mjs';

/** Lays out in out/package/app exactly what goes into app.asar. The bundles must be built already. */
export async function stageApp() {
  await rm(places.app, { recursive: true, force: true });
  await mkdir(join(places.app, 'out'), { recursive: true });
  const bundles = await bundleMain();
  const withoutMaps = { recursive: true, filter: (path) => !path.endsWith('.map') };
  for (const part of ['preload', 'renderer']) {
    await cp(join(root, 'out', part), join(places.app, 'out', part), withoutMaps);
  }
  await cp(join(root, 'LICENSE'), join(places.app, 'LICENSE'));
  const pageModules = await rendererModules();
  await writeNotices(
    [...bundles.flatMap(({ modules }) => modules.map(({ path }) => path)), ...pageModules],
    join(places.app, 'THIRD-PARTY-NOTICES.txt'),
  );
  await writeFile(join(places.app, 'package.json'), json(await packedPackageFile()));
  // The webcam reader also runs outside the archive, on another Node, which must know what it reads.
  await writeFile(join(places.app, 'out', 'electron', 'package.json'), json({ type: 'module' }));
  // Who brought how much: for the size table of `package:check`.
  await writeFile(join(places.work, 'bundles.json'), json(sizesByPackage(bundles)));
}

/** Bytes of each package in each bundle; our own modules count as `hoverdeck`. */
function sizesByPackage(bundles) {
  return bundles.map(({ file, modules }) => {
    const bytesByPackage = {};
    for (const { path, bytes } of modules) {
      const owner = packageOf(path)?.name ?? 'hoverdeck';
      bytesByPackage[owner] = (bytesByPackage[owner] ?? 0) + bytes;
    }
    return { file, bytesByPackage };
  });
}

async function packedPackageFile() {
  const { name, productName, version, description, license, type, main } = await readPackageFile();
  return {
    ...{ name, productName, version, description, license, type, main },
    author: { name: identity.maintainer.name, email: identity.maintainer.email },
    homepage: identity.homepage,
    // Links the running window to its desktop entry.
    desktopName: `${identity.appId}.desktop`,
  };
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
