import { defineConfig } from 'rolldown';
import { isPackage } from './entries.mjs';

export default defineConfig({
  input: {
    loss: 'test/bench/loss.ts',
    video: 'test/bench/video.ts',
    webcam: 'test/bench/webcam.ts',
  },
  platform: 'node',
  transform: { target: 'node20' },
  external: isPackage,
  output: { dir: 'out/bench', format: 'esm', cleanDir: true },
});
