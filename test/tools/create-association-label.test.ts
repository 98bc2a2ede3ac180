import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

const create = (args: Record<string, unknown>) =>
  crm.call('create_association_label', { fromObjectType: 'contacts', toObjectType: 'companies', ...args });

const labels = async (from: string, to: string) =>
  (await crm.hubspot.associations.labels(from, to)).map(({ label }) => label);

describe('create_association_label', () => {
  it('makes a label with a name for each direction', async () => {
    expect((await create({ label: '2nd decision-maker', inverseLabel: 'Decided by' })).data).toMatchObject({
      applied: 1,
    });
    expect(await labels('contacts', 'companies')).toContain('2nd decision-maker');
    expect(await labels('companies', 'contacts')).toContain('Decided by');
  });

  it('refuses a label that exists, and the eleventh of a pair', async () => {
    for (let n = 2; n <= 10; n++) await create({ label: `Label ${n}` });
    expect((await create({ label: 'label 3' })).data).toMatchObject({ failed: [{ code: 'already_exists' }] });
    expect((await create({ label: 'One more' })).data).toMatchObject({
      failed: [{ code: 'limit_reached', sent: false }],
    });
  });
});
