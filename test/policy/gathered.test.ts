import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

const EMAIL = 'jane.doe@acme.test';
const AMOUNT = '98765.43';

describe('What HubSpot gathers from other records', () => {
  let connection: Connection;
  const ids: Record<string, string> = {};
  beforeAll(async () => {
    connection = await connect({
      policy: { properties: { 'contacts.email': { access: 'mask' }, 'deals.amount': { access: 'deny' } } },
    });
    const { hubspot, call } = connection;
    const create = async (type: string, properties: Record<string, string>) => {
      ids[type] = (await hubspot.objects.create(type, { properties })).id;
    };
    await create('contacts', { email: EMAIL });
    await create('companies', { name: 'Acme' });
    await create('deals', { dealname: 'Big', amount: AMOUNT, dealstage: 'closedwon', closedate: '2026-01-01' });
    await create('tickets', { subject: 'Broken', hs_pipeline: '0', hs_pipeline_stage: '1' });
    for (const [fromObjectType, toObjectType] of [
      ['deals', 'contacts'],
      ['deals', 'companies'],
      ['tickets', 'contacts'],
    ] as const) {
      const pairs = [{ from: ids[fromObjectType], to: ids[toObjectType] }];
      await call('associate_records', { fromObjectType, toObjectType, pairs });
    }
  });
  afterAll(() => connection.close());

  it.each(['contacts', 'companies', 'tickets'])('is hidden with its source in %s', async (objectType) => {
    const { text } = await connection.call('get_records', { objectType, ids: [ids[objectType]], properties: ['*'] });
    const uri = `hubspot://records/${objectType}/${ids[objectType]}`;
    const heard = text + JSON.stringify(await connection.client.readResource({ uri }));
    expect(heard).toContain('hs_object_source');
    expect(heard).not.toContain('98765');
    expect(heard).not.toContain(EMAIL);
  });

  it.each([
    ['companies', 'total_revenue', 'unknown_property'],
    ['tickets', 'hs_all_associated_contact_emails', 'restricted_property'],
  ])('cannot be filtered by either: %s by %s', async (objectType, propertyName, code) => {
    const filterGroups = [{ filters: [{ propertyName, operator: 'GT', value: '90000' }] }];
    expect((await connection.call('search_records', { objectType, filterGroups })).error['code']).toBe(code);
  });
});

describe('The words that a custom object is searched by', () => {
  it.each(['mask', 'deny'] as const)('are not looked for in a property with access %s', async (access) => {
    const connection = await connect({ policy: { properties: { 'wings.codeword': { access } } } });
    const define = (name: string) =>
      connection.hubspot.schemas.create({
        name,
        labels: { singular: name, plural: name },
        primaryDisplayProperty: 'wing',
        requiredProperties: [],
        searchableProperties: ['wing', 'codeword'],
        properties: ['wing', 'codeword'].map((each) => ({
          name: each,
          label: each,
          type: 'string',
          fieldType: 'text',
        })),
        associatedObjects: ['CONTACT'],
      });
    for (const name of ['wings', 'doors']) {
      const { objectTypeId } = await define(name);
      await connection.hubspot.objects.create(objectTypeId, { properties: { wing: 'North', codeword: 'Alpha' } });
    }
    const search = (objectType: string) => connection.call('search_records', { objectType, query: 'Alpha' });
    expect((await search('wings')).error['code']).toBe('restricted_query');
    expect((await search('doors')).data['total']).toBe(1);
    await connection.close();
  });
});
