import { defineConfig } from 'rolldown';
import { isPackage } from './entries.mjs';

export default defineConfig({
  input: {
    flight: 'test/bench/flight.ts',
    keep: 'test/bench/keep.ts',
    loss: 'test/bench/loss.ts',
    healing: 'test/bench/healing-psnr.ts',
    'healing-trial': 'test/bench/healing-trial.ts',
    page: 'test/bench/page.ts',
    share: 'test/bench/share.ts',
    video: 'test/bench/video.ts',
    webcam: 'test/bench/webcam.ts',
  },
  platform: 'node',
  transform: { target: 'node20' },
  external: isPackage,
  output: { dir: 'out/bench', format: 'esm', cleanDir: true },
});
