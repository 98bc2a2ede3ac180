/** Search, driven by HubSpot's own client. */

import type { Client } from '@hubspot/api-client';
import { AssociationSpecAssociationCategoryEnum } from '@hubspot/api-client/lib/codegen/crm/companies/index.js';
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from '@hubspot/api-client/lib/codegen/crm/properties/index.js';
import { describe, expect, test } from 'vitest';
import { fakeClock } from '../../fake-clock.ts';
import { hubspot } from './hubspot.ts';
import { ask } from './search.ts';

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

/** Any one of the groups. */
async function found(client: Client, objectType: string, property: string, ...groups: Filter[][]): Promise<unknown[]> {
  const filterGroups = groups.map((filters) => ({ filters }));
  const { results } = await ask(client, objectType, { filterGroups, properties: [property], limit: 100 });
  return results.map(({ properties }) => properties[property]);
}

const people = [
  {
    email: 'ada.king@acme.com',
    firstname: 'Ada',
    jobtitle: 'VP Sales, EMEA',
    lifecyclestage: 'customer',
    phone: '+1 (555) 123-4567',
  },
  { email: 'bob@beta.io', firstname: 'bob', jobtitle: 'Sales', lifecyclestage: 'lead', phone: '+44 20 7946 0958' },
  { email: 'cy@acme.com', firstname: 'Cy', hs_lead_status: 'NEW' },
];

async function withPeople() {
  const clock = fakeClock();
  const portal = await hubspot({ clock });
  const { client } = portal;
  const ids: string[] = [];
  for (const properties of people) {
    ids.push((await client.crm.contacts.basicApi.create({ properties })).id);
    await clock.advance(60_000);
  }
  const emails = (...filters: Filter[]) => found(client, 'contacts', 'email', filters);
  return { ...portal, clock, ids, emails };
}

const [ada, bob, cy] = people.map(({ email }) => email);

describe('HubSpot’s client finds contacts', () => {
  test('by texts without regard to case, by options exactly, and by IN only in lower case', async () => {
    const { emails } = await withPeople();
    expect(await emails({ propertyName: 'firstname', operator: 'EQ', value: 'ADA' })).toEqual([ada]);
    expect(await emails({ propertyName: 'firstname', operator: 'NEQ', value: 'ada' })).toEqual([bob, cy]);
    expect(await emails({ propertyName: 'lifecyclestage', operator: 'EQ', value: 'customer' })).toEqual([ada]);
    expect(await emails({ propertyName: 'lifecyclestage', operator: 'EQ', value: 'Customer' })).toEqual([]);
    expect(await emails({ propertyName: 'firstname', operator: 'IN', values: ['Ada', 'bob'] })).toEqual([bob]);
    expect(await emails({ propertyName: 'firstname', operator: 'NOT_IN', values: ['ada', 'bob'] })).toEqual([cy]);
    expect(await emails({ propertyName: 'lifecyclestage', operator: 'IN', values: ['customer', 'lead'] })).toEqual([
      ada,
      bob,
    ]);
  });

  test('by words and parts of words, and by what they have', async () => {
    const { emails } = await withPeople();
    expect(await emails({ propertyName: 'jobtitle', operator: 'CONTAINS_TOKEN', value: 'sales' })).toEqual([ada, bob]);
    expect(await emails({ propertyName: 'jobtitle', operator: 'CONTAINS_TOKEN', value: 'sale' })).toEqual([]);
    expect(await emails({ propertyName: 'email', operator: 'CONTAINS_TOKEN', value: '*@acme.com' })).toEqual([ada, cy]);
    expect(await emails({ propertyName: 'email', operator: 'NOT_CONTAINS_TOKEN', value: '*@acme.com' })).toEqual([bob]);
    expect(await emails({ propertyName: 'hs_lead_status', operator: 'HAS_PROPERTY' })).toEqual([cy]);
    expect(await emails({ propertyName: 'jobtitle', operator: 'NOT_HAS_PROPERTY' })).toEqual([cy]);
  });

  test('by times, whether they are said in milliseconds or as ISO 8601', async () => {
    const { client, emails, ids } = await withPeople();
    const { createdAt } = await client.crm.contacts.basicApi.getById(ids[1] ?? '');
    const between = { propertyName: 'createdate', operator: 'BETWEEN', value: createdAt.toISOString() };
    expect(await emails({ ...between, highValue: String(createdAt.getTime() + 60_000) })).toEqual([bob, cy]);
    expect(await emails({ propertyName: 'createdate', operator: 'LT', value: String(createdAt.getTime()) })).toEqual([
      ada,
    ]);
  });

  test('by a company that they belong to', async () => {
    const { client, emails, ids } = await withPeople();
    const { id } = await client.crm.companies.basicApi.create({
      properties: { name: 'Acme' },
      associations: [
        {
          to: { id: ids[2] ?? '' },
          types: [
            { associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined, associationTypeId: 280 },
          ],
        },
      ],
    });
    expect(await emails({ propertyName: 'associations.company', operator: 'EQ', value: id })).toEqual([cy]);
    expect(await emails({ propertyName: 'associations.company', operator: 'IN', values: [id, '1'] })).toEqual([cy]);
    expect(await emails({ propertyName: 'associations.company', operator: 'EQ', value: '1' })).toEqual([]);
  });

  test('in any group of filters that all hold', async () => {
    const { client } = await withPeople();
    const acme = { propertyName: 'email', operator: 'CONTAINS_TOKEN', value: 'acme.com' };
    const customer = { propertyName: 'lifecyclestage', operator: 'EQ', value: 'customer' };
    const named = { propertyName: 'firstname', operator: 'EQ', value: 'bob' };
    expect(await found(client, 'contacts', 'email', [acme, customer], [named])).toEqual([ada, bob]);
  });

  test('by words in their default properties, and by telephone numbers without the country', async () => {
    const { client } = await withPeople();
    const emails = async (query: string) =>
      (await ask(client, 'contacts', { query })).results.map(({ properties }) => properties['email']);
    expect(await emails('ACME ki')).toEqual([ada]);
    expect(await emails('beta.io')).toEqual([bob]);
    expect(await emails('sales')).toEqual([]);
    expect(await emails('(555) 123 4567')).toEqual([ada]);
  });

  test('sorted, counted and page by page, with the default properties', async () => {
    const { client, ids } = await withPeople();
    const first = await ask(client, 'contacts', {
      sorts: [{ propertyName: 'firstname', direction: 'DESCENDING' }],
      limit: 2,
    });
    expect(first.total).toBe(3);
    expect(first.results.map(({ id }) => id)).toEqual([ids[2], ids[1]]);
    expect(Object.keys(first.results[0]?.properties ?? {})).toEqual([
      'createdate',
      'email',
      'firstname',
      'hs_object_id',
      'lastmodifieddate',
      'lastname',
    ]);
    const after = first.paging?.next?.after ?? '';
    const second = await ask(client, 'contacts', { sorts: ['-firstname'], limit: 2, after });
    expect(second.results.map(({ id }) => id)).toEqual([ids[0]]);
    expect(second.paging).toBeUndefined();
    const byCreation = await ask(client, 'contacts', { sorts: ['{"propertyName":"firstname"}'] });
    expect(byCreation.results.map(({ id }) => id)).toEqual(ids);
  });

  test('no longer when they are archived, and by their id as long as they are not', async () => {
    const { client, emails, ids } = await withPeople();
    const byId = { propertyName: 'hs_object_id', operator: 'EQ', value: ids[0] ?? '' };
    expect(await emails(byId)).toEqual([ada]);
    await client.crm.contacts.basicApi.archive(ids[0] ?? '');
    expect(await emails(byId)).toEqual([]);
  });
});

function choice(value: string) {
  return { label: value, value, displayOrder: 0, hidden: false };
}

test('HubSpot’s client finds deals by numbers and owners, and records by several choices and truth', async () => {
  const { client } = await hubspot({ seed: 'demo' });
  const [owner] = (await client.crm.owners.ownersApi.getPage()).results;
  const owned = { propertyName: 'hubspot_owner_id', operator: 'EQ', value: owner?.id ?? '' };
  const big = { propertyName: 'amount', operator: 'GTE', value: '20000' };
  const deals = await ask(client, 'deals', {
    filterGroups: [{ filters: [owned, big] }],
    properties: ['amount', 'hubspot_owner_id'],
    sorts: [{ propertyName: 'amount', direction: 'ASCENDING' }],
    limit: 200,
  });
  const amounts = deals.results.map(({ properties }) => Number(properties['amount']));
  expect(amounts.length).toBeGreaterThan(0);
  expect(amounts).toEqual([...amounts].sort((a, b) => a - b));
  expect(amounts[0]).toBeGreaterThanOrEqual(20_000);
  expect(new Set(deals.results.map(({ properties }) => properties['hubspot_owner_id']))).toEqual(new Set([owner?.id]));
  const count = async (operator: string, value: string) =>
    (await ask(client, 'deals', { filterGroups: [{ filters: [{ propertyName: 'hs_is_closed', operator, value }] }] }))
      .total;
  expect(await count('EQ', 'true')).toBe(await count('NEQ', 'false'));

  await client.crm.properties.coreApi.create('companies', {
    name: 'markets',
    label: 'Markets',
    groupName: 'companyinformation',
    type: PropertyCreateTypeEnum.Enumeration,
    fieldType: PropertyCreateFieldTypeEnum.Checkbox,
    options: ['DE', 'FR', 'NO'].map(choice),
  });
  await client.crm.companies.basicApi.create({ properties: { name: 'Nord', markets: 'DE;NO' } });
  const names = (operator: string, value: string) =>
    found(client, 'companies', 'name', [{ propertyName: 'markets', operator, value }]);
  expect(await names('EQ', 'NO')).toEqual(['Nord']);
  expect(await names('EQ', 'no')).toEqual([]);
  expect(await names('EQ', 'DE;NO')).toEqual([]);
  expect(await names('NEQ', 'FR')).toEqual(['Nord']);
});
