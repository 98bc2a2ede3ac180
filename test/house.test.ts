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
import { allowed, owners } from './rooms.ts';

const root = resolve(import.meta.dirname, '..');
const rooms = ['src', 'tools', 'prompts'];
const files = rooms.flatMap((room) => filesIn(room));

/** Files as pages and comments name them, from the root of the repository. */
const PATHS = /(?<![\w./-])(?:src|tools|prompts|test|bench|docs)\/[\w./-]*\w\.(?:ts|md|json|js|png)\b/g;

function filesIn(folder: string, ending = '.ts'): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
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
function imports(file: string, { types = false } = {}): string[] {
  const text = source(file).replaceAll(/\/\*[\s\S]*?\*\//g, '');
  const statements = text.matchAll(
    /^\s*(?:import|export)\s(type\b)?(?:[^'"`;]*?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  const wantedOnes = [...statements].filter(([, type]) => types || type === undefined);
  return wantedOnes.map(([, , named, dynamic]) => {
    const wanted = named ?? dynamic ?? '';
    if (wanted.startsWith('.')) return relative(root, resolve(root, dirname(file), wanted)).replaceAll('\\', '/');
    return wanted.startsWith('@') ? wanted.split('/').slice(0, 2).join('/') : (wanted.split('/')[0] ?? '');
  });
}

/** `src/crm`, `src/clock.ts`, `tools`. */
function roomOf(file: string): string {
  return file
    .split('/')
    .slice(0, file.startsWith('src/') ? 2 : 1)
    .join('/');
}

/** @param entry a file, a package, or a room with its slash */
function covers(entry: string, wanted: string): boolean {
  return wanted === entry || (/[/:]$/.test(entry) && wanted.startsWith(entry));
}

function fileOf(tool: string): string {
  return tool.replaceAll('_', '-');
}

describe('Imports go one way', () => {
  it.each(Object.entries(allowed))('%s imports only what it may, and all of that', (room, may) => {
    const wanted = files
      .filter((file) => file.startsWith(room))
      .flatMap((file) => imports(file).map((each) => ({ file, each })))
      .filter(({ each }) => !each.startsWith(room));
    expect({
      strays: wanted.filter(({ each }) => !may.some((entry) => covers(entry, each))),
      idle: may.filter((entry) => !wanted.some(({ each }) => covers(entry, each))),
    }).toEqual({ strays: [], idle: [] });
  });

  it('every file is in a room', () => {
    expect(files.filter((file) => !Object.keys(allowed).some((room) => file.startsWith(room)))).toEqual([]);
  });

  it('no two rooms know each other, not even by types', () => {
    const known = new Set(
      files.flatMap((file) => imports(file, { types: true }).map((wanted) => `${roomOf(file)} ${roomOf(wanted)}`)),
    );
    const both = [...known].filter((pair) => {
      const [one, other] = pair.split(' ');
      return one !== other && known.has(`${other} ${one}`);
    });
    expect(both).toEqual([]);
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

describe('What is said of files', () => {
  it('names none that is not there', () => {
    const pages = [...filesIn('docs', '.md'), 'README.md', 'CONTRIBUTING.md'];
    const named = [...pages, ...files].flatMap((file) =>
      [...source(file).matchAll(PATHS)].map(([path]) => ({ file, path })),
    );
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter(({ path }) => !existsSync(join(root, path)))).toEqual([]);
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
