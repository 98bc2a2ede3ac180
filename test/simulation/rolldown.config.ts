import { defineConfig } from 'rolldown';

/** The simulation is TypeScript and imports the source, which Node 20 cannot run as it is. */
export default defineConfig({
  input: { main: 'test/simulation/main.ts', worker: 'test/simulation/worker.ts' },
  platform: 'node',
  external: [/^[^./]/],
  output: { dir: 'test/simulation/dist', format: 'esm' },
});
