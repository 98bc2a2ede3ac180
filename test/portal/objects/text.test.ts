import { expect, test } from 'vitest';
import { create, read, sendRaw } from '../records.ts';
import { talkTo } from '../talk.ts';

test('half a character is kept as the sign for one that cannot be shown, and searches go on', async () => {
  const talk = await talkTo();
  await create(talk, 'companies', { name: 'Acme' });
  const made = await sendRaw(talk, '/crm/v3/objects/companies', '{"properties":{"name":"half \\ud83d"}}');
  expect(made.status).toBe(201);
  const search = { query: 'half', properties: ['name'], sorts: [{ propertyName: 'name', direction: 'ASCENDING' }] };
  const found = await talk('POST', '/crm/v3/objects/companies/search', search);
  expect(found).toMatchObject({ body: { total: 1, results: [{ properties: { name: 'half \ufffd' } }] } });
  const id = await create(talk, 'companies', { name: 'whole 😀' });
  expect(await read(talk, 'companies', id, 'name')).toBe('whole 😀');
});

test('half a character anywhere else ends nothing either', async () => {
  const half = 'half \ud83d';
  const seed = {
    records: { companies: [{ properties: { name: half }, history: { name: [{ value: half, timestamp: 0 }] } }] },
    lists: [{ name: `${half} seeded`, objectTypeId: '0-2' }],
  };
  const talk = await talkTo({ seed: { json: JSON.stringify(seed) } });
  const search = { query: 'half', properties: ['name'], sorts: [{ propertyName: 'name', direction: 'ASCENDING' }] };
  const found = await talk('POST', '/crm/v3/objects/companies/search', search);
  expect(found).toMatchObject({ body: { total: 1, results: [{ properties: { name: 'half \ufffd' } }] } });
  const requests: readonly (readonly [path: string, body: unknown, status: number])[] = [
    [
      '/crm/v3/properties/contacts',
      { name: 'h', label: half, groupName: half, type: 'string', fieldType: 'text' },
      400,
    ],
    ['/crm/v3/properties/contacts/groups', { name: 'halves', label: half }, 201],
    ['/crm/v3/lists', { name: half, objectTypeId: '0-1', processingType: 'MANUAL' }, 200],
    ['/crm/v3/lists/search', { query: half }, 200],
    ['/files/v3/folders', { name: half }, 400],
    ['/files/v3/files/import-from-url/async', { url: half, name: half, access: 'PRIVATE' }, 400],
    ['/crm/v4/associations/contacts/deals/labels', { name: 'halves', label: half }, 200],
    ['/crm/v3/pipelines/deals', { label: half, displayOrder: 0, stages: [] }, 400],
    ['/crm/v3/objects/contacts/batch/read', { inputs: [{ id: half }], idProperty: 'email', properties: [half] }, 207],
    ['/crm/v3/objects/contacts/gdpr-delete', { objectId: half, idProperty: 'email' }, 204],
    ['/engagements/v1/engagements', { engagement: { type: 'NOTE' }, metadata: { body: half } }, 200],
  ];
  for (const [path, body, status] of requests) {
    const reply = await talk('POST', path, body);
    expect({ path, ...reply }).toMatchObject({ path, status });
  }
  talk.portal.control.snapshot('half');
  expect([...talk.portal.control.export()].join('')).toContain('half');
});
