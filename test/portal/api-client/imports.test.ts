import { expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { at } from '../talk.ts';
import { api, contacts, email, errorsOf, first, people, request, run, sendFiles, start } from './imports.ts';

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
