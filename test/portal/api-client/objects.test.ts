import type { Client } from '@hubspot/api-client';
import {
  AssociationSpecAssociationCategoryEnum,
  FilterOperatorEnum,
} from '@hubspot/api-client/lib/codegen/crm/objects/index.js';
import { describe, expect, test } from 'vitest';
import { at } from '../talk.ts';
import { hubspot, refusal } from './hubspot.ts';

const none = { associations: [] };
const link = (id: string, associationTypeId: number) => ({
  to: { id },
  types: [{ associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined, associationTypeId }],
});

const at0 = '2026-11-22T00:00:00Z';
/** A record of every type that can be created by itself, and what is changed in it. */
const types: readonly [type: string, properties: Record<string, string>, change: readonly [string, string]][] = [
  ['contacts', { email: 'ada@example.com' }, ['city', 'Rome']],
  ['companies', { domain: 'HTTPS://Acme.example/about' }, ['city', 'Rome']],
  ['deals', { dealname: 'Big', dealstage: 'contractsent' }, ['amount', '1200.50']],
  ['tickets', { subject: 'Help', hs_pipeline_stage: '1' }, ['hs_ticket_priority', 'HIGH']],
  ['products', { name: 'Chair' }, ['price', '10']],
  ['line_items', { name: 'Chair', quantity: '2', price: '10' }, ['quantity', '3']],
  ['quotes', { hs_title: 'Offer', hs_expiration_date: '2027-01-01' }, ['hs_comments', 'Thanks']],
  ['invoices', { hs_currency: 'USD' }, ['hs_comments', 'Thanks']],
  ['subscriptions', { hs_name: 'Plan' }, ['hs_status', 'active']],
  ['commerce_payments', { hs_initial_amount: '5', hs_initiated_date: at0 }, ['hs_latest_status', 'succeeded']],
  ['carts', { hs_cart_name: 'Cart' }, ['hs_total_price', '7']],
  ['orders', { hs_order_name: 'Order' }, ['hs_tax', '1']],
  ['discounts', { hs_label: 'Sale', hs_type: 'PERCENT' }, ['hs_value', '10']],
  ['fees', { hs_label: 'Delivery', hs_type: 'FIXED' }, ['hs_value', '5']],
  ['taxes', { hs_label: 'VAT', hs_type: 'PERCENT' }, ['hs_value', '19']],
  ['goal_targets', { hs_goal_name: 'More' }, ['hs_target_amount', '100']],
  ['users', { hs_job_title: 'Seller' }, ['hs_job_title', 'Buyer']],
  ['notes', { hs_timestamp: at0, hs_note_body: 'x' }, ['hs_note_body', 'y']],
  ['calls', { hs_timestamp: at0 }, ['hs_call_status', 'COMPLETED']],
  ['emails', { hs_timestamp: at0, hs_email_direction: 'EMAIL' }, ['hs_email_status', 'SENT']],
  ['meetings', { hs_meeting_start_time: at0 }, ['hs_meeting_outcome', 'COMPLETED']],
  ['tasks', { hs_timestamp: '1795305600000' }, ['hs_task_status', 'COMPLETED']],
  [
    'communications',
    { hs_timestamp: at0, hs_communication_channel_type: 'SMS', hs_communication_logged_from: 'CRM' },
    ['hs_communication_body', 'x'],
  ],
  ['postal_mail', { hs_timestamp: at0 }, ['hs_postal_mail_body', 'x']],
  ['appointments', { hs_appointment_start: at0 }, ['hs_appointment_status', 'COMPLETED']],
  ['courses', { hs_course_name: 'Maths' }, ['hs_delivery_mode', 'ONLINE']],
  ['listings', { hs_name: 'House' }, ['hs_bedrooms', '3']],
  ['services', { hs_name: 'Training' }, ['hs_status', 'on_track']],
  ['projects', { hs_name: 'Move' }, ['hs_status', 'in_progress']],
];

test.each(types)(
  '%s are created, read, changed, listed, found, upserted and archived',
  async (type, properties, change) => {
    const { client } = await hubspot();
    const { basicApi, batchApi, searchApi } = client.crm.objects;
    const [property, value] = change;
    const created = await basicApi.create(type, { properties, ...none });
    expect(created).toMatchObject({ archived: false, properties: { hs_object_id: created.id } });
    expect((await basicApi.update(type, created.id, { properties: { [property]: value } })).properties[property]).toBe(
      value,
    );
    const read = await basicApi.getById(type, created.id, [property], [property]);
    expect(read.propertiesWithHistory?.[property]?.[0]).toMatchObject({ value, sourceType: 'INTEGRATION' });
    expect((await basicApi.getPage(type)).results.map(({ id }) => id)).toEqual([created.id]);
    const found = await searchApi.doSearch(type, {
      filterGroups: [{ filters: [{ propertyName: property, operator: FilterOperatorEnum.Eq, value }] }],
    });
    expect(found).toMatchObject({ total: 1, results: [{ id: created.id }] });

    const second = type === 'contacts' ? { email: 'b@example.com' } : properties;
    const batch = await batchApi.create(type, { inputs: [{ properties: second, ...none }] });
    const other = String(batch.results[0]?.id);
    await batchApi.update(type, { inputs: [{ id: other, properties: { [property]: value } }] });
    const both = await batchApi.read(type, {
      inputs: [{ id: created.id }, { id: other }],
      properties: [property],
      propertiesWithHistory: [],
    });
    expect(both.results.map((record) => record.properties[property])).toEqual([value, value]);
    await basicApi.archive(type, created.id);
    await batchApi.archive(type, { inputs: [{ id: other }] });
    expect((await basicApi.getPage(type)).results).toEqual([]);
    expect(await basicApi.getById(type, other, [], [], [], true)).toMatchObject({ archived: true });
  },
);

describe('contacts', () => {
  test('an address belongs to one contact, and the second one is refused with its id', async () => {
    const { client } = await hubspot();
    const created = await client.crm.contacts.basicApi.create({ properties: { email: 'ada@example.com' }, ...none });
    expect(
      await refusal(client.crm.contacts.basicApi.create({ properties: { email: 'Ada@example.com' }, ...none })),
    ).toMatchObject({
      code: 409,
      body: { category: 'CONFLICT', message: `Contact already exists. Existing ID: ${created.id}` },
    });
  });

  test('are upserted by address, merged, and deleted for good', async () => {
    const { client } = await hubspot();
    const { basicApi, batchApi } = client.crm.contacts;
    const upsert = (id: string, city: string) =>
      batchApi.upsert({ inputs: [{ id, idProperty: 'email', properties: { city } }] });
    const first = await upsert('a@example.com', 'Rome');
    expect(first.results[0]).toMatchObject({ _new: true, properties: { email: 'a@example.com' } });
    expect((await upsert('A@example.com', 'Oslo')).results[0]).toMatchObject({
      _new: false,
      properties: { city: 'Oslo' },
    });
    await upsert('b@example.com', 'Bern');
    const [a, b] = (await basicApi.getPage()).results.map(({ id }) => id);

    const merged = await basicApi.merge({ primaryObjectId: String(b), objectIdToMerge: String(a) });
    expect(merged.properties).toMatchObject({
      email: 'b@example.com',
      city: 'Bern',
      hs_additional_emails: 'a@example.com',
    });
    expect((await basicApi.getById(String(a))).id).toBe(merged.id);
    expect((await basicApi.getById('a@example.com', undefined, undefined, undefined, false, 'email')).id).toBe(
      merged.id,
    );

    await basicApi.purge({ objectId: 'a@example.com', idProperty: 'email' });
    for (const archived of [false, true]) {
      expect(await refusal(basicApi.getById(merged.id, [], [], [], archived))).toMatchObject({
        code: 404,
        body: { category: 'OBJECT_NOT_FOUND' },
      });
    }
    // HubSpot's knowledge base: the API may bring somebody back.
    expect((await basicApi.create({ properties: { email: 'a@example.com' }, ...none })).id).not.toBe(merged.id);
  });
});

test('a lead needs a contact, and goes with its last primary association', async () => {
  const { client } = await hubspot();
  const { leads } = client.crm.objects;
  const properties = { hs_lead_name: 'Ada' };
  expect(await refusal(leads.basicApi.create({ properties, ...none }))).toMatchObject({
    code: 400,
    body: { category: 'VALIDATION_ERROR' },
  });
  const contact = await client.crm.contacts.basicApi.create({ properties: { email: 'a@example.com' }, ...none });
  const lead = await client.crm.objects.basicApi.create('leads', { properties, associations: [link(contact.id, 578)] });
  expect((await leads.basicApi.getById(lead.id, [], [], ['contacts'])).associations?.['contacts']?.results).toEqual([
    { id: contact.id, type: 'lead_to_contact' },
    { id: contact.id, type: 'lead_to_contact_unlabeled' },
  ]);
  await client.crm.associations.v4.basicApi.archive('leads', lead.id, 'contacts', contact.id);
  expect((await refusal(leads.basicApi.getById(lead.id))).code).toBe(404);
});

test('a quote leaves its draft with a deal, a line item and a quote template', async () => {
  const { client } = await hubspot();
  const { quotes, deals, lineItems, objects } = client.crm;
  const quote = await quotes.basicApi.create({
    properties: { hs_title: 'Offer', hs_expiration_date: '2027-01-01' },
    ...none,
  });
  const publish = () => quotes.basicApi.update(quote.id, { properties: { hs_status: 'APPROVAL_NOT_NEEDED' } });
  expect(await refusal(publish())).toMatchObject({
    code: 400,
    body: { errors: [{ code: 'MISSING_ASSOCIATION', context: { propertyName: ['hs_status'] } }] },
  });
  const deal = await deals.basicApi.create({ properties: { dealname: 'Big', dealstage: 'contractsent' }, ...none });
  const item = await lineItems.basicApi.create({ properties: { name: 'Chair' }, ...none });
  const [template] = (await objects.basicApi.getPage('quote_template')).results;
  for (const [type, id] of [
    ['deals', deal.id],
    ['line_items', item.id],
    ['quote_template', String(template?.id)],
  ] as const) {
    await client.crm.associations.v4.basicApi.createDefault('quotes', quote.id, type, id);
  }
  expect((await publish()).properties['hs_status']).toBe('APPROVAL_NOT_NEEDED');
});

test('an activity is pinned only where it belongs', async () => {
  const { client } = await hubspot();
  const note = await client.crm.objects.notes.basicApi.create({ properties: { hs_timestamp: at0 }, ...none });
  const properties = { name: 'Acme', hs_pinned_engagement_id: note.id };
  expect((await refusal(client.crm.companies.basicApi.create({ properties, ...none }))).code).toBe(400);
  const pinned = await client.crm.objects.basicApi.create('companies', {
    properties,
    associations: [link(note.id, 189)],
  });
  expect(pinned.properties['hs_pinned_engagement_id']).toBe(note.id);
});

const valuesInvalid = (...codes: string[]) => ({
  code: 400,
  body: {
    status: 'error',
    category: 'VALIDATION_ERROR',
    message: expect.stringMatching(/^Property values were not valid: \[/),
    errors: codes.map((code) => ({ code })),
  },
});
const missing = (name: string, ...properties: string[]) => ({
  code: 400,
  body: {
    message: `Error creating ${name}. Some required properties were not set.`,
    context: { properties },
  },
});
describe('what HubSpot refuses', () => {
  const refusals: readonly [what: string, call: (client: Client) => Promise<unknown>, expected: object][] = [
    [
      'a contact without a name or address',
      create('contacts', { city: 'Rome' }),
      missing('CONTACT', 'email', 'firstname', 'lastname'),
    ],
    ['a deal without a stage', create('deals', { dealname: 'x' }), missing('DEAL', 'dealstage')],
    ['a project without a name', create('projects', { hs_status: 'completed' }), missing('PROJECT', 'hs_name')],
    ['a note without a time', create('notes', { hs_note_body: 'x' }), missing('NOTE', 'hs_timestamp')],
    [
      'a meeting without a time',
      create('meetings', {}),
      missing('MEETING_EVENT', 'hs_timestamp', 'hs_meeting_start_time'),
    ],
    ['an unknown property', create('companies', { name: 'x', shoe: '5' }), valuesInvalid('PROPERTY_DOESNT_EXIST')],
    ['a bad address', create('contacts', { email: 'dsfsafas@' }), valuesInvalid('INVALID_EMAIL')],
    [
      'a bad number and a bad date',
      create('deals', { dealname: 'x', dealstage: 'closedwon', amount: 'much', closedate: 'soon' }),
      valuesInvalid('INVALID_INTEGER', 'INVALID_LONG'),
    ],
    [
      'an unknown option',
      create('notes', { hs_timestamp: at0, hubspot_owner_id: '5' }),
      valuesInvalid('INVALID_OWNER_ID'),
    ],
    ['a read-only value', create('contacts', { email: 'a@b.co', hs_object_id: '5' }), valuesInvalid('READ_ONLY_VALUE')],
    [
      'a communication logged from nowhere',
      create('communications', {
        hs_timestamp: at0,
        hs_communication_channel_type: 'SMS',
        hs_communication_logged_from: 'FAX',
      }),
      valuesInvalid('INVALID_OPTION'),
    ],
    [
      'a record that is not there',
      (c) => c.crm.deals.basicApi.getById('404'),
      { code: 404, body: { message: 'resource not found' } },
    ],
    [
      'an id that is no number',
      (c) => c.crm.deals.basicApi.getById('abc'),
      { code: 404, body: { message: 'Object not found.  objectId are usually numeric.', context: { id: ['abc'] } } },
    ],
    [
      'a limit over 100',
      (c) => c.crm.deals.basicApi.getPage(101),
      { code: 400, body: { category: 'VALIDATION_ERROR' } },
    ],
    [
      'a cursor that is no id',
      (c) => c.crm.deals.basicApi.getPage(10, 'next'),
      { code: 400, body: { category: 'VALIDATION_ERROR' } },
    ],
    [
      'an idProperty that is not unique',
      (c) => c.crm.contacts.basicApi.getById('Rome', [], [], [], false, 'city'),
      { code: 400, body: { category: 'VALIDATION_ERROR' } },
    ],
    [
      'an association from the other side',
      (c) =>
        c.crm.objects.basicApi.create('contacts', { properties: { email: 'a@b.co' }, associations: [link('5', 202)] }),
      {
        code: 400,
        body: {
          message: 'invalid from object type 0-1 for associations to be created. expected: 0-46. For definition 0-202',
        },
      },
    ],
    [
      'an association with nobody',
      (c) =>
        c.crm.objects.basicApi.create('notes', { properties: { hs_timestamp: at0 }, associations: [link('404', 202)] }),
      {
        code: 400,
        body: {
          message: 'One or more associations are invalid',
          context: { INVALID_OBJECT_IDS: ['CONTACT=404 is not valid'] },
        },
      },
    ],
    [
      'a product’s association',
      (c) => c.crm.associations.v4.basicApi.createDefault('products', '1', 'deals', '1'),
      { code: 400 },
    ],
    [
      'a merge of products',
      (c) => c.apiRequest({ method: 'POST', path: '/crm/v3/objects/products/merge', body: {} }).then(rejected),
      { code: 405 },
    ],
    ['a feedback submission', create('feedback_submissions', { hs_content: 'x' }), { code: 405 }],
    [
      '101 records at once',
      (c) =>
        c.crm.companies.batchApi.create({
          inputs: Array.from({ length: 101 }, () => ({ properties: { name: 'x' }, ...none })),
        }),
      {
        code: 400,
        body: {
          message:
            'The maximum number of inputs supported in a batch is 100. Please reduce the number of items and try again',
        },
      },
    ],
    [
      'one record twice',
      (c) => c.crm.companies.batchApi.update({ inputs: ['5', '5'].map((id) => ({ id, properties: {} })) }),
      {
        code: 400,
        body: { message: 'Duplicate IDs found in batch input: [5]. IDs must be unique', context: { ids: ['5'] } },
      },
    ],
    [
      'a type that is none',
      create('spaceships', {}),
      { code: 400, body: { message: 'Unable to infer object type from: spaceships' } },
    ],
  ];

  test.each(refusals)('%s', async (_, call, expected) => {
    const { client } = await hubspot();
    expect(await refusal(call(client))).toMatchObject(expected);
  });
});

function create(type: string, properties: Record<string, string>): (client: Client) => Promise<unknown> {
  return (client) => client.crm.objects.basicApi.create(type, { properties, ...none });
}

/** `apiRequest` does not reject by itself. */
async function rejected(response: Response): Promise<unknown> {
  const body = await response.text();
  if (response.ok) return body;
  throw Object.assign(new Error(body), { code: response.status, body });
}

test('the object library says which types are switched on', async () => {
  const { client } = await hubspot();
  const ask = async (path: string) =>
    (await client.apiRequest({ path: `/crm/v3/object-library/enablement${path}` })).json();
  expect(await ask('/0-421')).toEqual({ enablement: true });
  expect(at(await ask(''), 'enablementByObjectTypeId', '0-162')).toBe(true);
});
