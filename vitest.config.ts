import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.{ts,tsx}'],
          // A bound against hanging, far from what any of them takes on a slow machine.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/build-children.ts'],
          testTimeout: 30_000,
          // A shared machine stalls for seconds; the reporter marks what passed only at the second try.
          retry: process.env.CI === 'true' ? 1 : 0,
          // What is waited for comes, on a busy machine too; a second is no bound against hanging.
          expect: { poll: { timeout: 10_000 } },
          // Each file has real sockets and child processes; forks keep their leaks apart.
          pool: 'forks',
          // They wait for sockets, clocks and children more than they compute: two at a time on two cores.
          maxWorkers: 2,
        },
      },
    ],
  },
});
