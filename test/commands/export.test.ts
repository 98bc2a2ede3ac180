import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { CommandFailure } from '../../src/command.ts';
import { exportCommand } from '../../src/commands/export.ts';
import { importCommand } from '../../src/commands/import.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { UsageError } from '../../src/option.ts';
import { guardFormula, unguardFormula } from '../../src/transfer/formula.ts';
import { boundless } from '../boundless.ts';
import { run, servedPortal } from './terminal.ts';

type Contact = Readonly<Record<string, string>>;

async function open(contacts: readonly Contact[]) {
  const served = await servedPortal({ seed: 'none' });
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  const hubspot = createHubSpot({
    clock: systemClock,
    random: seededRandom(1),
    token: () => 'pat-na1-look',
    ledger: boundless,
    fetch: served.portal.fetch,
  });
  onTestFinished(async () => {
    await hubspot.close();
    rmSync(folder, { recursive: true });
  });
  const made = await hubspot.objects.batchCreate(
    'contacts',
    contacts.map((properties) => ({ properties })),
    { deadlineMs: 60_000 },
  );
  return {
    ...served,
    folder,
    hubspot,
    ids: made.map((row) => (row.outcome === 'applied' ? row.value.id : row.error.message)),
    path: (name: string) => join(folder, name),
    read: (name: string) => readFileSync(join(folder, name), 'utf8'),
    export: (flags: Readonly<Record<string, unknown>>, objectType = 'contacts') =>
      run(exportCommand, { objectType, ...flags }, served.environment),
  };
}

describe('An export', () => {
  it.each([
    ['nope', {}, 'no object type "nope". Use one of the nearest. Nearest: notes'],
    ['contacts', { properties: 'firstnam' }, 'Nearest: firstname'],
    ['contacts', { associations: 'compnies' }, 'Nearest: companies'],
    ['contacts', { filter: '{"propertyName":"emial","operator":"HAS_PROPERTY"}' }, 'Nearest: email'],
  ])('of %s with %j is not understood, and the nearest names are said', async (objectType, flags, words) => {
    const office = await open([]);
    const { error } = await office.export(flags, objectType);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(words);
  });

  it('has every record with its values as HubSpot stores them, and keeps numbers numbers and text harmless', async () => {
    const office = await open([
      { email: 'a@acme.test', firstname: '=1+1', lastname: 'Say "hi", all', phone: '+49 30 1', numemployees: '1-5' },
      { email: 'b@acme.test', firstname: "'-x", lastname: 'Two\nlines', hs_language: 'de' },
    ]);
    const properties = ['firstname', 'LASTNAME', 'phone', 'num_unique_conversion_events', 'hs_language'];
    const { stdout, stderr, error } = await office.export({ properties: properties.join(',') });
    expect(error).toBeUndefined();
    const [a, b] = office.ids;
    expect(stdout).toBe(
      [
        'hs_object_id,firstname,lastname,phone,num_unique_conversion_events,hs_language',
        `${a},'=1+1,"Say ""hi"", all",'+49 30 1,,`,
        `${b},''-x,"Two\nlines",,,de`,
        '',
      ].join('\n'),
    );
    expect(stderr).toContain('2 records of contacts');
    await office.hubspot.objects.batchCreate('companies', [{ properties: { name: '-5', annualrevenue: '-5' } }]);
    expect((await office.export({ properties: 'name,annualrevenue' }, 'companies')).stdout).toMatch(/,'-5,-5\n$/);
  });

  it('finds all records past 10,000, by a filter and without one', async () => {
    const contacts = Array.from({ length: 10_150 }, (_, n) => ({
      email: `p${n}@acme.test`,
      city: n < 10_050 ? 'A' : 'B',
    }));
    const office = await open(contacts);
    const filter = JSON.stringify({ propertyName: 'city', operator: 'EQ', value: 'A' });
    await office.export({ properties: 'email', filter, out: office.path('some.csv') });
    const lines = office.read('some.csv').trim().split('\n');
    expect(new Set(lines).size).toBe(10_051);
    await office.export({ properties: 'email', out: office.path('all.jsonl') });
    expect(new Set(office.read('all.jsonl').trim().split('\n')).size).toBe(10_150);
    expect(readdirSync(office.folder).sort()).toEqual(['all.jsonl', 'some.csv']);
  }, 60_000);

  it('has what shows a record and what tells it from others, unless it is told more', async () => {
    const office = await open([{ email: 'a@acme.test', firstname: 'Ann' }]);
    const { stdout } = await office.export({});
    expect(stdout).toBe(`hs_object_id,email,firstname,lastname\n${office.ids[0]},a@acme.test,Ann,\n`);
  });

  it('has the ids of associated records, and any number of properties', async () => {
    const office = await open([{ email: 'a@acme.test' }, { email: 'b@acme.test' }]);
    const companies = await office.hubspot.objects.batchCreate(
      'companies',
      ['One', 'Two'].map((name) => ({ properties: { name } })),
    );
    const to = companies.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
    const pairs = to.map((id) => ({ from: office.ids[0] ?? '', to: id, types: [] }));
    await office.hubspot.associations.associateDefault('contacts', 'companies', pairs);
    const { stdout } = await office.export({ properties: 'all', associations: 'companies', format: 'jsonl' });
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line): Record<string, unknown> => JSON.parse(line));
    expect(first?.['associations.companies']).toEqual(expect.arrayContaining(to));
    expect(second?.['associations.companies']).toEqual([]);
    expect(Object.keys(first ?? {}).length).toBeGreaterThan(60);
    expect(first?.['email']).toBe('a@acme.test');
  });

  it('shows what the policy masks in part, and nothing of what it denies', async () => {
    const office = await open([{ email: 'secret@acme.test', phone: '+49 30 1234567', city: 'Bonn' }]);
    const policy = office.path('policy.json');
    const properties = { 'contacts.phone': { access: 'deny' }, 'contacts.email': { access: 'mask' } };
    writeFileSync(policy, JSON.stringify({ version: 1, properties }));
    const denied = await office.export({ properties: 'phone', policy });
    expect(String(denied.error)).toContain('no property');
    expect(denied.stdout).toBe('');
    const masked = await office.export({ properties: 'email,city', policy });
    expect(masked.stdout).not.toContain('secret@acme.test');
    expect(masked.stdout).toContain('Bonn');
    const all = await office.export({ properties: 'all', policy });
    expect(all.stdout).not.toMatch(/1234567|secret@/);
    const oracle = await office.export({
      policy,
      filter: JSON.stringify({ propertyName: 'phone', operator: 'EQ', value: '+49 30 1234567' }),
    });
    expect(oracle.error).toBeDefined();
  });

  it('leaves no half file, and overwrites none unasked', async () => {
    const office = await open([{ email: 'a@acme.test' }]);
    const out = office.path('a.csv');
    expect((await office.export({ properties: 'nosuch', out })).error).toBeDefined();
    expect(readdirSync(office.folder)).toEqual([]);
    await office.export({ out });
    expect((await office.export({ out })).error).toBeInstanceOf(CommandFailure);
    expect((await office.export({ out, force: true })).error).toBeUndefined();
  });
});

describe('What was exported', () => {
  it.each(['csv', 'jsonl'])(
    'as %s can be imported again with the mapping that it suggests, and nothing changes',
    async (format) => {
      // What HubSpot itself would trim or refuse is not a question of the way there and back.
      const text = fc
        .string({
          unit: fc.constantFrom('=', '+', '-', '@', "'", '"', ',', ';', '\n', '\t', 'a', 'ß', '😀', ' ', '0', '.'),
        })
        .filter((value) => value.trim() === value);
      const contacts = fc.sample(
        fc.record({ firstname: text, lastname: text, company: text, jobtitle: text, zip: text }),
        { numRuns: 120, seed: 7 },
      );
      const office = await open(contacts.map((contact, n) => ({ ...contact, email: `p${n}@acme.test` })));
      const file = office.path(`a.${format}`);
      await office.export({ properties: 'all', out: file });
      const suggested = await run(importCommand, { file, suggest: true }, office.environment);
      writeFileSync(office.path('mapping.json'), suggested.stdout);
      const flags = { file, mapping: office.path('mapping.json'), yes: true, journalDir: office.path('journal') };
      const before = office.portal.control.requests()?.length ?? 0;
      const again = await run(importCommand, flags, office.environment);
      expect(again.error).toBeUndefined();
      expect(again.stdout).toContain('0 created, 0 updated, 120 unchanged, 0 failed');
      const writes = (office.portal.control.requests() ?? []).slice(before).filter(({ method, path }) => {
        return method !== 'GET' && !path.endsWith('/batch/read');
      });
      expect(writes).toEqual([]);
    },
  );

  it('made elsewhere makes the same records there', async () => {
    const contacts = [
      { email: 'a@acme.test', firstname: '=A', lastname: "'=B", company: '-', city: '@x' },
      { email: 'b@acme.test', firstname: 'Line\nbreak', lastname: '"', company: ',', city: "''" },
    ];
    const here = await open(contacts);
    const there = await open([]);
    const properties = 'email,firstname,lastname,company,city';
    await here.export({ properties, out: here.path('a.csv') });
    const mapping = {
      version: 1,
      objectType: 'contacts',
      columns: ['hs_object_id', ...properties.split(',')],
      key: [{ property: 'email', column: 'email' }],
      properties: Object.fromEntries(properties.split(',').map((column) => [column, { column }])),
    };
    writeFileSync(here.path('mapping.json'), JSON.stringify(mapping));
    const flags = {
      file: here.path('a.csv'),
      mapping: here.path('mapping.json'),
      yes: true,
      journalDir: there.path('j'),
    };
    expect((await run(importCommand, flags, there.environment)).stdout).toContain('2 created');
    const found = await there.hubspot.objects.batchRead(
      'contacts',
      contacts.map(({ email }) => email),
      { idProperty: 'email', properties: properties.split(',') },
    );
    expect(found.map((row) => row.outcome === 'applied' && row.value.properties)).toMatchObject(contacts);
  });
});

it('A guarded cell is no formula, and comes back as it was', () => {
  const unit = fc.constantFrom('=', '+', '-', '@', "'", '\t', '\r', '\n', '＝', 'a', '1');
  fc.assert(
    fc.property(fc.string({ unit }), (text) => {
      const cell = guardFormula(text);
      expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(unguardFormula(cell)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});
