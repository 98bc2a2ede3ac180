import { expect, test } from 'vitest';
import { hubspot, refusal } from './hubspot.ts';

test('a contact is created, and a second one with its address is refused with its id', async () => {
  const { client } = await hubspot();
  const created = await client.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com' } });
  expect(created.properties['email']).toBe('ada@example.com');
  expect(
    await refusal(client.crm.contacts.basicApi.create({ properties: { email: 'Ada@example.com' } })),
  ).toMatchObject({
    code: 409,
    body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${created.id}` },
  });
});
