import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { DESKTOP_ENTRIES } from '../entries.mjs';
import { root } from '../setup/run.mjs';
import { places } from './places.mjs';

/**
 * node-av looks for its binary in several packages and build folders; in the packaged app there is
 * exactly one, and it lies on the disk itself, because an archive cannot be loaded as a library.
 */
const BINDING = `
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
const inside = fileURLToPath(new URL('../../native/node-av.node', import.meta.url));
const path = inside.replace(/app\\.asar([\\\\/])/, 'app.asar.unpacked$1');
export const bindings = createRequire(import.meta.url)(path);
`;

/**
 * Bundles main and its children together with every package they use, so that the packed app has no
 * node_modules at all. One bundle a process: the webcam reader must also run outside the archive.
 * @returns {Promise<{ file: string, modules: { path: string, bytes: number }[] }[]>} what went in
 */
export async function bundleMain() {
  const files = [];
  for (const [name, path] of Object.entries(DESKTOP_ENTRIES)) {
    const bundle = await rolldown({
      input: { [name]: join(root, path) },
      platform: 'node',
      // The webcam reader may run on the Node that built the OpenCV addon, 20 or newer.
      transform: { target: 'node20', define: { 'process.env.NODE_ENV': '"production"' } },
      external: ['electron'],
      // What Node takes of it asks for its own files in a way no bundler can follow.
      resolve: { alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' } },
      treeshake: {
        moduleSideEffects: [{ test: /[\\/]node-av[\\/]dist[\\/]/, sideEffects: false }],
      },
      plugins: [fixedBinding(), absentExtras()],
      onLog(level, log, print) {
        if (log.code !== 'EVAL') print(level, log);
      },
    });
    const { output } = await bundle.write({
      dir: join(places.app, 'out', 'electron'),
      format: 'esm',
      chunkFileNames: `${name}-[name].js`,
    });
    for (const chunk of output) {
      if (chunk.type !== 'chunk') continue;
      const modules = Object.entries(chunk.modules).map(([path, { renderedLength }]) => ({
        path,
        bytes: renderedLength,
      }));
      files.push({ file: `out/electron/${chunk.fileName}`, modules });
    }
    await bundle.close();
  }
  return files;
}

function fixedBinding() {
  return {
    name: 'fixed-binding',
    load: (id) => (/node-av[\\/]dist[\\/]lib[\\/]binding\.js$/.test(id) ? BINDING : null),
  };
}

/** Optional accelerators of `ws` that are not installed: it asks inside a `try` and does without. */
function absentExtras() {
  const extras = ['bufferutil', 'utf-8-validate'];
  return {
    name: 'absent-extras',
    resolveId: (id) => (extras.includes(id) ? { id, external: true } : null),
  };
}
