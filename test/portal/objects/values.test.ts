import { expect, test } from 'vitest';
import { create, problems, read, sendRaw } from '../records.ts';
import { at, talkTo } from '../talk.ts';

const contacts = '/crm/v3/objects/contacts';
const deals = '/crm/v3/objects/deals';

test('times outside of the years that four digits can say are refused, and so are dates', async () => {
  const talk = await talkTo();
  const birthday = { name: 'birthday', label: 'B', groupName: 'contactinformation', type: 'date', fieldType: 'date' };
  expect((await talk('POST', '/crm/v3/properties/contacts', birthday)).status).toBe(201);
  const id = await create(talk, 'contacts', { email: 'a@b.co', birthday: '9999-12-31' });
  for (const value of ['253402300800000', '-62167305600000', '9'.repeat(30)]) {
    const reply = await talk('PATCH', `${contacts}/${id}`, { properties: { birthday: value } });
    expect(problems(reply.body)).toMatchObject([{ error: 'INVALID_DATE', name: 'birthday' }]);
    const deal = { dealname: 'Big', dealstage: 'closedwon', closedate: value };
    expect(problems((await talk('POST', deals, { properties: deal })).body)).toMatchObject([{ error: 'INVALID_LONG' }]);
  }
  expect(await read(talk, 'contacts', id, 'birthday')).toBe('9999-12-31');
});

test('a number beyond all numbers is not taken for a text', async () => {
  const talk = await talkTo();
  const reply = await sendRaw(talk, contacts, '{"properties":{"email":"a@b.co","firstname":1e400}}');
  expect(reply.status).toBe(400);
  expect(JSON.parse(String(reply.body))).toMatchObject({ message: expect.stringContaining('line 1, column 45') });
});

test('only HubSpot’s own property called email holds addresses, and only its domain is made one', async () => {
  const talk = await talkTo();
  const text = { groupName: 'dealinformation', type: 'string', fieldType: 'text' };
  for (const name of ['email', 'domain']) {
    expect((await talk('POST', '/crm/v3/properties/deals', { ...text, name, label: name })).status).toBe(201);
  }
  const values = { email: 'Ask Ada', domain: 'https://B.co/x' };
  const id = await create(talk, 'deals', { dealname: 'Big', dealstage: 'closedwon', ...values });
  const deal = await talk('GET', `${deals}/${id}?properties=email,domain`);
  expect(at(deal.body, 'properties')).toMatchObject(values);
});
