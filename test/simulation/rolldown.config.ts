import { defineConfig } from 'rolldown';

/** The simulation is TypeScript and imports the source, which Node 20 cannot run as it is. */
export default defineConfig({
  input: { main: 'test/simulation/main.ts', worker: 'test/simulation/worker.ts' },
  platform: 'node',
  external: [/^[^./]/],
  // What the source loads late, to start fast, is loaded at once here.
  checks: { ineffectiveDynamicImport: false },
  output: { dir: 'test/simulation/dist', format: 'esm' },
});
