import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
  await crm.call('create_object_schema', {
    name: 'car',
    labels: { singular: 'Car', plural: 'Cars' },
    primaryDisplayProperty: 'plate',
    properties: [
      { name: 'plate', label: 'Plate', type: 'string' },
      { name: 'colour', label: 'Colour', type: 'string' },
    ],
  });
});
afterAll(() => crm.close());

describe('update_object_schema', () => {
  it('changes labels and roles, and lets records be associated with more types', async () => {
    const { data } = await crm.call('update_object_schema', {
      objectType: 'car',
      labels: { singular: 'Vehicle', plural: 'Vehicles' },
      secondaryDisplayProperties: ['colour'],
      associateWith: ['deals'],
    });
    expect(data).toMatchObject({ applied: 2, failed: [] });
    const [schema] = await crm.hubspot.schemas.list();
    expect(schema).toMatchObject({ labels: { plural: 'Vehicles' }, secondaryDisplayProperties: ['colour'] });
    expect(schema?.associations?.some(({ toObjectTypeId }) => toObjectTypeId === '0-3')).toBe(true);
  });

  it('refuses HubSpot’s own object types', async () => {
    const { error } = await crm.call('update_object_schema', { objectType: 'contacts', description: 'x' });
    expect(error).toMatchObject({ code: 'not_possible' });
  });
});
