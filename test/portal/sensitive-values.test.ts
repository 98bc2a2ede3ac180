/** Values of sensitive properties, to tokens with and without the scopes for them. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { HttpMethod } from '../../src/fetch.ts';
import { allScopes } from '../../src/portal/scopes.ts';
import { create } from './records.ts';
import { at, type Talk, talkTo } from './talk.ts';

const ALL = 'pat-na1-all';
const PLAIN = 'pat-na1-plain';
const CONTACTS = '/crm/v3/objects/contacts';

let talk: Talk;
let id: string;

beforeEach(async () => {
  talk = await talkTo({
    tokens: new Map([
      [ALL, [...allScopes]],
      [PLAIN, [...allScopes].filter((scope) => !scope.includes('sensitive'))],
    ]),
  });
  for (const dataSensitivity of ['sensitive', 'highly_sensitive']) {
    const property = {
      name: `${dataSensitivity}_number`,
      label: 'Number',
      groupName: 'contactinformation',
      type: 'string',
      fieldType: 'text',
      dataSensitivity,
      hasUniqueValue: true,
    };
    await talk('POST', '/crm/v3/properties/contacts', property, ALL);
  }
  const properties = { email: 'ada@example.com', sensitive_number: '36', highly_sensitive_number: '42' };
  const made = await talk('POST', CONTACTS, { properties }, ALL);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  id = String(at(made.body, 'id'));
});

const filter = (propertyName: string) => ({ filters: [{ propertyName, operator: 'EQ', value: '36' }] });
const list = (property: string) => ({
  name: property,
  objectTypeId: '0-1',
  processingType: 'DYNAMIC',
  filterBranch: {
    filterBranchType: 'OR',
    filterBranches: [
      {
        filterBranchType: 'AND',
        filters: [
          {
            filterType: 'PROPERTY',
            property,
            operation: { operationType: 'MULTISTRING', operator: 'IS_EQUAL_TO', values: ['36'] },
          },
        ],
      },
    ],
  },
});
const exported = {
  exportType: 'VIEW',
  format: 'CSV',
  exportName: 'numbers',
  language: 'EN',
  objectType: 'CONTACT',
  objectProperties: ['email'],
};

const uses = (name: string): readonly (readonly [method: HttpMethod, path: string, body?: unknown])[] => [
  ['GET', `${CONTACTS}?properties=email,${name}`],
  ['GET', `${CONTACTS}/$id?properties=${name}`],
  ['GET', `${CONTACTS}/$id?propertiesWithHistory=${name}`],
  ['GET', `${CONTACTS}/36?idProperty=${name}`],
  ['POST', `${CONTACTS}/batch/read`, { inputs: [{ id: '$id' }], properties: [name] }],
  ['POST', `${CONTACTS}/batch/read`, { inputs: [{ id: '36' }], idProperty: name, properties: [] }],
  ['POST', `${CONTACTS}/search`, { properties: [name] }],
  ['POST', `${CONTACTS}/search`, filter(name)],
  ['POST', `${CONTACTS}/search`, { sorts: [{ propertyName: name, direction: 'ASCENDING' }] }],
  ['POST', '/crm/v3/exports/export/async', { ...exported, objectProperties: [name] }],
  ['POST', '/crm/v3/exports/export/async', { ...exported, publicCrmSearchRequest: filter(name) }],
  ['POST', '/crm/v3/lists', list(name)],
  ['POST', CONTACTS, { properties: { email: 'b@example.com', [name]: '1' } }],
  ['PATCH', `${CONTACTS}/$id`, { properties: { [name]: '1' } }],
  ['POST', `${CONTACTS}/batch/create`, { inputs: [{ properties: { email: 'b@example.com', [name]: '1' } }] }],
  ['POST', `${CONTACTS}/batch/update`, { inputs: [{ id: '$id', properties: { [name]: '1' } }] }],
  [
    'POST',
    `${CONTACTS}/batch/upsert`,
    { inputs: [{ id: '1', idProperty: name, properties: { email: 'b@example.com' } }] },
  ],
];

describe.each(uses('sensitive_number').map(([method, path, body]) => ({ method, path, body })))(
  '$method $path $body',
  ({ method, path, body }) => {
    const send = (token: string) =>
      talk(method, path.replace('$id', id), body && JSON.parse(JSON.stringify(body).replace('$id', id)), token);

    test('is for tokens with the scope only, and the refusal names it', async () => {
      const before = (await talk('GET', `${CONTACTS}/${id}?properties=sensitive_number`, undefined, ALL)).body;
      const refused = await send(PLAIN);
      expect(refused).toMatchObject({ status: 403, body: { category: 'MISSING_SCOPES' } });
      expect(at(refused.body, 'errors', 0, 'context', 'requiredGranularScopes', 0)).toMatch(
        /^crm\.objects\.contacts\.sensitive\.(read|write)\.v2$/,
      );
      expect((await talk('GET', `${CONTACTS}/${id}?properties=sensitive_number`, undefined, ALL)).body).toEqual(before);
      expect((await send(ALL)).status).toBeLessThan(300);
    });
  },
);

test('what is highly sensitive has scopes of its own, and nobody searches, sorts or lists by it', async () => {
  for (const [method, path, body] of uses('highly_sensitive_number')) {
    const filled = body && JSON.parse(JSON.stringify(body).replace('$id', id));
    const searches = /"filters|"sorts/.test(JSON.stringify(body ?? ''));
    const refused = await talk(method, path.replace('$id', id), filled, PLAIN);
    const allowed = searches ? await talk(method, path, filled, ALL) : undefined;
    expect([searches ? [400, 403] : [403], allowed?.status]).toEqual([
      expect.arrayContaining([refused.status]),
      searches ? 400 : undefined,
    ]);
  }
});

test('an answer that nobody asked for it leaves it out', async () => {
  const other = await create(
    Object.assign((...[method, path, body]: Parameters<Talk>) => talk(method, path, body, ALL), {
      portal: talk.portal,
    }),
    'contacts',
    { email: 'grace@example.com' },
  );
  const merged = await talk('POST', `${CONTACTS}/merge`, { primaryObjectId: id, objectIdToMerge: other }, PLAIN);
  expect(merged.status).toBe(200);
  expect(at(merged.body, 'properties', 'email')).toBe('ada@example.com');
  expect(Object.keys(Object(at(merged.body, 'properties'))).filter((name) => name.includes('sensitive'))).toEqual([]);
  const kept = await talk('GET', `${CONTACTS}/${id}?properties=sensitive_number`, undefined, ALL);
  expect(at(kept.body, 'properties', 'sensitive_number')).toBe('36');
});

function startImport(token: string) {
  const form = new FormData();
  const columnMappings = ['email', 'sensitive_number'].map((name) => ({
    columnObjectTypeId: '0-1',
    columnName: name,
    propertyName: name,
  }));
  const files = [{ fileName: 'a.csv', fileFormat: 'CSV', fileImportPage: { hasHeader: true, columnMappings } }];
  form.set('importRequest', JSON.stringify({ name: 'numbers', files }));
  form.set('files', new File(['email,sensitive_number\nx@example.com,7\n'], 'a.csv'));
  const request = new Request('http://127.0.0.1/crm/v3/imports', { method: 'POST', body: form });
  return request.arrayBuffer().then((body) =>
    talk.portal.fetch({
      method: 'POST',
      url: request.url,
      headers: { authorization: `Bearer ${token}`, 'content-type': request.headers.get('content-type') ?? '' },
      body: new Uint8Array(body),
    }),
  );
}

test('an import writes it for tokens with the scope only', async () => {
  expect((await startImport(PLAIN)).status).toBe(403);
  expect((await startImport(ALL)).status).toBe(200);
});
