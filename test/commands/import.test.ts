import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { CommandFailure } from '../../src/command.ts';
import { importCommand } from '../../src/commands/import.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { UsageError } from '../../src/option.ts';
import { boundless } from '../boundless.ts';
import { run, type ServedPortal, servedPortal } from './terminal.ts';

interface Office extends ServedPortal {
  readonly folder: string;
  /** Writes a file and gives its path. */
  file(name: string, content: string): string;
  read(name: string): string;
  /** Imports, with `--yes` unless said otherwise. */
  import(file: string, mapping: object | string, flags?: Readonly<Record<string, unknown>>): ReturnType<typeof run>;
  contact(email: string, ...properties: string[]): Promise<Readonly<Record<string, string | null>> | undefined>;
  /** Requests that wrote, since it was last asked. */
  writes(): string[];
}

async function open(): Promise<Office> {
  const served = await servedPortal({ seed: 'none' });
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
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
  let seen = 0;
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  return {
    ...served,
    folder,
    file,
    read: (name) => readFileSync(join(folder, name), 'utf8'),
    import(path, mapping, flags = {}) {
      const written = typeof mapping === 'string' ? mapping : file('mapping.json', JSON.stringify(mapping));
      const all = { file: path, mapping: written, yes: true, journalDir: join(folder, 'journal'), ...flags };
      return run(importCommand, all, served.environment);
    },
    async contact(email, ...properties) {
      const [row] = await hubspot.objects.batchRead('contacts', [email], { idProperty: 'email', properties });
      return row?.outcome === 'applied' ? row.value.properties : undefined;
    },
    writes() {
      const all = served.portal.control.requests() ?? [];
      const fresh = all.slice(seen).map(({ method, path }) => `${method} ${path}`);
      seen = all.length;
      return fresh.filter((each) => !/^GET |batch\/read|\/search$/.test(each));
    },
  };
}

const people = {
  version: 1,
  objectType: 'contacts',
  columns: ['Mail', 'First', 'Town'],
  key: [{ property: 'email', column: 'Mail' }],
  properties: { firstname: { column: 'First' }, city: { column: 'Town' } },
};

const csv = (...lines: string[]) => [...lines, ''].join('\n');

describe('An import', () => {
  it('says how to go on with all that is needed to find the job again, and nothing of the kind when it will be gone', async () => {
    const office = await open();
    const path = office.file('a.csv', csv('Mail,First,Town', 'ann@acme.test,Ann,Bonn', 'no mail,Bob,'));
    const flags = { file: path, mapping: office.file('m.json', JSON.stringify(people)), yes: true };
    const kept = join(office.folder, 'a portal');
    const { stderr } = await run(importCommand, { ...flags, dataDir: kept, seed: 'none' });
    expect(stderr).toMatch(/import --resume \w+ --data-dir '.*a portal'\n/);
    const gone = await run(importCommand, { ...flags, seed: 'none' });
    expect(gone.stderr).toContain('gone at exit');
    expect(`${gone.stderr}${String(gone.error)}`).not.toContain('--resume');
  });

  it('creates what is not there, updates what differs, and a second time writes nothing', async () => {
    const office = await open();
    const first = office.file('a.csv', csv('Mail,First,Town', 'ann@acme.test,Ann,Bonn', 'bob@acme.test, Bob ,'));
    const made = await office.import(first, people);
    expect(made.error).toBeUndefined();
    expect(made.stdout).toMatch(/new +2\n/);
    expect(made.stdout).toContain('2 created, 0 updated, 0 unchanged, 0 failed');
    expect(await office.contact('bob@acme.test', 'firstname', 'city')).toMatchObject({ firstname: 'Bob', city: null });
    expect(office.writes()).toHaveLength(1);

    const second = office.file('b.csv', csv('Mail,First,Town', 'ANN@acme.test,Ann,Köln', 'bob@acme.test,Bob,'));
    const changed = await office.import(second, people);
    expect(changed.stdout).toContain('city "Bonn" -> "Köln"');
    expect(changed.stdout).toContain('0 created, 1 updated, 1 unchanged, 0 failed');
    expect(office.writes()).toHaveLength(1);

    const again = await office.import(second, people);
    expect(again.error).toBeUndefined();
    expect(again.stdout).toContain('0 created, 0 updated, 2 unchanged, 0 failed');
    expect(office.writes()).toEqual([]);
  });

  it('reads each batch once and writes it once', async () => {
    const office = await open();
    const rows = Array.from({ length: 250 }, (_, n) => `p${n}@acme.test,P,T`);
    await office.import(office.file('a.csv', csv('Mail,First,Town', ...rows)), people);
    const made = (office.portal.control.requests() ?? []).map(({ path }) => path);
    // The preview reads all three batches, and the import does.
    expect(made.filter((path) => path.endsWith('/batch/read'))).toHaveLength(6);
    expect(made.filter((path) => path.endsWith('/batch/upsert'))).toHaveLength(3);
  });

  it('says of each row what became of it, and writes those that failed so that they can be imported again', async () => {
    const office = await open();
    const path = office.file(
      'a.csv',
      csv(
        'Mail,First,Town,Stage,Left',
        'ann@acme.test,Ann,Bonn,Lead,x',
        'ANN@acme.test,Twice,,,',
        ',Nobody,,,',
        'eve@acme.test,Eve,,Leed,',
        'too,many,fields,in,this,row',
        "fay@acme.test,'=Fay,,,",
      ),
    );
    const mapping = {
      ...people,
      columns: ['Mail', 'First', 'Town', 'Stage', 'Left'],
      properties: { ...people.properties, lifecyclestage: { column: 'Stage' } },
    };
    const flags = { report: join(office.folder, 'r.jsonl'), failed: join(office.folder, 'f.csv') };
    const { error, stdout } = await office.import(path, mapping, flags);
    expect(error).toBeInstanceOf(CommandFailure);
    expect(stdout).toContain('2 created, 0 updated, 0 unchanged, 4 failed');
    const report = office
      .read('r.jsonl')
      .trim()
      .split('\n')
      .map((line): { row: number; key: string; outcome: string; code?: string; id?: string } => JSON.parse(line));
    expect(report.map(({ row, key, outcome, code }) => [row, key, outcome, code])).toEqual([
      [2, 'ann@acme.test', 'created', undefined],
      [3, 'ANN@acme.test', 'failed', 'repeated_record'],
      [4, '', 'failed', 'missing_key'],
      [5, 'eve@acme.test', 'failed', 'unknown_option'],
      [6, 'too', 'failed', 'unreadable_row'],
      [7, 'fay@acme.test', 'created', undefined],
    ]);
    expect(report[0]?.id).toBe((await office.contact('ann@acme.test', 'hs_object_id'))?.['hs_object_id']);
    expect(await office.contact('fay@acme.test', 'firstname')).toMatchObject({ firstname: '=Fay' });
    expect(office.read('f.csv')).toBe(
      csv('Mail,First,Town,Stage,Left', 'ANN@acme.test,Twice,,,', ',Nobody,,,', 'eve@acme.test,Eve,,Leed,'),
    );
    const corrected = office.file('g.csv', office.read('f.csv').replace('Leed', 'Lead'));
    const last = await office.import(corrected, mapping);
    expect(last.stdout).toContain('1 created, 1 updated, 0 unchanged, 1 failed');
  });

  it('names at the end how many rows each reason has, one of them by its number, and the file that says which', async () => {
    const office = await open();
    const rows = Array.from({ length: 12 }, (_, n) => `p${n}@acme.test,P,T`);
    const twice = ['p3@acme.test,Q,T', 'p4@acme.test,Q,T', 'p5@acme.test,Q,T'];
    const path = office.file('a.csv', csv('Mail,First,Town', ...rows, ',Nobody,T', ...twice));
    const report = join(office.folder, 'r.csv');
    const { stdout, error } = await office.import(path, people, { report });
    expect(stdout).toContain('\n   row 14: The row has no value in "Mail", which tells records apart.\n');
    expect(stdout).toContain('\n   row 15 and 2 others: Row 5 is about the same record.');
    expect(String(error)).toContain(`4 rows of 16 not imported. ${report} says which.`);
    const again = await office.import(path, people, { failed: join(office.folder, 'f.csv') });
    expect(String(again.error)).toMatch(/import --resume \w+ .* --report FILE says which\.$/);
    expect(String((await office.import(path, people)).error)).toContain('--report FILE --failed FILE says which.');
  });

  it('gives each row its own reason in full, however many rows share it, before and after', async () => {
    const office = await open();
    const mail = ['ann', 'bob', 'ann', 'bob'].map((name) => `${name}@acme.test,,`);
    const path = office.file('a.csv', csv('Mail,First,Town', ...mail, 'a,b', 'a,b,c,d'));
    const expected = [2, 3].map((row) => `Row ${row} is about the same record. Put all its values into one row.`);
    const fields = [2, 4].map((count) => `It has ${count} fields and the header has 3.`);
    for (const [flags, name] of [
      [{ yes: false, dryRun: true }, 'before.csv'],
      [{}, 'after.csv'],
    ] as const) {
      const { stdout } = await office.import(path, people, { ...flags, report: join(office.folder, name) });
      for (const reason of [...expected, ...fields]) {
        expect(stdout).toContain(reason);
        expect(office.read(name)).toContain(`,${reason}\n`);
      }
    }
  });

  it('lets win who shall win, property by property', async () => {
    const office = await open();
    const columns = ['Mail', 'Changed', 'City', 'Phone', 'Company', 'State', 'Zip'];
    const mapping = {
      version: 1,
      objectType: 'contacts',
      columns,
      key: [{ property: 'email', column: 'Mail' }],
      time: 'Changed',
      properties: {
        city: { column: 'City', wins: 'source' },
        phone: { column: 'Phone', wins: 'hubspot' },
        company: { column: 'Company', wins: 'fill' },
        state: { column: 'State', wins: 'newest' },
        zip: { column: 'Zip', wins: 'fill', empty: 'clear' },
        country: { constant: 'DE', wins: 'fill' },
      },
    };
    const head = columns.join(',');
    const early = '2001-01-01T00:00:00Z';
    const late = '2101-01-01T00:00:00+02:00';
    await office.import(office.file('a.csv', csv(head, `a@acme.test,${early},C1,P1,,S1,`)), mapping);
    const all = ['city', 'phone', 'company', 'state', 'zip', 'country'];
    expect(await office.contact('a@acme.test', ...all)).toMatchObject({
      city: 'C1',
      phone: 'P1',
      company: null,
      state: 'S1',
      zip: null,
      country: 'DE',
    });
    const older = await office.import(office.file('b.csv', csv(head, `a@acme.test,${early},C2,P2,F2,S2,Z2`)), mapping);
    expect(older.stdout).toContain('2 values kept');
    expect(await office.contact('a@acme.test', ...all)).toMatchObject({
      city: 'C2',
      phone: 'P1',
      company: 'F2',
      state: 'S1',
      zip: 'Z2',
    });
    await office.import(office.file('c.csv', csv(head, `a@acme.test,${late},,P3,F3,S3,`)), mapping);
    expect(await office.contact('a@acme.test', ...all)).toMatchObject({
      city: 'C2',
      phone: 'P1',
      company: 'F2',
      state: 'S3',
      zip: 'Z2',
    });
    const undated = await office.import(office.file('d.csv', csv(head, 'a@acme.test,yesterday,C4,,,,')), mapping);
    expect(undated.stdout).toContain('is no time');
  });

  it('finds a record by the first key that the row has a value for', async () => {
    const office = await open();
    await office.import(office.file('a.csv', csv('Mail,First,Town', 'ann@acme.test,Ann,Bonn')), people);
    const id = (await office.contact('ann@acme.test', 'hs_object_id'))?.['hs_object_id'] ?? '';
    const mapping = {
      version: 1,
      objectType: 'contacts',
      columns: ['Id', 'Mail', 'First'],
      key: [
        { property: 'hs_object_id', column: 'Id' },
        { property: 'email', column: 'Mail' },
      ],
      properties: { firstname: { column: 'First', values: { X: 'Xaver' } }, email: { column: 'Mail' } },
    };
    const rows = csv('Id,Mail,First', `${id},anna@acme.test,X`, ',new@acme.test,New', '999,gone@acme.test,G', 'abc,,');
    const { stdout } = await office.import(office.file('b.csv', rows), mapping);
    expect(stdout).toContain('1 created, 1 updated, 0 unchanged, 2 failed');
    expect(await office.contact('anna@acme.test', 'firstname', 'hs_object_id')).toMatchObject({
      firstname: 'Xaver',
      hs_object_id: id,
    });
  });

  it('takes JSON Lines, and stdin', async () => {
    const office = await open();
    const rows = [
      { Mail: 'j@acme.test', First: 'J', Town: null },
      { Mail: 'k@acme.test', First: 7, Town: 'K' },
    ];
    const lines = [...rows.map((row) => JSON.stringify(row)), '{"Mail":', '{"Mail":{},"First":""}'];
    const { stdout } = await office.import(office.file('a.jsonl', csv(...lines)), people);
    expect(stdout).toContain('2 created, 0 updated, 0 unchanged, 2 failed');
    expect(await office.contact('k@acme.test', 'firstname')).toMatchObject({ firstname: '7' });
  });

  it('looks with --dry-run at every row, and sends nothing but reads', async () => {
    const office = await open();
    await office.import(office.file('a.csv', csv('Mail,First,Town', 'ann@acme.test,Ann,Bonn')), people);
    office.writes();
    const rows = csv('Mail,First,Town', 'ann@acme.test,Ann,Rom', 'new@acme.test,New,', ',,');
    const flags = { dryRun: true, yes: false, report: join(office.folder, 'r.csv') };
    const { stdout, error } = await office.import(office.file('b.csv', rows), people, flags);
    expect(error).toBeInstanceOf(CommandFailure);
    expect(stdout).toMatch(/new +1\n +changed +1\n +unchanged +0\n +refused +1\n/);
    expect(office.read('r.csv')).toContain('3,new@acme.test,new,,,');
    expect(office.writes()).toEqual([]);
  });
});

describe('An import is refused before anything is read or written', () => {
  it.each([
    ['misses a column', 'Mail,First', 'missing: "Town"'],
    ['has a new column', 'Mail,First,Town,Sales', 'new: "Sales"'],
    ['has a column under a new name', 'Mail,Firsts,Town', '"First" seems to be called "Firsts" now'],
  ])('when its file %s', async (_what, head, words) => {
    const office = await open();
    const { error } = await office.import(office.file('a.csv', csv(head, 'a@acme.test,A,B')), people);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(words);
    expect(office.portal.control.requests()).toEqual([]);
  });

  it('unless a new column is one to ignore', async () => {
    const office = await open();
    const path = office.file('a.csv', csv('Mail,First,Town,Sales', 'a@acme.test,A,B,1'));
    const { error } = await office.import(path, { ...people, ignore: ['Sales'] });
    expect(error).toBeUndefined();
  });

  it.each([
    ['is of another version', { ...people, version: 2 }, 'version'],
    ['names a column that is none', { ...people, key: [{ property: 'email', column: 'mail' }] }, 'none of the columns'],
    ['has a word that nobody knows', { ...people, dedupe: true }, 'dedupe'],
    [
      'wants the newest without a time',
      { ...people, properties: { city: { column: 'Town', wins: 'newest' } } },
      'time',
    ],
    ['has no key', { ...people, key: [] }, 'key'],
  ])('when its mapping %s', async (_what, mapping, words) => {
    const office = await open();
    const { error } = await office.import(office.file('a.csv', csv('Mail,First,Town', 'a@a.test,A,B')), mapping);
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(words);
    expect(office.portal.control.requests()).toEqual([]);
  });

  it.each([
    ['does not exist', { nosuch: { column: 'Town' } }, 'no property "nosuch"'],
    ['is set by HubSpot', { createdate: { column: 'Town' } }, 'createdate is set by HubSpot'],
    ['has no such constant', { lifecyclestage: { constant: 'Boss' } }, '"Boss"'],
  ])('when a property %s', async (_what, properties, words) => {
    const office = await open();
    const path = office.file('a.csv', csv('Mail,First,Town', 'a@a.test,A,B'));
    const { error } = await office.import(path, { ...people, properties });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(words);
    expect(office.writes()).toEqual([]);
  });

  it('when something else divides its fields, which the mapping is where to say', async () => {
    const office = await open();
    const path = office.file('a.csv', csv('Mail;First;Town', 'ann@acme.test;Ann;Bonn'));
    const { error } = await office.import(path, people);
    expect(String(error)).toContain(
      'If ";" divides its fields, add --delimiter ";", or "delimiter" to the mapping of an import.',
    );
  });

  it('when its key tells nobody apart', async () => {
    const office = await open();
    const mapping = { ...people, key: [{ property: 'firstname', column: 'First' }] };
    const { error } = await office.import(office.file('a.csv', csv('Mail,First,Town', 'a@a.test,A,B')), mapping);
    expect(String(error)).toContain('firstname is not a unique property');
  });

  it('when nobody can be asked and nobody has said yes', async () => {
    const office = await open();
    const path = office.file('a.csv', csv('Mail,First,Town', 'a@a.test,A,B'));
    const { error } = await office.import(path, people, { yes: false });
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain('--yes');
  });

  it('when the policy is against it: read-only, a denied property, too many rows, a value of the wrong form', async () => {
    const office = await open();
    const path = office.file('a.csv', csv('Mail,First,Town', 'a@a.test,A,B', 'b@a.test,A,bonn'));
    const under = (policy: object) =>
      office.import(path, people, { policy: office.file('policy.json', JSON.stringify({ version: 1, ...policy })) });
    expect(String((await office.import(path, people, { readOnly: true })).error)).toContain('read-only');
    expect(String((await under({ properties: { 'contacts.city': { access: 'deny' } } })).error)).toContain('city');
    const rule = { objectTypes: ['contacts'], rowsAbove: 1, verdict: 'deny' };
    expect(String((await under({ rules: [rule] })).error)).toContain('does not allow');
    expect(office.writes()).toEqual([]);
    const format = { properties: { 'contacts.city': { format: { matches: '[A-Z].*' } } } };
    expect((await under(format)).stdout).toContain('1 created, 0 updated, 0 unchanged, 1 failed');
  });
});

describe('A suggested mapping', () => {
  it('takes names and labels for what they are, says what is left, and can be used at once', async () => {
    const office = await open();
    const path = office.file('a.csv', csv('E-mail;First Name;city;Create Date;Shoe size', 'a@acme.test;Ann;Bonn;x;42'));
    const suggested = await run(importCommand, { file: path, suggest: true }, office.environment);
    const mapping: { key: object; delimiter: string; properties: Record<string, { column: string }> } = JSON.parse(
      suggested.stdout,
    );
    expect(mapping).toMatchObject({
      delimiter: ';',
      columns: ['E-mail', 'First Name', 'city', 'Create Date', 'Shoe size'],
    });
    expect(Object.entries(mapping.properties).map(([name, { column }]) => [name, column])).toEqual([
      ['email', 'E-mail'],
      ['firstname', 'First Name'],
      ['city', 'city'],
    ]);
    expect(suggested.stderr).toContain('Create Date, Shoe size');
    const { stdout } = await office.import(path, office.file('m.json', suggested.stdout));
    expect(stdout).toContain('1 created');
  });

  it.each([
    ['contacts', 'First,Last,Mail,Town,Stage,Owner', 'firstname,lastname,email,city,lifecyclestage,hubspot_owner_id'],
    ['contacts', 'Datensatz-ID,Vorname,Nachname,Firma,Position', ',firstname,lastname,company,jobtitle'],
    ['contacts', 'Nom,Prénom,Courriel,Portable', 'lastname,firstname,email,mobilephone'],
    ['companies', 'Ragione sociale,Sito,Città,Dipendenti', 'name,website,city,'],
    ['deals', 'Opportunity name,Value,Stage,Owner', 'dealname,amount,dealstage,hubspot_owner_id'],
    ['tickets', 'Title,Body,Status', 'subject,content,hs_pipeline_stage'],
  ])('knows what files call the properties of %s: %s', async (objectType, header, properties) => {
    const office = await open();
    const path = office.file('a.csv', csv(header));
    const { stdout, stderr } = await run(importCommand, { file: path, suggest: true, objectType }, office.environment);
    const mapping: { properties: Record<string, { column: string }> } = JSON.parse(stdout);
    const found = new Map(Object.entries(mapping.properties).map(([name, { column }]) => [column, name]));
    const wanted = properties.split(',');
    const columns = header.split(',');
    expect(columns.map((column) => found.get(column) ?? '')).toEqual(wanted);
    for (const [nth, property] of wanted.entries()) {
      expect(stderr.includes(`${columns[nth]} -> ${property}`)).toBe(property !== '');
    }
  });

  it('takes a column that is called as a property for it before one that files call so', async () => {
    const office = await open();
    const path = office.file('a.csv', csv('Mail,Town,Email,Create Date,Location'));
    const { stdout, stderr } = await run(importCommand, { file: path, suggest: true }, office.environment);
    expect(JSON.parse(stdout)).toMatchObject({
      key: [{ property: 'email', column: 'Email' }],
      properties: { city: { column: 'Town' }, email: { column: 'Email' } },
    });
    expect(stderr).toContain('Mail, Create Date, Location');
  });
});
