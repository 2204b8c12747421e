import { defineConfig } from 'rolldown';

// Packages stay outside the bundles: node-av brings a binary, and Electron is there at run time.
export const isPackage = (id: string) => id.startsWith('node:') || /^[a-z@][^:]*$/i.test(id);

export default defineConfig([
  {
    input: {
      headless: 'electron/headless.ts',
      main: 'electron/main.ts',
      simulator: 'electron/simulator/main.ts',
      media: 'electron/capture/media-process.ts',
      'webcam-reader': 'electron/webcam/reader-process.ts',
    },
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
