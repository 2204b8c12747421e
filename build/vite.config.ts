import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: folder('../renderer'),
  base: '/',
  plugins: [react(), precompress(folder('../out/renderer'))],
  worker: { format: 'es' },
  build: {
    outDir: folder('../out/renderer'),
    emptyOutDir: true,
    // The browser host also serves tablets: Chromium of Electron's year, and the Safari of its time.
    target: ['chrome123', 'safari17.5', 'firefox128'],
    // The CSP knows no `data:` and no inline script: every asset is a file, and nothing is polyfilled.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: true,
  },
});
