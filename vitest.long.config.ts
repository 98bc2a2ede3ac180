import { defineConfig } from 'vitest/config';

const patience = { testTimeout: 45 * 60_000, hookTimeout: 120_000, setupFiles: ['test/properties.ts'] };

const quota = 'test/long/quota-processes.test.ts';
const simulation = 'test/long/simulation.test.ts';

/** What takes minutes: many seeds, many killed processes, quota under chaos. */
export default defineConfig({
  test: {
    watch: false,
    globalSetup: ['test/built/build.ts'],
    // It says what the tests measured.
    reporters: ['verbose'],
    projects: [
      // It mostly waits, for a rate that needs a machine with little else to do: several runs beside each other, no other file.
      { test: { name: 'quota', include: [quota], sequence: { groupOrder: 0 }, maxConcurrency: 4, ...patience } },
      {
        test: {
          name: 'long',
          include: ['test/long/**/*.test.ts'],
          exclude: [quota, simulation],
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
          ...patience,
        },
      },
      // It takes all cores by itself.
      { test: { name: 'simulation', include: [simulation], sequence: { groupOrder: 2 }, ...patience } },
    ],
  },
});
