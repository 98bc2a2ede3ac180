import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
  await crm.hubspot.associations.createLabel('contacts', 'companies', { name: 'boss', label: 'Boss' });
});
afterAll(() => crm.close());

const rename = (label: string) =>
  crm.call('update_association_label', {
    fromObjectType: 'contacts',
    toObjectType: 'companies',
    label,
    newLabel: 'Chief',
  });

describe('update_association_label', () => {
  it('renames a label of the portal, and none of HubSpot’s own', async () => {
    expect((await rename('boss')).data).toMatchObject({ applied: 1 });
    const labels = (await crm.hubspot.associations.labels('contacts', 'companies')).map(({ label }) => label);
    expect(labels).toContain('Chief');
    expect(labels).not.toContain('Boss');
    expect((await rename('Primary')).data).toMatchObject({
      applied: 0,
      failed: [{ code: 'not_possible', sent: false }],
    });
  });
});
