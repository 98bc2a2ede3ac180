/** The built library, as a chatbot backend uses it. */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** A project that has the package installed. */
async function consumer(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'consumer-'));
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/hubspot-crm-mcp'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const program = `
  import { createCrm } from 'hubspot-crm-mcp';
  const crm = await createCrm({ seed: 'none', toolsets: ['crm'], readOnly: false });
  const created = await crm.call('create_records', {
    objectType: 'contacts',
    records: [{ properties: { email: 'ada@example.com', firstname: 'Ada' } }],
  });
  const refused = await crm.call('create_records', { objectTyp: 'contacts' });
  const names = crm.tools.map((tool) => tool.name);
  const openAi = crm.openAiTools();
  const anthropic = crm.anthropicTools();
  await crm.close();
  console.log(JSON.stringify({ created, refused, names, openAi: openAi[0], anthropic: anthropic[0] }));
`;

describe('import { createCrm } from "hubspot-crm-mcp"', () => {
  it('gives the same tools in process, and as definitions for OpenAI and Anthropic', async () => {
    const folder = await consumer({ 'main.js': program });
    const { stdout } = await run(process.execPath, ['main.js'], { cwd: folder });
    const { created, refused, names, openAi, anthropic } = JSON.parse(stdout);
    expect(created).toMatchObject({
      isError: false,
      data: { applied: 1 },
      text: expect.stringContaining('applied: 1'),
    });
    expect(refused).toMatchObject({ isError: true, error: { code: expect.any(String), retryable: false } });
    expect(refused.text).toBe(JSON.stringify(refused.error));
    expect(names).toContain('search_records');
    expect(openAi).toMatchObject({ type: 'function', name: names[0], strict: false, parameters: { type: 'object' } });
    expect(anthropic).toMatchObject({
      name: names[0],
      description: openAi.description,
      input_schema: openAi.parameters,
    });
  });

  it('refuses options that cannot be', async () => {
    const folder = await consumer({
      'main.js': `
        import { createCrm } from 'hubspot-crm-mcp';
        await createCrm({ accessToken: 'pat-na1-x', baseUrl: 'http://api.hubapi.com' }).catch((error) => console.log(error.message));
      `,
    });
    const { stdout } = await run(process.execPath, ['main.js'], { cwd: folder });
    expect(stdout).toContain('the token is sent there');
  });

  it('has types that a strict consumer can check', { timeout: 60_000 }, async () => {
    const emit = ['-p', 'tsconfig.types.json', '--listEmittedFiles'];
    const { stdout } = await run(join(root, 'node_modules/.bin/tsc'), emit, { cwd: root });
    const emitted = [...stdout.matchAll(/dist\/types\/src\/\S+/g)].map(([file]) => file).sort();
    // Of what is inside nothing is told, and no package is needed to understand them.
    expect(emitted).toEqual(['dist/types/src/enrich/values/provider.d.ts', 'dist/types/src/index.d.ts']);
    const types = (name: string) => readFile(join(root, 'dist/types/src', name), 'utf8');
    const imports = (await types('index.d.ts')).match(/\bimport\b.*/g);
    expect(imports).toEqual(["import type { ValueProvider } from './enrich/values/provider.ts';"]);
    expect(await types('enrich/values/provider.d.ts')).not.toMatch(/\bimport\b/);
    const check = async (line: string, module = 'nodenext', moduleResolution = module) => {
      const options = {
        compilerOptions: { module, moduleResolution, target: 'es2023', strict: true, noEmit: true, types: [] },
        files: ['main.ts'],
      };
      const folder = await consumer({
        'main.ts': program.replace('console.log', `${line}\n  export const shown =`),
        'tsconfig.json': JSON.stringify(options),
      });
      return run(join(root, 'node_modules/.bin/tsc'), ['-p', folder]).then(
        () => 'fine',
        (error: { stdout: string }) => error.stdout,
      );
    };
    const right = 'const text: string = created.text;';
    expect(await check(right)).toBe('fine');
    expect(await check(right, 'node16')).toBe('fine');
    expect(await check(right, 'esnext', 'bundler')).toBe('fine');
    expect(await check('const text: number = created.text;')).toContain(
      "Type 'string' is not assignable to type 'number'",
    );
  });
});
