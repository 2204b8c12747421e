import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'package',
    include: ['build/packaging/check/*.test.ts'],
    // The archive is 60 MB, and the app is started from it.
    testTimeout: 60_000,
  },
});
