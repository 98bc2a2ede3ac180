import { defineConfig } from 'vitest/config';

/** What takes minutes: many seeds, many killed processes, quota under chaos. One file after the other, for their figures. */
export default defineConfig({
  test: {
    watch: false,
    include: ['test/long/**/*.test.ts'],
    globalSetup: ['test/built/build.ts'],
    fileParallelism: false,
    testTimeout: 45 * 60_000,
    hookTimeout: 120_000,
  },
});
