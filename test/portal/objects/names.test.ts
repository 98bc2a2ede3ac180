import { expect, test } from 'vitest';
import { create, read, sendRaw } from '../records.ts';
import { at, results, type Talk, talkTo } from '../talk.ts';

const contacts = '/crm/v3/objects/contacts';

async function withProperty(name: string, more: object = {}): Promise<Talk> {
  const talk = await talkTo();
  const property = { name, label: name, groupName: 'contactinformation', type: 'string', fieldType: 'text', ...more };
  expect((await talk('POST', '/crm/v3/properties/contacts', property)).status).toBe(201);
  return talk;
}

test('a property called as something that every JavaScript object has is one as any other', async () => {
  const talk = await withProperty('constructor', { hasUniqueValue: true });
  const ada = await create(talk, 'contacts', { email: 'a@b.co' });
  const bob = await create(talk, 'contacts', { email: 'b@b.co', constructor: 'Ferrari' });
  expect(await read(talk, 'contacts', ada, 'constructor')).toBeNull();
  const found = await talk('POST', `${contacts}/search`, {
    filterGroups: [{ filters: [{ propertyName: 'constructor', operator: 'NOT_HAS_PROPERTY' }] }],
    sorts: ['constructor'],
  });
  expect(results(found)).toMatchObject([{ id: ada }]);

  const set = await talk('PATCH', `${contacts}/${ada}`, { properties: { constructor: 'McLaren' } });
  expect(set).toMatchObject({ status: 200, body: { properties: { constructor: 'McLaren' } } });
  expect((await talk('PATCH', `${contacts}/${ada}`, { properties: { constructor: '' } })).status).toBe(200);
  const merged = await talk('POST', `${contacts}/merge`, { primaryObjectId: ada, objectIdToMerge: bob });
  const id = String(at(merged.body, 'id'));
  const whole = await talk('GET', `${contacts}/${id}?propertiesWithHistory=constructor`);
  expect(at(whole.body, 'propertiesWithHistory', 'constructor', 0)).toMatchObject({ value: 'Ferrari' });
  const upserted = await talk('POST', `${contacts}/batch/upsert`, {
    inputs: [{ id: 'Ferrari', idProperty: 'constructor', properties: { city: 'Maranello' } }],
  });
  expect(results(upserted)).toMatchObject([{ id, new: false }]);
});

test('members that HubSpot does not know are ignored in the metadata of an engagement, whatever they are called', async () => {
  const talk = await talkTo();
  const body =
    '{"engagement":{"type":"NOTE"},"metadata":{"constructor":"x","__proto__":1,"toString":2,"body":"Hello"}}';
  const reply = await sendRaw(talk, '/engagements/v1/engagements', body);
  expect(reply.status).toBe(200);
  expect(JSON.parse(String(reply.body))).toMatchObject({ metadata: { body: 'Hello' } });
});
