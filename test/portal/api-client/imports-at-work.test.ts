import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { expect, onTestFinished, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { seededRandom } from '../../../src/clock.ts';
import { createPortal } from '../../../src/portal/index.ts';
import { fakeClock } from '../../fake-clock.ts';
import { at, results, talkTo } from '../talk.ts';
import { refusal } from './hubspot.ts';
import { api, type Column, contacts, email, errorsOf, first, people, request, run, start } from './imports.ts';

test('three imports run at once, the others wait, and one that is canceled goes no further', async () => {
  const portal = await api();
  const { client, clock } = portal;
  const rows = Array.from({ length: 450 }, (_, i) => `P${i},p${i}@example.com`);
  const csv = ['First,Email', ...rows].join('\n');
  const ids: number[] = [];
  for (let i = 0; i < 5; i++) ids.push(Number((await start(portal, csv)).id));
  const states = async () => {
    const all = (await client.crm.imports.coreApi.getPage()).results;
    return all.map(({ state }) => state);
  };
  expect(await states()).toEqual(['STARTED', 'STARTED', 'STARTED', 'DEFERRED', 'DEFERRED']);
  await client.crm.imports.coreApi.cancel(ids[4] ?? 0);
  await clock.advance(65);
  expect(await states()).toEqual(['PROCESSING', 'PROCESSING', 'PROCESSING', 'DEFERRED', 'CANCELED']);
  const cancelled = await client.crm.imports.coreApi.cancel(ids[1] ?? 0);
  expect(cancelled.status).toBe('COMPLETE');
  const before = (await client.crm.imports.coreApi.getById(ids[1] ?? 0)).metadata.counters;
  await clock.advance(5_000);
  expect(await states()).toEqual(['DONE', 'CANCELED', 'DONE', 'DONE', 'CANCELED']);
  expect((await client.crm.imports.coreApi.getById(ids[1] ?? 0)).metadata.counters).toEqual(before);
  expect(await refusal(client.crm.imports.coreApi.cancel(ids[0] ?? 0))).toMatchObject({
    code: 400,
    body: { message: `Import ${ids[0]} cannot be canceled: it is DONE` },
  });
  const page = await client.crm.imports.coreApi.getPage(undefined, undefined, 2);
  const next = await client.crm.imports.coreApi.getPage(page.paging?.next?.after, undefined, 2);
  expect(next.results.map(({ id }) => Number(id))).toEqual(ids.slice(2, 4));
});

test('a portal that is opened again goes on with its imports where they stood', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'imports-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'portal.sqlite');
  const clock = fakeClock();
  const portal = await createPortal({ clock, random: seededRandom(7), seed: 'none', limits: 'off', file });
  const rows = Array.from({ length: 450 }, (_, i) => `P${i},p${i}@example.com`);
  const form = new FormData();
  form.append('importRequest', request([people]));
  form.append('files', new Blob([['First,Email', ...rows].join('\n')]), 'people.csv');
  const sent = new Response(form);
  const headers = { authorization: 'Bearer pat-na1-test', 'content-type': sent.headers.get('content-type') ?? '' };
  const body = Buffer.from(await sent.arrayBuffer());
  await portal.fetch({ method: 'POST', url: 'http://x/crm/v3/imports', headers, body });
  await clock.advance(66);
  portal.close();

  const again = fakeClock({ start: clock.now() });
  const talk = await talkTo({ clock: again, file });
  const [half] = results(await talk('GET', '/crm/v3/imports'));
  expect(at(half, 'state')).toBe('PROCESSING');
  expect(Number(at(half, 'metadata', 'counters', 'CREATED_OBJECTS'))).toBeLessThan(450);
  await again.advance(5_000);
  const [done] = results(await talk('GET', '/crm/v3/imports'));
  expect(done).toMatchObject({ state: 'DONE', metadata: { counters: { CREATED_OBJECTS: 450, TOTAL_ROWS: 450 } } });
  expect(at(done, 'metadata', 'counters')).not.toHaveProperty('ERRORS');
  talk.portal.close();
});

test('an import that a restored snapshot knows nothing of leaves nothing behind, not even for one with its id', async () => {
  const portal = await api();
  const { control } = portal.portal;
  control.snapshot('start');
  const rows = Array.from({ length: 450 }, (_, i) => `P${i},p${i}@example.com`);
  const gone = await start(portal, ['First,Email', ...rows].join('\n'));
  await portal.clock.advance(66);
  control.restore('start');
  await portal.clock.advance(5_000);
  expect((await portal.client.crm.imports.coreApi.getPage()).results).toEqual([]);
  expect(await contacts(portal)).toEqual([]);
  const next = await run(portal, 'First,Email\nAda,ada@example.com\n');
  expect(next).toMatchObject({
    id: gone.id,
    state: 'DONE',
    metadata: { counters: { TOTAL_ROWS: 1, CREATED_OBJECTS: 1 } },
  });
  expect((await contacts(portal)).map(({ properties }) => properties['firstname'])).toEqual(['Ada']);
});

const column = (more: object) => request([{ fileName: 'people.csv', columns: [{ ...email, ...more }] }]);

test('a request that means nothing is refused, and a file without its columns fails', async () => {
  const portal = await api();
  const { client } = portal;
  const csv = 'First,Email\nAda,ada@example.com\n';
  const refused = async (json: string | undefined, name = 'people.csv') => {
    const { code, body } = await refusal(client.crm.imports.coreApi.create({ data: Buffer.from(csv), name }, json));
    return [code, at(body, 'message')];
  };
  expect(await refused(undefined)).toEqual([400, 'The "importRequest" part of the form is required']);
  expect(await refused('{')).toEqual([400, expect.stringContaining('Invalid input JSON on line 1')]);
  expect(await refused(request([]))).toEqual([400, 'An import must have at least one file']);
  expect(await refused(request([people]), 'others.csv')).toEqual([400, 'No file named people.csv was sent']);
  expect(await refused(column({ propertyName: 'nonsense' }))).toEqual([400, 'Property "nonsense" does not exist']);
  expect(await refused(column({ columnObjectTypeId: 'moons' }))).toEqual([
    400,
    'Unable to infer object type from: moons',
  ]);
  expect(await refused(column({ propertyName: 'firstname' }))).toEqual([
    400,
    'Property "firstname" is not a unique identifier of CONTACT',
  ]);
  expect(await refused(request([people], { importOperations: { '0-1': 'DELETE' } }))).toMatchObject([
    400,
    expect.anything(),
  ]);
  expect(await refused(request([people], { timeZone: 'Mars/Olympus' }))).toEqual([
    400,
    'Invalid timeZone: Mars/Olympus',
  ]);
  expect(await refused(request([people], { dateFormat: 'DAY' }))).toMatchObject([400, expect.anything()]);
  expect((await refusal(client.crm.imports.coreApi.getById(1))).code).toBe(404);
  expect((await refusal(client.crm.imports.publicImportsApi.getErrors(1))).code).toBe(404);
  const tooMany = Buffer.alloc(2 * (1_048_576 + 2), 'a\n');
  const { code } = await refusal(start(portal, tooMany));
  expect(code).toBe(429);
  expect((await client.crm.imports.coreApi.getPage()).results).toEqual([]);

  const unclosed = await run(portal, 'First,Email\n"Ada,ada@example.com\n');
  expect(unclosed.state).toBe('FAILED');
  expect(await errorsOf(portal, unclosed.id)).toMatchObject([{ errorType: 'COULD_NOT_PARSE_ROW' }]);
  const failed = await run(portal, 'Given name,Email\nAda,ada@example.com\n');
  expect(failed.state).toBe('FAILED');
  expect(await errorsOf(portal, failed.id)).toMatchObject([
    { errorType: 'INVALID_COLUMN_CONFIGURATION', errorMessage: 'The file has no column named First' },
  ]);
  expect(await contacts(portal)).toEqual([]);
});

test('an import that only creates needs columns for what every record must have', async () => {
  const portal = await api();
  const creating = (columns: readonly Column[], operations: object) =>
    start(portal, 'X\n', request([{ fileName: 'people.csv', columns }], { importOperations: operations }));
  const job = { columnName: 'Job', propertyName: 'jobtitle' };
  expect((await refusal(creating([job], { '0-1': 'CREATE' }))).body).toMatchObject({
    category: 'VALIDATION_ERROR',
    message: 'Some required properties for CONTACT creates are missing: [One of [email, firstname, lastname]]',
    context: { 'CONTACT properties': ['[jobtitle]'] },
  });
  const amount = { columnName: 'Amount', propertyName: 'amount', columnObjectTypeId: '0-3' };
  expect(at((await refusal(creating([amount], { '0-3': 'CREATE' }))).body, 'message')).toBe(
    'Some required properties for DEAL creates are missing: [dealname, dealstage]',
  );
  expect((await creating([job, first], { '0-1': 'CREATE' })).state).toBe('STARTED');
  expect((await creating([job], { '0-1': 'UPDATE' })).state).toBe('STARTED');
});

test('records are found by values that changed while the import runs', async () => {
  const portal = await api();
  const { companies } = portal.client.crm;
  const name = { columnName: 'Name', propertyName: 'name', columnObjectTypeId: '0-2' };
  const domain = { columnName: 'Domain', propertyName: 'domain', columnObjectTypeId: '0-2' };
  const rows = Array.from({ length: 250 }, (_, i) => `C${i},c${i}.example`);
  const json = request([{ fileName: 'people.csv', columns: [name, domain] }]);
  const moved = await companies.basicApi.create({ properties: { domain: 'c248.example' } });
  await start(portal, ['Name,Domain', ...rows, 'Late,late.example', 'Twice,C0.EXAMPLE'].join('\n'), json);
  await portal.clock.advance(66);
  expect(await portal.client.crm.companies.basicApi.getPage(100)).toHaveProperty('paging');
  await companies.basicApi.update(moved.id, { properties: { domain: 'late.example' } });
  await portal.clock.advance(5_000);
  expect((await companies.basicApi.getById(moved.id, ['name', 'domain'])).properties).toMatchObject({
    name: 'Late',
    domain: 'late.example',
  });
  const [done] = (await portal.client.crm.imports.coreApi.getPage()).results;
  expect(done).toMatchObject({ state: 'DONE', metadata: { counters: { CREATED_OBJECTS: 250, UPDATED_OBJECTS: 1 } } });
});

/** A spreadsheet with these rows; `size` is what it says that it unpacks to. */
async function spreadsheet(rows: string, size?: number): Promise<Buffer> {
  const empty = unzipSync(new Uint8Array(await writeXlsxFile([[{ value: 'Email' }]]).toBuffer()));
  const sheet = `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  const file = Buffer.from(zipSync({ ...empty, 'xl/worksheets/sheet1.xml': new TextEncoder().encode(sheet) }));
  // The first entry of the archive's directory.
  if (size !== undefined) file.writeUInt32LE(size, file.indexOf('PK\u0001\u0002', 'latin1') + 24);
  return file;
}

test('a spreadsheet that would fill the memory ends as a failed import', async () => {
  const portal = await api();
  const json = request([{ ...people, fileFormat: 'SPREADSHEET' }]);
  const far = await spreadsheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>');
  const errors = [];
  for (const file of [far, await spreadsheet('', 600_000_000)]) {
    const { id, state } = await run(portal, file, json);
    expect(state).toBe('FAILED');
    errors.push(...(await errorsOf(portal, id)));
  }
  expect(errors).toMatchObject([
    { errorType: 'INVALID_SPREADSHEET', errorMessage: 'The spreadsheet has too many cells' },
    { errorType: 'INVALID_SPREADSHEET', errorMessage: 'The spreadsheet is too large' },
  ]);
});
