import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contactLines } from '../../../bench/duplicates/contacts.ts';
import { CommandFailure } from '../../../src/command.ts';
import { duplicates } from '../../../src/commands/duplicates.ts';
import { UsageError } from '../../../src/option.ts';
import { run } from '../terminal.ts';

function open() {
  const folder = mkdtempSync(join(tmpdir(), 'duplicates-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (name: string) => join(folder, name);
  return {
    at,
    file: (name: string, content: string | Buffer) => {
      writeFileSync(at(name), content);
      return at(name);
    },
    read: (name: string) => readFileSync(at(name), 'utf8'),
    find: (file: string, flags: Readonly<Record<string, unknown>> = {}) =>
      run(duplicates, { file, threads: '0', ...flags }),
  };
}

/** Enough others for the two to stand out. */
const others = Array.from({ length: 60 }, (_, n) => {
  const word = (k: number) =>
    `${'bcdfghklmnprstvz'[(n * 7 + k) % 16]}${'aeiou'[(n + k) % 5]}${'lmnrst'[(n * 3 + k) % 6]}o${n % 10}`;
  return [
    `${900 + n}`,
    word(1),
    word(5),
    `${word(1)}@${word(9)}.example`,
    `+1 212 55${10 + n} 01${10 + n}`,
    `${word(9)} Works`,
  ];
});
const ann = ['1', 'Elizabeth', 'Thornberry', 'e.thornberry@acme.example', '+1 503 555 0142', 'Acme Ltd'];
const liz = ['2', 'Liz', 'Thornberry', 'liz.thornberry@acme.example', '(503) 555-0142', 'ACME Limited'];
const header = ['hs_object_id', 'firstname', 'lastname', 'email', 'phone', 'company'];
const csvOf = (rows: readonly (readonly string[])[], delimiter = ',', lineEnd = '\n') =>
  rows.map((cells) => cells.join(delimiter)).join(lineEnd) + lineEnd;
const people = [header, ann, ...others, liz];

/** Without time and memory, which are never the same twice. */
const lasting = (text: string) => text.split('\n').filter((line) => !line.startsWith('"measures"'));

describe('duplicates FILE.csv', () => {
  it('tells who is there twice, with the evidence in words and bits', async () => {
    const { file, find } = open();
    const { stdout, stderr, error } = await find(file('people.csv', csvOf(people)));
    expect(error).toBeUndefined();
    expect(stdout).toContain('62 rows as contacts');
    expect(stdout).toMatch(
      /1\. (certain|likely), [^\n]*: 2 rows\n {3}row 2 \(1\): Elizabeth, Thornberry[^\n]*\n {3}row 63 \(2\): Liz/,
    );
    expect(stdout).toMatch(/\n {6}\+\d+\.\d given name: /);
    expect(stderr).toContain('as contacts, by firstname, lastname, company (--type says it otherwise).');
    expect(stderr).toContain('Compared: firstname, lastname, email, phone, company.');
    expect(stderr).toContain('Rows are known by hs_object_id.');
  });

  it.each([
    ['semicolons and CRLF', csvOf(people, ';', '\r\n')],
    ['tabs and a byte order mark', `\uFEFF${csvOf(people, '\t')}`],
    ['UTF-16', Buffer.from(`\uFEFF${csvOf(people, '\t')}`, 'utf16le')],
  ])('reads %s to the same result', async (_, content) => {
    const { file, find, at, read } = open();
    const flags = { out: at('pairs.csv'), type: 'contacts' };
    await find(file('plain.csv', csvOf(people)), flags);
    const plain = read('pairs.csv');
    const { error } = await find(file('other.csv', content), flags);
    expect([error, read('pairs.csv')]).toEqual([undefined, plain]);
    expect(plain.split('\n').length).toBeGreaterThan(2);
  });

  it('takes columns by label, by what files call them, and as --map says', async () => {
    const { file, find } = open();
    const named = ['Record ID', 'First Name', 'Surname', 'E-Mail', 'Wire', 'Employer'];
    const path = file('named.csv', csvOf([named, ...people.slice(1)]));
    const { stdout, stderr } = await find(path, { map: 'phone=Wire' });
    expect(stderr).toContain('phone=Wire, firstname=First Name, lastname=Surname, email=E-Mail, company=Employer');
    expect(stdout).toContain('row 2 (1): ');
    expect((await find(path)).stderr).toContain('Not compared, as no property of contacts: Wire.');
  });

  it('knows rows by their number where nothing else tells them, and ids that are there twice by both', async () => {
    const { file, find, at, read } = open();
    const noId = people.map((cells) => cells.slice(1));
    const { stderr } = await find(file('no-id.csv', csvOf(noId)), { out: at('pairs.csv') });
    expect(stderr).toContain('No column is an id');
    expect(read('pairs.csv')).toMatch(/\n2,63,2,63,0\.9/);

    const twice = people.map((cells, n) => (n === 0 ? cells : ['7', ...cells.slice(1)]));
    const said = await find(file('twice.csv', csvOf(twice)), { out: at('pairs.csv') });
    expect(said.stderr).toContain('61 rows had an id that was there before');
    expect(read('pairs.csv')).toMatch(/\n7,7 \(row 63\),2,63,0\.9/);
  });

  it('writes everything as JSON, the same twice but for time and memory', async () => {
    const { file, find, at, read } = open();
    const path = file('people.csv', csvOf(people));
    await find(path, { json: at('all.json') });
    const first = read('all.json');
    const { error } = await find(path, { json: at('all.json') });
    expect(error).toBeUndefined();
    expect(lasting(read('all.json'))).toEqual(lasting(first));
    const json = JSON.parse(first);
    expect(json).toMatchObject({ type: 'contacts', rows: 62, columns: { id: 'hs_object_id' } });
    expect(json.clusters[0]).toMatchObject({ ids: ['1', '2'], rows: [2, 63], pairs: [{ a: '1', b: '2' }] });
    const [pair] = json.clusters[0].pairs;
    const sum = pair.waterfall.reduce((bits: number, step: { bits: number }) => bits + step.bits, 0);
    expect(2 ** sum / (1 + 2 ** sum)).toBeCloseTo(pair.probability, 6);
    expect(json.measures.seconds).toBeGreaterThan(0);
    expect(json.measures.peakMemoryBytes).toBeGreaterThan(1e6);
  });

  it('measures itself by a truth column, which it does not compare', async () => {
    const { file, find, at, read } = open();
    const path = file('own.csv', [...contactLines(3_000, 5)].join(''));
    const { stdout, error } = await find(path, { truth: 'person', json: at('all.json') });
    expect(error).toBeUndefined();
    const { measures, columns, compared } = JSON.parse(read('all.json'));
    expect(Object.values(columns.compared)).not.toContain('person');
    expect(columns).toMatchObject({ truth: 'person', unused: expect.arrayContaining(['faults']) });
    expect(Object.keys(measures.at)).toEqual(['0.5', '0.95', '0.99']);
    for (const { precision, recall, f1, clusters, bCubed } of Object.values<Record<string, Record<string, number>>>(
      measures.at,
    )) {
      for (const share of [precision, recall, f1, clusters?.['f1'], bCubed?.['f1']]) {
        expect(Number(share)).toBeGreaterThan(0.3);
        expect(Number(share)).toBeLessThanOrEqual(1);
      }
    }
    expect(measures.at['0.5'].recall).toBeLessThanOrEqual(measures.blockingRecall);
    expect(measures.blockingRecall).toBeGreaterThan(0.8);
    expect(compared).toBeGreaterThan(measures.truePairs * measures.blockingRecall - 1);
    expect(measures).toMatchObject({ ece: expect.any(Number), brier: expect.any(Number), seconds: expect.any(Number) });
    expect(stdout).toContain('Measured by person');
  });

  it('writes no cell that a spreadsheet would carry out, and reads those that an export guarded', async () => {
    const { file, find, at, read } = open();
    const evil = people.map((cells) =>
      cells[0] === '1' ? ['=cmd|calc', ...cells.slice(1, 4), `'${cells[4]}`, ...cells.slice(5)] : cells,
    );
    await find(file('evil.csv', csvOf(evil)), { out: at('pairs.csv') });
    const [pair] = parse<Record<string, string>>(read('pairs.csv'), { columns: true });
    expect(pair).toMatchObject({ id_a: "'=cmd|calc", id_b: '2', row_a: '2', row_b: '63' });
    expect(pair?.['for']).toContain('phone: same');
    const rows: readonly string[][] = parse(read('pairs.csv'));
    expect(rows.flat().filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
  });

  it('compares any columns as generic', async () => {
    const { file, find } = open();
    const things = Array.from({ length: 40 }, (_, n) => [
      `${n}`,
      `Thing of make ${(n * 7919) % 997}`,
      `Shelf ${(n * 31) % 89}`,
    ]);
    const path = file('things.csv', csvOf([['id', 'what', 'where'], ...things, ['77', 'Thing of make 0', 'Shelf 0']]));
    const { stderr, stdout, error } = await find(path, { type: 'generic' });
    expect(error).toBeUndefined();
    expect(stderr).toContain('as generic.');
    expect(stderr).toContain('Compared: what, where.');
    expect(stdout).toContain('41 rows as generic');
  });

  it('says nothing of a file without rows but that there are none', async () => {
    const { file, find } = open();
    const { stdout, error } = await find(file('none.csv', `${header.join(',')}\n`));
    expect([error, stdout.includes('0 rows as contacts, 0 pairs compared')]).toEqual([undefined, true]);
  });

  it.each([
    [{ map: 'fone=phone' }, 'contacts are not compared by "fone". Did you mean phone?'],
    [{ map: 'phone=fone' }, '--map: the file has no column "fone". Did you mean phone?'],
    [{ map: 'phone' }, '--map: expected property=column, not "phone".'],
    [{ map: 'phone=phone,phone=email' }, '--map: phone is there twice.'],
    [{ map: 'phone=phone,mobilephone=phone' }, '--map: column phone is there twice.'],
    [{ truth: 'cluster' }, '--truth: the file has no column "cluster".'],
    [{ truth: 'phone', map: 'phone=phone' }, 'is the truth column, which is never compared'],
    [{ type: 'people' }, '--type: expected one of contacts'],
    [{ country: 'Germany' }, '--country: expected two letters'],
    [{ json: '/nowhere/x.json' }, '--json: '],
  ])('refuses %j as misuse', async (flags, message) => {
    const { file, find } = open();
    const path = file('people.csv', csvOf(people));
    const { error, stdout } = await find(path, flags).catch((thrown: unknown) => ({ error: thrown, stdout: '' }));
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(message);
    expect(stdout).toBe('');
  });

  it('refuses a file of which it knows no column, and says what to do', async () => {
    const { file, find } = open();
    const path = file('odd.csv', 'foo,bar\n1,2\n');
    const { error } = await find(path, { type: 'contacts' });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain('No column is a property of contacts: foo, bar. Say which is which with --map');
    expect((await find(path)).stderr).toContain('as generic, as no column tells more (--type says it otherwise).');
  });

  it('refuses a row of other length, with its place and what to do', async () => {
    const { file, find } = open();
    const { error } = await find(file('short.csv', 'firstname,lastname\n"Ann\nLee",Smith\nBob\n'));
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(
      'row 3 (line 4) has 1 field and the header has 2. Give it those that are missing, be they empty.',
    );
    const { error: long } = await find(file('long.csv', 'firstname;lastname\nAnn;Lee;Smith\n'));
    expect(String(long)).toContain(
      'row 2 has 3 fields and the header has 2. A field that holds what divides fields belongs in quotation marks.',
    );
  });

  it('overwrites what it wrote itself, and nothing else unless told to', async () => {
    const { file, find, at, read } = open();
    const path = file('people.csv', csvOf(people));
    const notes = file('notes.txt', 'mine');
    for (const flags of [{ out: notes }, { json: notes }]) {
      expect((await find(path, flags)).error).toBeInstanceOf(CommandFailure);
      expect(read('notes.txt')).toBe('mine');
    }
    expect((await find(path, { out: path, force: true })).error).toBeInstanceOf(UsageError);
    expect((await find(path, { out: at('a'), json: at('a') })).error).toBeInstanceOf(UsageError);
    expect(existsSync(at('a'))).toBe(false);
    expect((await find(path, { out: notes, force: true })).error).toBeUndefined();
    expect((await find(path, { out: notes })).error).toBeUndefined();
  });
});
