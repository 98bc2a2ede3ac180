import { defineConfig } from 'vitest/config';

const patience = { testTimeout: 15_000, hookTimeout: 60_000 };
/** They start the built program, so it is built before them, once. */
const onTheBuiltProgram = ['test/built/**/*.test.ts'];

export default defineConfig({
  test: {
    watch: false,
    projects: [
      { test: { name: 'source', include: ['test/**/*.test.ts'], exclude: onTheBuiltProgram, ...patience } },
      { test: { name: 'built', include: onTheBuiltProgram, globalSetup: ['test/built/build.ts'], ...patience } },
    ],
  },
});
