import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
  const properties = [{ name: 'plate', label: 'Plate', type: 'string' }];
  for (const name of ['car', 'van']) {
    const labels = { singular: name, plural: `${name}s` };
    await crm.call('create_object_schema', { name, labels, primaryDisplayProperty: 'plate', properties });
  }
  await crm.call('create_records', { objectType: 'van', records: [{ properties: { plate: 'X' } }] });
});
afterAll(() => crm.close());

const archive = (objectType: string) => crm.call('archive_object_schema', { objectType });

describe('archive_object_schema', () => {
  it('archives an object type without records, and reports HubSpot’s refusal of one that has some', async () => {
    expect((await archive('car')).data).toMatchObject({ applied: 1 });
    expect((await archive('van')).data).toMatchObject({ applied: 0, failed: [{ index: 0, id: 'van', sent: true }] });
    expect((await crm.hubspot.schemas.list()).map(({ name }) => name)).toEqual(['van']);
  });
});
