/** Exports, driven by HubSpot's own client. */

import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/companies/index.js';
import { ActionResponseWithSingleResultURIStatusEnum } from '@hubspot/api-client/lib/codegen/crm/exports/index.js';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import readXlsxFile from 'read-excel-file/node';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/clock.ts';
import { fakeClock } from '../../fake-clock.ts';
import { at } from '../talk.ts';
import { type HubSpot, hubspot, refusal } from './hubspot.ts';

const common = {
  format: 'CSV',
  exportName: 'People',
  objectType: 'CONTACT',
  language: 'EN',
  objectProperties: ['firstname', 'email'],
  exportInternalValuesOptions: [],
  overrideAssociatedObjectsPerDefinitionPerRowLimit: false,
};

/** The client's own `start` fails before it sends anything (its generated code lacks a method); `apiRequest` does not. */
async function start({ client }: HubSpot, body: object): Promise<{ readonly id: string }> {
  const answer = await client.apiRequest({ method: 'POST', path: '/crm/v3/exports/export/async', body });
  const said: unknown = await answer.json();
  if (answer.status !== 202) throw Object.assign(new Error(`${answer.status}`), { code: answer.status, body: said });
  return { id: String(at(said, 'id')) };
}

function exportView(portal: HubSpot, more: object = {}) {
  return start(portal, { ...common, exportType: 'VIEW', ...more });
}

function exportList(portal: HubSpot, listId: string, more: object = {}) {
  return start(portal, { ...common, exportType: 'LIST', listId, ...more });
}

/** The file of an export, fetched without a token when it is there. */
async function fileOf({ client }: HubSpot, id: string): Promise<Response> {
  for (;;) {
    const task = await client.crm.exports.publicExportsApi.getStatus(Number(id));
    if (task.result !== undefined) return fetch(task.result);
    if (task.status === ActionResponseWithSingleResultURIStatusEnum.Canceled) throw new Error(JSON.stringify(task));
    await new Promise((resolve) => systemClock.after(20, () => resolve(undefined)));
  }
}

async function rowsOf(portal: HubSpot, id: string): Promise<string[][]> {
  return parse(await (await fileOf(portal, id)).text());
}

async function people(portal: HubSpot): Promise<{ ada: string; bob: string }> {
  const { basicApi } = portal.client.crm.contacts;
  const ada = await basicApi.create({
    properties: { firstname: 'Ada', email: 'ada@example.com', lifecyclestage: 'lead', hs_lead_status: 'OPEN' },
  });
  const bob = await basicApi.create({ properties: { firstname: 'Bob, "B"', email: 'bob@example.com' } });
  return { ada: ada.id, bob: bob.id };
}

test('a view is exported as CSV: asked for, waited for, and fetched without a token', async () => {
  const portal = await hubspot();
  const { ada, bob } = await people(portal);
  const { id } = await exportView(portal);
  const file = await fileOf(portal, id);
  expect(file.headers.get('content-type')).toBe('text/csv;charset=utf-8');
  expect(file.headers.get('content-disposition')).toContain('People.csv');
  expect(parse(await file.text())).toEqual([
    ['Record ID', 'First Name', 'Email'],
    [ada, 'Ada', 'ada@example.com'],
    [bob, 'Bob, "B"', 'bob@example.com'],
  ]);
  const done = await portal.client.crm.exports.publicExportsApi.getStatus(Number(id));
  expect(done).toMatchObject({ status: 'COMPLETE', startedAt: expect.any(Date), completedAt: expect.any(Date) });
  const answer = await portal.client.apiRequest({ path: `/crm/v3/exports/export/${id}` });
  expect(await answer.json()).toMatchObject({
    id,
    exportName: 'People',
    exportType: 'VIEW',
    exportState: 'DONE',
    objectType: 'CONTACT',
    objectProperties: ['firstname', 'email'],
    recordCount: 2,
  });
});

test('labels stand for options unless their values are asked for, and names for labels of properties', async () => {
  const portal = await hubspot();
  const { ada } = await people(portal);
  const objectProperties = ['lifecyclestage'];
  const publicCrmSearchRequest = { filters: [{ propertyName: 'email', operator: 'EQ', value: 'ada@example.com' }] };
  const labels = await exportView(portal, { objectProperties, publicCrmSearchRequest });
  expect(await rowsOf(portal, labels.id)).toEqual([
    ['Record ID', 'Lifecycle Stage'],
    [ada, 'Lead'],
  ]);
  const values = await exportView(portal, {
    objectProperties,
    publicCrmSearchRequest,
    exportInternalValuesOptions: ['NAMES', 'VALUES'],
  });
  expect(await rowsOf(portal, values.id)).toEqual([
    ['hs_object_id', 'lifecyclestage'],
    [ada, 'lead'],
  ]);
});

test('a view keeps what its filters and words keep, in the order of its sort', async () => {
  const portal = await hubspot();
  const { ada, bob } = await people(portal);
  const sorted = await exportView(portal, {
    publicCrmSearchRequest: { query: 'example', sorts: [{ propertyName: 'email', order: 'DES' }] },
  });
  expect((await rowsOf(portal, sorted.id)).slice(1).map(([id]) => id)).toEqual([bob, ada]);
});

test('a list is exported with the records that are in it, and with what they are associated with', async () => {
  const portal = await hubspot();
  const { ada } = await people(portal);
  const company = await portal.client.crm.companies.basicApi.create({
    properties: { name: 'Acme' },
    associations: [
      {
        to: { id: ada },
        types: [{ associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined, associationTypeId: 280 }],
      },
    ],
  });
  const { list } = await portal.client.crm.lists.listsApi.create({
    name: 'Picked',
    objectTypeId: '0-1',
    processingType: 'MANUAL',
  });
  await portal.client.crm.lists.membershipsApi.add(list.listId, [ada]);
  const { id } = await exportList(portal, list.listId, {
    associatedObjectType: 'COMPANY',
  });
  expect(await rowsOf(portal, id)).toEqual([
    ['Record ID', 'First Name', 'Email', 'Associated Company IDs'],
    [ada, 'Ada', 'ada@example.com', company.id],
  ]);
});

test('a spreadsheet is a real one', async () => {
  const portal = await hubspot();
  const { ada, bob } = await people(portal);
  const { id } = await exportView(portal, { format: 'XLSX' });
  const file = await fileOf(portal, id);
  const sheets = await readXlsxFile(Buffer.from(await file.arrayBuffer()));
  const rows = JSON.stringify(sheets);
  for (const text of ['First Name', ada, bob, 'ada@example.com']) expect(rows).toContain(text);
});

test('a large file comes in an archive', async () => {
  const portal = await hubspot();
  const text = 'x'.repeat(60_000);
  const inputs = Array.from({ length: 40 }, (_, i) => ({
    properties: { email: `c${i}@example.com`, message: text },
  }));
  await portal.client.crm.contacts.batchApi.create({ inputs: inputs.map((input) => ({ ...input, associations: [] })) });
  const { id } = await exportView(portal, { objectProperties: ['message'] });
  const file = await fileOf(portal, id);
  expect(file.headers.get('content-type')).toBe('application/zip');
  const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['People.csv']);
  expect(parse(Buffer.from(files['People.csv'] ?? []))).toHaveLength(41);
});

test('what cannot be exported is refused and starts nothing', async () => {
  const portal = await hubspot();
  expect(await refusal(exportView(portal, { objectProperties: ['shoe_size'] }))).toMatchObject({
    code: 400,
    body: {
      status: 'error',
      category: 'VALIDATION_ERROR',
      errors: [{ code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: ['shoe_size'] } }],
    },
  });
  expect(await refusal(exportView(portal, { objectType: 'SHOES' }))).toMatchObject({
    code: 400,
    body: { message: 'Unable to infer object type from: SHOES' },
  });
  expect(await refusal(exportList(portal, '99'))).toMatchObject({
    code: 404,
    body: { category: 'OBJECT_NOT_FOUND', message: 'List does not exist with ID 99.' },
  });
  expect(
    await refusal(
      exportView(portal, {
        publicCrmSearchRequest: { filters: [{ propertyName: 'shoe', operator: 'EQ', value: '1' }] },
      }),
    ),
  ).toMatchObject({ code: 400 });
  expect(await refusal(exportView(portal, { format: 'DOC' }))).toMatchObject({ code: 400 });
  expect(await refusal(exportView(portal, { format: 'XLS' }))).toMatchObject({
    code: 501,
    body: { category: 'NOT_EMULATED' },
  });
  expect(await refusal(portal.client.crm.exports.publicExportsApi.getStatus(5))).toMatchObject({
    code: 404,
    body: { category: 'OBJECT_NOT_FOUND' },
  });
});

test('an export needs its own scope', async () => {
  const portal = await hubspot({ tokens: new Map([['t', ['crm.objects.contacts.read']]]), token: 't' });
  expect(await refusal(exportView(portal))).toMatchObject({
    code: 403,
    body: { category: 'MISSING_SCOPES', errors: [{ context: { requiredGranularScopes: ['crm.export'] } }] },
  });
});

test('the 31st export within 24 hours is refused, and one can be asked for when the first is a day old', async () => {
  const clock = fakeClock();
  const portal = await hubspot({ clock });
  for (let i = 0; i < 30; i++) await exportView(portal);
  expect(await refusal(exportView(portal))).toMatchObject({ code: 429, body: { category: 'RATE_LIMITS' } });
  await clock.advance(24 * 3_600_000);
  await expect(exportView(portal)).resolves.toMatchObject({ id: expect.any(String) });
});

test('exports wait for one another, and an address ends after five minutes, when there is a new one', async () => {
  const clock = fakeClock();
  const portal = await hubspot({ clock });
  await people(portal);
  const { publicExportsApi } = portal.client.crm.exports;
  const first = await exportView(portal);
  const second = await exportView(portal);
  expect(await publicExportsApi.getStatus(Number(first.id))).toMatchObject({ status: 'PENDING' });
  await clock.advance(50);
  expect((await publicExportsApi.getStatus(Number(first.id))).status).toBe('PROCESSING');
  expect((await publicExportsApi.getStatus(Number(second.id))).status).toBe('PENDING');
  await clock.advance(50);
  const { result = '' } = await publicExportsApi.getStatus(Number(first.id));
  expect((await fetch(result)).status).toBe(200);
  await clock.advance(5 * 60_000);
  const late = await fetch(result);
  expect(late.status).toBe(403);
  expect(await late.text()).toContain('<Code>AccessDenied</Code>');
  const { result: next = '' } = await publicExportsApi.getStatus(Number(first.id));
  expect(next).not.toBe(result);
  expect((await publicExportsApi.getStatus(Number(first.id))).result).toBe(next);
  expect(await (await fetch(next)).text()).toContain('Record ID');
  expect((await fetch(result.replace(/[^/]+\/People/, 'guessed/People'))).status).toBe(404);
  await clock.advance(30 * 86_400_000);
  expect((await publicExportsApi.getStatus(Number(first.id))).result).toBeUndefined();
});
