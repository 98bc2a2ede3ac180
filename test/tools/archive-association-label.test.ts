import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
  await crm.hubspot.associations.createLabel('contacts', 'companies', { name: 'boss', label: 'Boss' });
});
afterAll(() => crm.close());

describe('archive_association_label', () => {
  it('removes a label, in both directions', async () => {
    const { data } = await crm.call('archive_association_label', {
      fromObjectType: 'contacts',
      toObjectType: 'companies',
      label: 'Boss',
    });
    expect(data).toMatchObject({ applied: 1 });
    for (const [from, to] of [
      ['contacts', 'companies'],
      ['companies', 'contacts'],
    ] as const) {
      const labels = (await crm.hubspot.associations.labels(from, to)).map(({ label }) => label);
      expect(labels).not.toContain('Boss');
    }
  });
});
