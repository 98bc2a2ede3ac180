/** The rules of the house, as far as a test can hold them. Where building shows a better rule, change both together. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { prompts } from '../prompts/index.ts';
import { toolDescriptions } from '../src/catalogue/tool-descriptions.ts';
import { wireTool } from '../src/mcp/server.ts';
import { resources } from '../src/resources/index.ts';
import { tools } from '../tools/index.ts';

const root = resolve(import.meta.dirname, '..');
const rooms = ['src', 'tools', 'prompts'];
const files = rooms.flatMap((room) => filesIn(room));

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file).replaceAll('\\', '/'))
    .sort();
}

/** Without comments and the contents of strings, so that only code is looked at. */
function code(file: string): string {
  return source(file)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|[^:])\/\/.*$/gm, '$1')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, "''");
}

function source(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** What a file imports when it runs: paths in the repository, and names of packages. Types cost nothing and are free. */
function imports(file: string): string[] {
  const text = source(file).replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const statements = text.matchAll(
    /^\s*(?:import|export)\s(?!type\b)(?:[^'"`;]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, named, dynamic]) => {
    const wanted = named ?? dynamic ?? '';
    if (wanted.startsWith('.')) return relative(root, resolve(root, dirname(file), wanted)).replaceAll('\\', '/');
    return wanted.startsWith('@') ? wanted.split('/').slice(0, 2).join('/') : (wanted.split('/')[0] ?? '');
  });
}

function fileOf(tool: string): string {
  return tool.replaceAll('_', '-');
}

describe('Imports go one way', () => {
  /** What each room may import when it runs, beside itself. A path that ends in a slash is a room. */
  const allowed: Readonly<Record<string, readonly string[]>> = {
    'tools/': ['src/tool.ts', 'src/crm/', 'src/enrich/', 'src/jobs/', 'src/quality/', 'src/writes/', 'zod'],
    'src/enrich/': [
      'src/clock.ts',
      'src/lazy.ts',
      'prompts/',
      'any-ascii',
      'disposable-email-domains',
      'double-metaphone',
      'email-providers',
      'fastest-levenshtein',
      'libphonenumber-js',
      'openai',
      're2js',
      'tldts',
      'temporal-polyfill',
      'zod',
      'node:crypto',
      'node:os',
      'node:worker_threads',
    ],
    'src/snapshot/': [
      'src/clock.ts',
      'src/crm/',
      'src/enrich/',
      'src/folder.ts',
      'src/hubspot/',
      'src/sqlite.ts',
      'node:fs',
      'node:path',
    ],
    'src/quality/': [
      'src/approval/approval.ts',
      'src/clock.ts',
      'src/lazy.ts',
      'src/crm/',
      'src/enrich/',
      'src/hubspot/',
      'src/snapshot/',
      'src/text/',
      'src/writes/',
      'zod',
      'node:crypto',
      'node:fs',
    ],
    'src/report/': ['src/enrich/', 'src/quality/', 'src/text/', 'zod', 'node:crypto'],
    'prompts/': [],
    'src/crm/': ['src/clock.ts', 'src/hubspot/', 'src/text/', 'zod', 'fastest-levenshtein', 'temporal-polyfill'],
    'src/writes/': [
      'src/approval/approval.ts',
      'src/call-error.ts',
      'src/clock.ts',
      'src/crm/',
      'src/enrich/merge/',
      'src/hubspot/',
      'src/journal/',
      'src/policy/',
      'zod',
      'node:crypto',
    ],
    'src/journal/': ['src/clock.ts', 'src/folder.ts', 'src/sqlite.ts', 'node:crypto', 'node:fs', 'node:path'],
    'src/policy/': [
      'src/crm/standard-types.ts',
      'src/crm/user-error.ts',
      'src/crm/words.ts',
      'src/hubspot/errors.ts',
      're2js',
      'zod',
    ],
    'src/jobs/': [
      'src/call-error.ts',
      'src/clock.ts',
      'src/crm/',
      'src/hubspot/',
      'src/journal/',
      'src/writes/',
      'zod',
      'node:crypto',
    ],
    'src/transfer/': [
      'src/clock.ts',
      'src/option.ts',
      'src/crm/',
      'src/hubspot/',
      'src/jobs/',
      'src/writes/',
      'zod',
      'csv-parse',
      'csv-stringify',
      'node:fs',
      'node:readline',
    ],
    'src/observe/': [
      'src/author.ts',
      'src/clock.ts',
      'src/fetch.ts',
      'node:crypto',
      'node:fs',
      'node:readline',
      'prom-client',
    ],
    'src/hubspot/': ['src/clock.ts', 'bottleneck', 'ioredis', 'undici', 'node:crypto', 'node:events'],
    'src/portal/': [
      'src/clock.ts',
      'src/sqlite.ts',
      'node:http',
      'node:net',
      'node:crypto',
      'csv-parse',
      'csv-stringify',
      'fflate',
      're2js',
      'read-excel-file',
      'temporal-polyfill',
      'write-excel-file',
    ],
    'src/text/': ['htmlparser2'],
    'src/resources/': [],
    'src/mcp/': [
      'prompts/',
      'src/author.ts',
      'src/call-error.ts',
      'src/calls/',
      'src/clock.ts',
      'src/crm/user-error.ts',
      'src/resources/',
      'src/text/',
      'src/version.ts',
      'zod',
      '@modelcontextprotocol/node',
      '@modelcontextprotocol/server',
      'node:',
    ],
    'src/calls/': [
      'src/approval/',
      'src/author.ts',
      'src/call-error.ts',
      'src/catalogue/',
      'src/clock.ts',
      'src/crm/',
      'src/hubspot/',
      'src/jobs/',
      'src/journal/',
      'src/lazy.ts',
      'src/log.ts',
      'src/policy/',
      'src/quality/',
      'src/text/',
      'src/transfer/',
      'src/writes/',
      'zod',
      'node:crypto',
    ],
    'src/approval/': ['src/author.ts', 'src/call-error.ts', 'src/clock.ts', 'src/crm/user-error.ts', 'node:crypto'],
    'src/catalogue/': ['tools/', 'src/crm/user-error.ts', 'src/crm/words.ts', 'src/lazy.ts', 'src/policy/', 'zod'],
    'src/account/': [
      'src/catalogue/',
      'src/clock.ts',
      'src/config/config.ts',
      'src/crm/user-error.ts',
      'src/folder.ts',
      'src/hubspot/',
      'src/journal/',
      'src/lazy.ts',
      'src/log.ts',
      'src/observe/',
      'src/option.ts',
      'src/policy/',
      'src/portal/',
      'src/snapshot/',
      'src/version.ts',
      'node:',
    ],
    'src/sqlite.ts': ['libsql', 'node:'],
    'src/clock.ts': ['node:crypto'],
    'src/tool.ts': [],
    'src/approval/approval.ts': [],
    'src/prompt.ts': [],
    'src/resource.ts': [],
    'src/command.ts': [],
    'src/option.ts': ['zod'],
    'src/config/': ['src/option.ts', 'zod'],
  };
  /** Packages that one place alone may know. */
  const owners: Readonly<Record<string, RegExp>> = {
    '@modelcontextprotocol/server': /^src\/mcp\//,
    '@modelcontextprotocol/node': /^src\/mcp\/http\.ts$/,
    commander: /^src\/command-line\.ts$/,
    libsql: /^src\/sqlite\.ts$/,
    undici: /^src\/hubspot\/transport\.ts$/,
    bottleneck: /^src\/hubspot\/quota\.ts$/,
    openai: /^src\/enrich\//,
    ioredis: /^src\/hubspot\/redis\//,
    'env-paths': /^src\/folder\.ts$/,
    'prom-client': /^src\/observe\//,
    htmlparser2: /^src\/text\//,
  };

  it.each(Object.entries(allowed))('%s imports only what it may', (room, may) => {
    const strays = files
      .filter((file) => file.startsWith(room))
      .flatMap((file) =>
        imports(file)
          .filter(
            (wanted) =>
              !wanted.startsWith(room) &&
              !may.some((each) => wanted === each || (/[/:]$/.test(each) && wanted.startsWith(each))),
          )
          .map((wanted) => `${file} -> ${wanted}`),
      );
    expect(strays).toEqual([]);
  });

  it('each package with an owner is imported by its owner alone', () => {
    const strays = files.flatMap((file) =>
      imports(file)
        .filter((wanted) => owners[wanted] !== undefined && !owners[wanted].test(file))
        .map((wanted) => `${file} -> ${wanted}`),
    );
    expect(strays).toEqual([]);
  });

  it('nothing imports the command line', () => {
    expect(files.filter((file) => imports(file).includes('src/main.ts'))).toEqual([]);
  });

  it('the portal and the client do not even share types, save the seam', () => {
    const shared = files
      .filter((file) => /^src\/(portal|hubspot)\//.test(file))
      .filter((file) =>
        new RegExp(`from '[./]*/${file.startsWith('src/portal/') ? 'hubspot' : 'portal'}/`).test(source(file)),
      );
    expect(shared).toEqual([]);
  });
});

describe('Time, chance and the environment have one source each', () => {
  it('only clock.ts knows the time, sets timers and throws dice', () => {
    const wild =
      /\bDate\.now\(|\bnew Date\(\)|\bset(Timeout|Interval|Immediate)\(|\bMath\.random\(|\bperformance\.now\(|\brandomUUID\(|\brandomBytes\(|\bAbortSignal\.timeout\(/;
    expect(files.filter((file) => file !== 'src/clock.ts' && wild.test(code(file)))).toEqual([]);
  });

  it('only main.ts reads the environment', () => {
    expect(files.filter((file) => file !== 'src/main.ts' && /\bprocess\.env\b/.test(code(file)))).toEqual([]);
  });

  it('nothing writes to the console, which is the protocol on stdio', () => {
    expect(files.filter((file) => /\bconsole\.|\bprocess\.stdout\b/.test(code(file)))).toEqual(
      ['src/main.ts'].filter((file) => /\bprocess\.stdout\b/.test(code(file))),
    );
  });
});

describe('Names', () => {
  it('files are in kebab-case, and none is a box for everything', () => {
    const names = [...files, ...filesIn('test')].map((file) => basename(file).replace(/(\.(test|d|config))?\.ts$/, ''));
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
    expect(names.filter((name) => /^(utils?|helpers?|common|misc|shared)$/.test(name))).toEqual([]);
  });

  it('types carry no prefix and no empty word', () => {
    const types = files.flatMap((file) =>
      [...code(file).matchAll(/\b(?:interface|class|type) ([A-Z]\w*)/g)].map(([, name]) => name ?? ''),
    );
    expect(types.filter((name) => /^I[A-Z][a-z]|(Impl|Manager|Helper|Util)s?$/.test(name))).toEqual([]);
  });

  it('no rule is switched off without its name', () => {
    const silenced = /@ts-(ignore|nocheck)|(eslint|oxlint)-disable(?!-next-line [\w-]+)/;
    expect(
      [...files, ...filesIn('test')].filter((file) => file !== 'test/house.test.ts' && silenced.test(source(file))),
    ).toEqual([]);
  });
});

describe('Each tool', () => {
  const toolFiles = filesIn('tools').filter((file) => file !== 'tools/index.ts');

  it('is one file of its name, and each file is one listed tool', () => {
    expect(tools.map(({ name }) => `tools/${fileOf(name)}.ts`).sort()).toEqual(toolFiles);
  });

  it.each(tools.map(({ name }) => name))('%s has a test of its name', (name) => {
    expect(existsSync(join(root, `test/tools/${fileOf(name)}.test.ts`))).toBe(true);
  });

  it.each(tools.map((tool) => [tool.name, tool] as const))(
    '%s says in its first line what it does, and little more',
    (name, { description }) => {
      const [first = ''] = description.split('\n');
      expect(name).toMatch(/^[a-z]+(_[a-z]+)+$/);
      expect(first.length).toBeGreaterThan(10);
      expect(first.length).toBeLessThanOrEqual(100);
      expect(description.length).toBeLessThanOrEqual(1_000);
      expect(description).toBe(description.trim());
    },
  );

  it.each(toolDescriptions.map((description) => [description.name, description] as const))(
    '%s takes and gives objects that every client understands',
    (_name, { inputSchema, outputSchema }) => {
      for (const schema of [inputSchema, outputSchema]) {
        expect(schema.type).toBe('object');
        expect(Object.keys(schema).filter((key) => ['$schema', 'anyOf', 'oneOf', 'allOf'].includes(key))).toEqual([]);
      }
      expect(inputSchema['additionalProperties']).toBe(false);
    },
  );

  it.each(toolDescriptions.map((description) => [description.name, description] as const))(
    '%s is sent as reviewed in test/wire',
    async (name, entry) => {
      await expect(`${JSON.stringify(wireTool(entry), null, 2)}\n`).toMatchFileSnapshot(`wire/${name}.json`);
    },
  );

  it('of test/wire still exists', () => {
    const wire = existsSync(join(root, 'test/wire')) ? readdirSync(join(root, 'test/wire')) : [];
    expect(wire.filter((file) => !tools.some(({ name }) => file === `${name}.json`))).toEqual([]);
  });
});

describe('What a model reads', () => {
  it('the default toolset costs at most 4,500 tokens', () => {
    const seen = toolDescriptions
      .filter(({ toolset, byDefault }) => toolset === 'crm' || byDefault)
      .map(({ name, description, inputSchema }) => ({ name, description, inputSchema }));
    expect(encode(JSON.stringify(seen)).length).toBeLessThanOrEqual(4_500);
  });

  it('prompts and resources have a title and one line that says what they are', () => {
    for (const { name, title, description } of [...prompts, ...resources]) {
      expect(name).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(title.length).toBeGreaterThan(3);
      expect(description.length).toBeGreaterThan(10);
      expect(description).not.toContain('\n');
    }
  });
});
