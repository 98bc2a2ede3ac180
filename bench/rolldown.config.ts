import { defineConfig } from 'rolldown';

/** The benchmark is TypeScript and imports the client's source, which Node 20 cannot run as it is. */
export default defineConfig({
  input: 'bench/main.ts',
  platform: 'node',
  external: [/^[^./]/],
  output: { dir: 'bench/dist', format: 'esm' },
});
