import { defineConfig } from 'rolldown';
import { DESKTOP_ENTRIES, isPackage } from './entries.mjs';

export default defineConfig([
  {
    input: { headless: 'electron/headless.ts', ...DESKTOP_ENTRIES },
    platform: 'node',
    // Node 20 is the oldest that runs this.
    transform: { target: 'node20' },
    external: isPackage,
    output: { dir: 'out/electron', format: 'esm', sourcemap: true, cleanDir: true },
  },
  {
    // A sandboxed preload cannot be an ES module and may require nothing but `electron`.
    input: { preload: 'electron/preload.ts' },
    platform: 'node',
    external: ['electron'],
    output: { dir: 'out/preload', format: 'cjs', entryFileNames: '[name].cjs', cleanDir: true },
  },
]);
