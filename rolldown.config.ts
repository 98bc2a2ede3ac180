/** Bundles `dist`: the command line and the library, with what is needed late in chunks of its own. */

import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  platform: 'node',
  // A native module: its binary is found from its own package.
  external: ['libsql'],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    // White space and comments go; names stay, so that a stack on stderr can be read.
    minify: { mangle: false, compress: true, codegen: true },
  },
});
