import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
  await crm.call('create_properties', {
    objectType: 'contacts',
    groups: [{ name: 'fleet', label: 'Fleet' }],
    properties: [{ name: 'car_count', label: 'Cars', type: 'number', groupName: 'fleet' }],
  });
});
afterAll(() => crm.close());

describe('archive_properties', () => {
  it('archives properties and then the group they were in, but nothing of HubSpot’s own', async () => {
    const { data } = await crm.call('archive_properties', {
      objectType: 'contacts',
      propertyNames: ['email', 'car_count'],
      groupNames: ['fleet'],
    });
    expect(data).toMatchObject({ applied: 2, failed: [{ index: 0, id: 'email', code: 'not_possible', sent: false }] });
    const left = await crm.hubspot.properties.list('contacts');
    expect(left.map(({ name }) => name)).not.toContain('car_count');
    expect((await crm.hubspot.properties.groups('contacts')).map(({ name }) => name)).not.toContain('fleet');
  });
});
