import { defineConfig } from 'rolldown';

/** The benchmark is TypeScript and imports the source, which Node 20 cannot run as it is. */
export default defineConfig({
  input: {
    main: 'bench/main.ts',
    'portal-alone': 'bench/portal-alone/child.ts',
    quota: 'bench/quota/main.ts',
    'quota-portal': 'bench/quota/portal.ts',
    'quota-caller': 'bench/quota/caller.ts',
    import: 'bench/import/main.ts',
    duplicates: 'bench/duplicates/main.ts',
    anomalies: 'bench/anomalies/main.ts',
  },
  platform: 'node',
  external: [/^[^./]/],
  output: { dir: 'bench/dist', format: 'esm' },
});
