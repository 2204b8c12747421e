import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import type { Options } from './fixtures.ts';

const reports = fileURLToPath(new URL('../../reports', import.meta.url));

// Where fixtures find the bundles of child processes; workers read this file too.
process.env.HOVERDECK_BUNDLES ??= fileURLToPath(new URL('../../out/electron', import.meta.url));

export default defineConfig<Options>({
  testDir: '.',
  outputDir: '../../test-results',
  // Two cores carry one station, one simulator and one browser at a time.
  workers: 1,
  timeout: 60_000,
  // A shared machine stalls for seconds. What passed only at the second try is named at the end of the run.
  retries: process.env.CI === 'true' ? 1 : 0,
  forbidOnly: process.env.CI === 'true',
  reporter: [['list'], ['json', { outputFile: `${reports}/e2e.json` }]],
  // The suite is written once: what holds in a browser holds in the desktop's window.
  projects: process.env.HOVERDECK_ELECTRON
    ? [
        {
          name: 'electron',
          testIgnore: ['host.spec.ts', 'painter.spec.ts', 'desktop.spec.ts'],
          use: { hostKind: 'electron' },
        },
      ]
    : [
        { name: 'browser', testIgnore: 'desktop.spec.ts', use: { hostKind: 'browser' } },
        {
          name: 'desktop',
          testIgnore: ['host.spec.ts', 'painter.spec.ts', 'outages.spec.ts'],
          grepInvert: /@browser/,
          use: { hostKind: 'desktop' },
        },
        // A path tried on a clean link alone is not tried.
        ...(['browser', 'desktop'] as const).map((hostKind) => ({
          name: `${hostKind} on a bad link`,
          testMatch: ['live.spec.ts', 'capture.spec.ts'],
          // It brings its own faults, and clears them.
          grepInvert: /loss costs pictures/,
          use: { hostKind, link: 'lossy' as const },
        })),
      ],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    launchOptions: {
      executablePath: process.env.HOVERDECK_CHROMIUM ?? '/usr/bin/chromium',
      // Chromium's own sandbox needs a user namespace, which root in a container does not have.
      args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    },
  },
});
