import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { seededRandom } from '../../../src/clock.ts';
import { createPortal } from '../../../src/portal/index.ts';
import { type FakeClock, fakeClock } from '../../fake-clock.ts';
import { at, results, talkTo } from '../talk.ts';
import { type HubSpot, hubspot, refusal } from './hubspot.ts';

interface Column {
  readonly columnName: string;
  readonly propertyName?: string | null;
  readonly columnObjectTypeId?: string | undefined;
  readonly columnType?: string;
  readonly [more: string]: unknown;
}

interface File {
  readonly fileName: string;
  readonly columns: readonly Column[];
  readonly fileFormat?: string;
  readonly hasHeader?: boolean;
}

function request(files: readonly File[], more: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    name: 'Leads of November',
    dateFormat: 'DAY_MONTH_YEAR',
    ...more,
    files: files.map(({ fileName, columns, fileFormat = 'CSV', hasHeader = true }) => ({
      fileName,
      fileFormat,
      fileImportPage: {
        hasHeader,
        columnMappings: columns.map((column) => ({ columnObjectTypeId: '0-1', ...column })),
      },
    })),
  });
}

const email: Column = { columnName: 'Email', propertyName: 'email', columnType: 'HUBSPOT_ALTERNATE_ID' };
const first: Column = { columnName: 'First', propertyName: 'firstname' };
const people = { fileName: 'people.csv', columns: [first, email] };

type Api = HubSpot & { readonly clock: FakeClock };

async function api(): Promise<Api> {
  const clock = fakeClock();
  return { ...(await hubspot({ clock })), clock };
}

function start({ client }: HubSpot, csv: string | Buffer, json = request([people]), name = 'people.csv') {
  return client.crm.imports.coreApi.create({ data: Buffer.from(csv), name }, json);
}

async function run(portal: Api, csv: string | Buffer, json?: string, name?: string) {
  const { id } = await start(portal, csv, json, name);
  await portal.clock.advance(5_000);
  return portal.client.crm.imports.coreApi.getById(Number(id));
}

async function errorsOf({ client }: HubSpot, id: string) {
  return (await client.crm.imports.publicImportsApi.getErrors(Number(id), undefined, 100, true, true)).results;
}

async function contacts({ client }: HubSpot, properties = ['email', 'firstname']) {
  const page = await client.crm.contacts.basicApi.getPage(100, undefined, properties, undefined, ['companies']);
  return page.results;
}

/** Several files; the client sends one. */
async function sendFiles(portal: Api, json: string, files: Readonly<Record<string, string>>): Promise<unknown> {
  const form = new FormData();
  form.append('importRequest', json);
  for (const [name, content] of Object.entries(files)) form.append('files', new Blob([content]), name);
  const headers = { authorization: 'Bearer pat-na1-test' };
  const reply = await fetch(`${portal.url}/crm/imports/2026-09`, { method: 'POST', headers, body: form });
  return reply.json();
}

test('an import begins, creates and updates contacts, and counts what it did', async () => {
  const portal = await api();
  const { client } = portal;
  await client.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com', firstname: 'A.' } });
  const csv = '\uFEFFFirst,Email\r\nAda,ADA@example.com\r\n"Grace, Rear Admiral",grace@example.com\r\n';
  const started = await start(portal, csv);
  expect(started).toMatchObject({
    state: 'STARTED',
    importName: 'Leads of November',
    importSource: 'API',
    mappedObjectTypeIds: ['0-1'],
  });
  await portal.clock.advance(5_000);
  const done = await client.crm.imports.coreApi.getById(Number(started.id));
  expect(done).toMatchObject({
    state: 'DONE',
    metadata: {
      counters: {
        TOTAL_ROWS: 2,
        CREATED_OBJECTS: 1,
        UPDATED_OBJECTS: 1,
        UNIQUE_OBJECTS_WRITTEN: 2,
        PROPERTY_VALUES_EMITTED: 4,
        MAPPED_COLUMNS: 2,
      },
    },
  });
  expect(done.metadata.fileIds).toHaveLength(1);
  expect((await contacts(portal)).map(({ properties }) => properties)).toMatchObject([
    { email: 'ada@example.com', firstname: 'Ada' },
    { email: 'grace@example.com', firstname: 'Grace, Rear Admiral' },
  ]);
  const [ada] = await contacts(portal);
  const history = await client.crm.contacts.basicApi.getById(ada?.id ?? '', undefined, ['firstname']);
  expect(history.propertiesWithHistory?.['firstname']).toMatchObject([
    { value: 'Ada', sourceType: 'IMPORT', sourceId: started.id },
    { value: 'A.' },
  ]);
  expect((await client.crm.imports.coreApi.getPage()).results.map(({ id }) => id)).toEqual([started.id]);
});

test('what people write in files is understood: labels, dates in their order, numbers, owners', async () => {
  const portal = await api();
  const columns = [
    email,
    { columnName: 'Stage', propertyName: 'lifecyclestage' },
    { columnName: 'Close', propertyName: 'closedate' },
  ];
  const csv = 'Close,Email,Stage\n31/12/2026 18:30,a@example.com,Marketing Qualified Lead\n1.2.26,b@example.com,lead\n';
  const done = await run(portal, csv, request([{ fileName: 'people.csv', columns }], { timeZone: 'America/New_York' }));
  expect(await errorsOf(portal, done.id)).toEqual([]);
  expect(
    (await contacts(portal, ['email', 'lifecyclestage', 'closedate'])).map(({ properties }) => properties),
  ).toMatchObject([
    { email: 'a@example.com', lifecyclestage: 'marketingqualifiedlead', closedate: '2026-12-31T23:30:00Z' },
    { email: 'b@example.com', lifecyclestage: 'lead', closedate: '2026-02-01T05:00:00Z' },
  ]);
  const deals = [
    { columnName: 'Deal', propertyName: 'dealname', columnObjectTypeId: '0-3' },
    { columnName: 'Amount', propertyName: 'amount', columnObjectTypeId: 'DEAL' },
    { columnName: 'Stage', propertyName: 'dealstage', columnObjectTypeId: '0-3' },
  ];
  await run(
    portal,
    'Deal,Amount,Stage\nBig,"$1,234.50",Closed won\n',
    request([{ fileName: 'd.csv', columns: deals }]),
    'd.csv',
  );
  expect(
    (await portal.client.crm.deals.basicApi.getPage(10, undefined, ['dealname', 'amount', 'dealstage'])).results,
  ).toMatchObject([{ properties: { dealname: 'Big', amount: '1234.50', dealstage: 'closedwon' } }]);
});

test('a spreadsheet is read as well as a CSV', async () => {
  const portal = await api();
  const columns = [email, { columnName: 'Close', propertyName: 'closedate' }, first];
  const sheet = await writeXlsxFile([
    [{ value: 'Email' }, { value: 'Close' }, { value: 'First' }],
    [
      { value: 'a@example.com' },
      { value: new Date(Date.UTC(2026, 2, 4)), type: Date, format: 'dd/mm/yyyy' },
      { value: 42, type: Number },
    ],
  ]).toBuffer();
  const json = request([{ fileName: 'people.xlsx', columns, fileFormat: 'SPREADSHEET' }], { timeZone: 'UTC' });
  expect((await run(portal, sheet, json, 'people.xlsx')).state).toBe('DONE');
  expect(
    (await contacts(portal, ['email', 'firstname', 'closedate'])).map(({ properties }) => properties),
  ).toMatchObject([{ email: 'a@example.com', firstname: '42', closedate: '2026-03-04T00:00:00Z' }]);
  const broken = await run(portal, 'no spreadsheet', json, 'people.xlsx');
  expect(broken.state).toBe('FAILED');
  expect(await errorsOf(portal, broken.id)).toMatchObject([{ errorType: 'INVALID_SPREADSHEET' }]);
});

test('every bad row is told with its place, its value and its reason; the others are imported', async () => {
  const portal = await api();
  const columns = [
    email,
    { columnName: 'Stage', propertyName: 'lifecyclestage' },
    { columnName: 'Close', propertyName: 'closedate' },
    { columnName: 'Owner', propertyName: 'hubspot_owner_id' },
  ];
  const csv = [
    'Email,Stage,Close,Owner',
    'a@example.com,emperor,32/13/2026,nobody@example.com',
    'no address,lead,,',
    'b@example.com,lead',
    'c@example.com,lead,,',
    'c@example.com,lead,,',
  ].join('\n');
  const done = await run(portal, csv, request([{ fileName: 'people.csv', columns }]));
  expect(done).toMatchObject({
    state: 'DONE',
    metadata: { counters: { TOTAL_ROWS: 5, CREATED_OBJECTS: 2, ERRORS: 6 } },
  });
  const errors = await errorsOf(portal, done.id);
  expect(
    errors.map(({ errorType, sourceData, invalidValue, knownColumnNumber }) => [
      errorType,
      sourceData.lineNumber,
      invalidValue,
      knownColumnNumber,
    ]),
  ).toEqual([
    ['INVALID_ENUMERATION_OPTION', 2, 'emperor', 2],
    ['COULD_NOT_PARSE_DATE', 2, '32/13/2026', 3],
    ['COULD_NOT_FIND_OWNER', 2, 'nobody@example.com', 4],
    ['INVALID_EMAIL', 3, 'no address', 1],
    ['INCORRECT_NUMBER_OF_COLUMNS', 4, undefined, undefined],
    ['DUPLICATE_ALTERNATE_ID', 6, undefined, undefined],
  ]);
  expect(errors[3]).toMatchObject({
    objectType: 'CONTACT',
    objectTypeId: '0-1',
    errorMessage: 'Email address no address is invalid',
    sourceData: { fileId: Number(done.metadata.fileIds[0]), rowData: ['no address', 'lead', '', ''] },
  });
  const { publicImportsApi } = portal.client.crm.imports;
  const page = await publicImportsApi.getErrors(Number(done.id), undefined, 4);
  expect(page.results[0]).not.toHaveProperty('errorMessage', expect.anything());
  expect(page.results[0]?.sourceData.rowData).toEqual([]);
  const rest = await publicImportsApi.getErrors(Number(done.id), page.paging?.next?.after, 4);
  expect(rest.results.map(({ errorType }) => errorType)).toEqual([
    'INCORRECT_NUMBER_OF_COLUMNS',
    'DUPLICATE_ALTERNATE_ID',
  ]);
});

test('an import only creates, or only updates, where it is told to', async () => {
  const portal = await api();
  await portal.client.crm.contacts.basicApi.create({ properties: { email: 'old@example.com', firstname: 'Old' } });
  const csv = 'First,Email\nX,old@example.com\nY,new@example.com\n';
  const updated = await run(portal, csv, request([people], { importOperations: { '0-1': 'UPDATE' } }));
  expect((await errorsOf(portal, updated.id)).map(({ errorType }) => errorType)).toEqual(['UPDATE_ONLY_IMPORT']);
  expect((await contacts(portal)).map(({ properties }) => properties['firstname'])).toEqual(['X']);
  const created = await run(portal, csv, request([people], { importOperations: { '0-1': 'CREATE' } }));
  expect((await errorsOf(portal, created.id)).map(({ errorType }) => errorType)).toEqual(['CREATE_ONLY_IMPORT']);
  expect((await contacts(portal)).map(({ properties }) => properties['firstname'])).toEqual(['X', 'Y']);
  const [old] = await contacts(portal);
  const byId = [{ columnName: 'Id', propertyName: null, columnType: 'HUBSPOT_OBJECT_ID' }, first];
  const third = await run(
    portal,
    `Id,First\n${old?.id},Z\n1,Nobody\n`,
    request([{ fileName: 'people.csv', columns: byId }]),
  );
  expect((await errorsOf(portal, third.id)).map(({ errorType, invalidValue }) => [errorType, invalidValue])).toEqual([
    ['INVALID_OBJECT_ID', '1'],
  ]);
  expect((await contacts(portal)).map(({ properties }) => properties['firstname'])).toEqual(['Z', 'Y']);
});

test('an address that was deleted for good does not come back by an import', async () => {
  const portal = await api();
  const { client } = portal;
  const ada = await client.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com' } });
  const body = { objectId: ada.id };
  await client.apiRequest({ method: 'POST', path: '/crm/v3/objects/contacts/gdpr-delete', body });
  const done = await run(portal, 'First,Email\nAda,ada@example.com\n');
  expect((await errorsOf(portal, done.id)).map(({ errorType }) => errorType)).toEqual(['GDPR_BLACKLISTED_EMAIL']);
  expect(await contacts(portal)).toEqual([]);
});

test('a row that would go beyond a limit of associations is imported without its link', async () => {
  const portal = await api();
  const path = '/crm/associations/2026-09/definitions/configurations/companies/contacts/batch/create';
  const body = { inputs: [{ category: 'HUBSPOT_DEFINED', typeId: 280, maxToObjectIds: 1 }] };
  expect((await portal.client.apiRequest({ method: 'POST', path, body })).status).toBe(201);
  const columns = [email, { columnName: 'Domain', propertyName: 'domain', columnObjectTypeId: '0-2' }];
  const csv = 'Email,Domain\na@acme.example,acme.example\nb@acme.example,acme.example\n';
  const done = await run(portal, csv, request([{ fileName: 'people.csv', columns }]));
  expect(done).toMatchObject({ state: 'DONE', metadata: { counters: { ASSOCIATIONS_CREATED: 1, ERRORS: 1 } } });
  expect((await errorsOf(portal, done.id)).map(({ errorType }) => errorType)).toEqual(['ASSOCIATION_LIMIT_EXCEEDED']);
  expect((await contacts(portal)).map(({ associations }) => associations !== undefined)).toEqual([true, false]);
});

test('the records of a row are linked, with the labels that it names, and companies are known by their domain', async () => {
  const portal = await api();
  const { client } = portal;
  const { typeId = 0 } =
    (
      await client.crm.associations.v4.schema.definitionsApi.create('contacts', 'companies', {
        name: 'boss',
        label: 'Boss',
      })
    ).results.find(({ label }) => label === 'Boss') ?? {};
  const columns = [
    email,
    { columnName: 'Domain', propertyName: 'domain', columnObjectTypeId: '0-2' },
    { columnName: 'Company', propertyName: 'name', columnObjectTypeId: '0-2' },
    {
      columnName: 'Role',
      columnType: 'FLEXIBLE_ASSOCIATION_LABEL',
      columnObjectTypeId: '0-1',
      toColumnObjectTypeId: '0-2',
    },
  ];
  const csv =
    'Email,Domain,Company,Role\na@acme.example,acme.example,Acme,boss\nb@acme.example,ACME.example,Acme Inc,Jester\n';
  const done = await run(portal, csv, request([{ fileName: 'people.csv', columns }]));
  expect(done.metadata.counters).toMatchObject({
    CREATED_OBJECTS: 3,
    UPDATED_OBJECTS: 1,
    ASSOCIATIONS_EMITTED: 2,
    ASSOCIATIONS_CREATED: 2,
  });
  expect((await errorsOf(portal, done.id)).map(({ errorType }) => errorType)).toEqual(['ASSOCIATION_LABEL_NOT_FOUND']);
  const companies = (await client.crm.companies.basicApi.getPage()).results;
  expect(companies.map(({ properties }) => properties['name'])).toEqual(['Acme Inc']);
  const [a] = await contacts(portal);
  const links = await client.crm.associations.v4.basicApi.getPage('contacts', a?.id ?? '', 'companies');
  expect(links.results[0]?.associationTypes.map((type) => type.typeId).sort((x, y) => x - y)).toEqual(
    [1, typeId, 279].sort((x, y) => x - y),
  );
});

test('two files are linked by their common column, and records by ids that a column holds', async () => {
  const portal = await api();
  const { client } = portal;
  const files = [
    {
      fileName: 'companies.csv',
      columns: [
        { columnName: 'Name', propertyName: 'name', columnObjectTypeId: '0-2' },
        { columnName: 'Domain', propertyName: 'domain', columnObjectTypeId: '0-2', columnType: 'HUBSPOT_ALTERNATE_ID' },
        {
          columnName: 'Email',
          propertyName: null,
          columnObjectTypeId: '0-2',
          toColumnObjectTypeId: '0-1',
          foreignKeyType: { associationTypeId: 280, associationCategory: 'HUBSPOT_DEFINED' },
        },
      ],
    },
    { fileName: 'people.csv', columns: [first, { ...email, associationIdentifierColumn: true }] },
  ];
  const reply = await sendFiles(portal, request(files), {
    'people.csv': 'First,Email\nAda,ada@example.com\n',
    'companies.csv': 'Name,Domain,Email\nEngines,engines.example,ada@example.com;nobody@example.com\n',
  });
  await portal.clock.advance(5_000);
  const id = String(at(reply, 'id'));
  expect((await client.crm.imports.coreApi.getById(Number(id))).state).toBe('DONE');
  expect((await errorsOf(portal, id)).map(({ errorType, invalidValue }) => [errorType, invalidValue])).toEqual([
    ['NO_OBJECT_ID_FROM_ASSOCIATION_IDENTIFIER', 'nobody@example.com'],
  ]);
  const [company] = (await client.crm.companies.basicApi.getPage()).results;
  const [ada] = await contacts(portal);
  expect(ada?.associations?.['companies']?.results.map((each) => each.id)).toContain(company?.id);

  const columns = [
    email,
    {
      columnName: 'Company ID',
      propertyName: null,
      columnObjectTypeId: undefined,
      columnObjectType: 'CONTACT',
      idColumnType: 'HUBSPOT_OBJECT_ID',
      foreignKeyType: { associationTypeId: 279, associationCategory: 'HUBSPOT_DEFINED' },
    },
  ];
  const csv = `Email,Company ID\nbob@example.com,${company?.id}\n`;
  expect((await run(portal, csv, request([{ fileName: 'people.csv', columns }]))).metadata.counters).toMatchObject({
    ASSOCIATIONS_CREATED: 1,
  });
});

test('an import makes a list of its contacts, and marketing contacts of them, where it is asked to', async () => {
  const portal = await api();
  const done = await run(
    portal,
    'First,Email\nAda,ada@example.com\n',
    request([people], { createContactListFromImport: true }),
  );
  const [list] = done.metadata.objectLists;
  expect(list?.objectType).toBe('0-1');
  const { client } = portal;
  expect((await client.crm.lists.listsApi.getById(list?.listId ?? '')).list).toMatchObject({
    name: 'Leads of November',
    processingType: 'SNAPSHOT',
  });
  const marked = await run(
    portal,
    'First,Email\nAda,ada@example.com\n',
    request([people], { marketableContactImport: true }),
  );
  expect(marked.metadata.objectLists).toEqual([]);
  expect((await contacts(portal, ['hs_marketable_status']))[0]?.properties['hs_marketable_status']).toBe('true');
  const members = await client.crm.lists.membershipsApi.getPage(list?.listId ?? '');
  expect(members.results.map(({ recordId }) => recordId)).toEqual((await contacts(portal)).map(({ id }) => id));
});

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

test('a request that means nothing is refused, and a file without its columns fails', async () => {
  const portal = await api();
  const { client } = portal;
  const csv = 'First,Email\nAda,ada@example.com\n';
  const refused = async (json: string | undefined, name = 'people.csv') => {
    const { code, body } = await refusal(client.crm.imports.coreApi.create({ data: Buffer.from(csv), name }, json));
    return [code, at(body, 'message')];
  };
  const column = (more: object) => request([{ fileName: 'people.csv', columns: [{ ...email, ...more }] }]);
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
