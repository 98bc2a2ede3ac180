/** What a host waits for: the program loads before its first answer only what that answer needs. */

import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { entry, start } from './program.ts';

/** Notes every file that Node loads, one URL a line. */
const hooks = `
  import { appendFileSync } from 'node:fs';
  export async function load(url, context, next) {
    appendFileSync(process.env.LOADED, url + '\\n');
    return next(url, context);
  }`;

/** The chunks that the program has loaded when it answers its first tools/list, and their size in bytes. */
async function loadedAtFirstList(environment: Readonly<Record<string, string>> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'loaded-'));
  const loaded = join(folder, 'loaded.txt');
  const register = join(folder, 'register.mjs');
  await writeFile(join(folder, 'hooks.mjs'), hooks);
  await writeFile(register, `import { register } from 'node:module'; register('./hooks.mjs', import.meta.url);`);
  const program = start([], {
    ...environment,
    LOADED: loaded,
    NODE_OPTIONS: `--import=${pathToFileURL(register).href}`,
  });
  program.write({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'hand', version: '1' } },
  });
  program.write({ jsonrpc: '2.0', method: 'notifications/initialized' });
  program.write({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
  await program.says('stdout', '"id":2');
  const urls = (await readFile(loaded, 'utf8')).split('\n').filter((url) => url.includes('/dist/'));
  program.process.kill();
  await program.exit;
  const sizes = await Promise.all(urls.map(async (url) => (await stat(fileURLToPath(url))).size));
  return { chunks: urls.map(chunkName), bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** Without its hash. */
function chunkName(file: string): string {
  return basename(file, '.js').replace(/-[\w-]{8}$/, '');
}

/** What only a call, or another command, needs. */
const late = ['tools', 'crm', 'writes', 'portal', 'temporal-polyfill', 'command-line', 'http', 'undici'];

describe('Before its first list of tools the program loads', () => {
  it('nothing that only a call or another command needs', async () => {
    const { chunks, bytes } = await loadedAtFirstList();
    expect(chunks).toContain('main');
    expect(chunks.filter((name) => late.includes(name))).toEqual([]);
    expect(bytes).toBeLessThan(600_000);
  });

  it('with a token undici as well, to learn the scopes, and nothing else of that', async () => {
    const portal = start(['portal', '--port', '0', '--seed', 'none']);
    const url = /http:\S+/.exec(await portal.says('stdout', /http:\S+\n/))?.[0] ?? '';
    const { chunks, bytes } = await loadedAtFirstList({ HUBSPOT_ACCESS_TOKEN: 'pat-na1-x', HUBSPOT_BASE_URL: url });
    expect(chunks.filter((name) => late.includes(name))).toEqual(['undici']);
    expect(bytes).toBeLessThan(1_000_000);
    portal.process.kill();
    await portal.exit;
  });

  it('less than there is: what it leaves for later is in chunks of these names', async () => {
    const chunks = (await readdir(join(dirname(entry), 'chunks'))).map(chunkName);
    expect(chunks).toEqual(expect.arrayContaining(late));
  });
});
