import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    watch: false,
    testTimeout: 15_000,
    hookTimeout: 60_000,
  },
});
