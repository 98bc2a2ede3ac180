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
