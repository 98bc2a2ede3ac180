/**
 * Bundles `dist`: the command line and the library, with what is needed late in chunks of its own. Hosts start a stdio
 * server anew for every conversation, so what it loads before its first answer is kept small here.
 */

import { resolve } from 'node:path';
import { defineConfig, type Plugin } from 'rolldown';
import { sharedLiteral } from './src/catalogue/shared-literal.ts';
import { toolDescriptions } from './src/catalogue/tool-descriptions.ts';

/** Modules of which the bundle takes less than they hold. */
const replaced: Readonly<Record<string, string>> = {
  /** What the tools' schemas say does not change after the build; two thirds of it stand there several times. */
  [resolve('src/catalogue/tool-descriptions.ts')]: sharedLiteral('toolDescriptions', toolDescriptions),
  /** The SDK would load Ajv to check answers to what a server asks by itself. The one form here is read in mcp-caller.ts. */
  '@modelcontextprotocol/server/_shims': `
    export { default as process } from 'node:process';
    export class DefaultJsonSchemaValidator {}`,
  /** The agent and its requests; the rest of undici, fetch and WebSocket among it, is twice as much. */
  undici: `
    import Agent from 'undici/lib/dispatcher/agent.js';
    import send from 'undici/lib/api/api-request.js';
    export { Agent };
    export function request(url, { dispatcher, ...options }) {
      const { origin, pathname, search } = new URL(url);
      return send.call(dispatcher, { ...options, origin, path: pathname + search });
    }`,
  /** HTTP/2, which the client does not ask for; it alone would load node:http2. */
  [resolve('node_modules/undici/lib/dispatcher/client-h2.js')]: `
    module.exports = () => { throw new Error('This build speaks HTTP/1.1 only.'); };`,
};

/** The SDK makes all schemas of OAuth when it is loaded, for whoever might ask. Here nobody does. */
const oauthSchemas = /@modelcontextprotocol\/core\/dist\/auth-[\w-]+\.mjs$/;

/** What has not been met yet: an update that moves a file must not bring back in silence what was left out. */
const unmet = new Set([...Object.keys(replaced), 'the OAuth schemas']);

const slim: Plugin = {
  name: 'slim',
  resolveId: (id) => (id in replaced ? id : undefined),
  load(id) {
    if (id in replaced) unmet.delete(id);
    return replaced[id];
  },
  buildEnd(error) {
    if (error === undefined && unmet.size > 0) throw new Error(`Nothing was replaced by: ${[...unmet].join(', ')}`);
  },
  transform(code, id) {
    if (!oauthSchemas.test(id)) return undefined;
    unmet.delete('the OAuth schemas');
    const names =
      /export \{([^}]+)\}/
        .exec(code)?.[1]
        ?.split(',')
        .map((each) => each.split(' as ')[1]?.trim()) ?? [];
    return `const nothing = { safeParse: () => ({ success: false }) };
      export { ${names.map((name) => `nothing as ${name}`).join(', ')} };`;
  },
};

export default defineConfig({
  input: {
    main: 'src/main.ts',
    index: 'src/index.ts',
    // Beside the chunk that starts it.
    'chunks/matcher-worker': 'src/enrich/duplicates/threads/worker.ts',
  },
  platform: 'node',
  // A native module: its binary is found from its own package.
  external: ['libsql'],
  plugins: [slim],
  output: {
    dir: 'dist',
    format: 'esm',
    cleanDir: true,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    // Functions and classes keep their names, so that a stack on stderr can be read.
    minify: { compress: true, codegen: true, mangle: { keepNames: { function: true, class: true } } },
  },
});
