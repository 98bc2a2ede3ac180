import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

const car = {
  name: 'car',
  labels: { singular: 'Car', plural: 'Cars' },
  primaryDisplayProperty: 'plate',
  properties: [{ name: 'plate', label: 'Plate', type: 'string' }],
};
const create = (args: Record<string, unknown>) => crm.call('create_object_schema', { ...car, ...args });

describe('create_object_schema', () => {
  it('makes an object type whose records can be made and associated at once', async () => {
    expect((await create({ associatedObjects: ['contact'] })).data).toMatchObject({ applied: 1 });
    await crm.hubspot.objects.create('contacts', { properties: { email: 'ann@acme.test' } });
    const { data } = await crm.call('create_records', {
      objectType: 'Cars',
      records: [{ properties: { Plate: 'X 1' }, associations: [{ toObjectType: 'contacts', to: 'ann@acme.test' }] }],
    });
    expect(data).toMatchObject({ applied: 1, failed: [] });
  });

  it('refuses a name that exists and roles for properties that do not', async () => {
    expect((await create({})).data).toMatchObject({ failed: [{ code: 'already_exists', sent: false }] });
    expect((await create({ name: 'van', searchableProperties: ['colour'] })).data).toMatchObject({
      failed: [{ code: 'unknown_property', property: 'colour', allowed: ['plate'] }],
    });
  });
});
