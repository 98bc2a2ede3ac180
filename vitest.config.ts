import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** No test is about how fast the machine is, and a busy one is many times slower. */
const patience = { testTimeout: 60_000, hookTimeout: 120_000, setupFiles: ['test/properties.ts'] };
/** They start the built program, so it is built before them, once. */
const onTheBuiltProgram = ['test/built/**/*.test.ts'];

/** `npm run test:long` */
const long = ['test/long/**/*.test.ts'];

export default defineConfig({
  test: {
    watch: false,
    // Many tests wait for processes, sockets and disks more than they work: one worker more than cores leaves none idle.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'source',
          include: ['test/**/*.test.ts'],
          exclude: [...onTheBuiltProgram, ...long],
          // No test changes what belongs to the process, so files share the modules that are loaded once.
          isolate: false,
          pool: 'threads',
          ...patience,
        },
      },
      { test: { name: 'built', include: onTheBuiltProgram, globalSetup: ['test/built/build.ts'], ...patience } },
    ],
  },
});
