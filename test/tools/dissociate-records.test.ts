import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
let ann = '';
let acme = '';
let labelIds: readonly number[] = [];

beforeAll(async () => {
  crm = await connect();
  const { objects, associations } = crm.hubspot;
  ann = (await objects.create('contacts', { properties: { email: 'ann@acme.test' } })).id;
  acme = (await objects.create('companies', { properties: { name: 'Acme' } })).id;
  for (const label of ['Boss', 'Buyer']) {
    await associations.createLabel('contacts', 'companies', { name: label.toLowerCase(), label });
  }
  const known = await associations.labels('contacts', 'companies');
  labelIds = known.filter(({ category }) => category === 'USER_DEFINED').map(({ typeId }) => typeId);
});
beforeEach(async () => {
  const types = labelIds.map((id) => ({ associationCategory: 'USER_DEFINED' as const, associationTypeId: id }));
  await crm.hubspot.associations.associate('contacts', 'companies', [{ from: ann, to: acme, types }]);
});
afterAll(() => crm.close());

const dissociate = (args: Record<string, unknown>) =>
  crm.call('dissociate_records', { fromObjectType: 'contacts', toObjectType: 'companies', ...args });
const linked = async () => (await crm.hubspot.associations.list('contacts', ann, 'companies')).to;

describe('dissociate_records', () => {
  it('takes off only the labels it is given', async () => {
    const { data } = await dissociate({ pairs: [{ from: 'ann@acme.test', to: acme, labels: ['Boss'] }] });
    expect(data).toMatchObject({ applied: 1, rows: [[0, ann, acme]] });
    const [pair] = await linked();
    const labels = pair?.types.map(({ label }) => label);
    expect(labels).toContain('Buyer');
    expect(labels).not.toContain('Boss');
  });

  it('ends the association without labels', async () => {
    expect((await dissociate({ pairs: [{ from: ann, to: acme }] })).data).toMatchObject({ applied: 1 });
    expect(await linked()).toEqual([]);
  });

  it('shows with dryRun what would go, and leaves it', async () => {
    const { data } = await dissociate({ pairs: [{ from: ann, to: acme, labels: ['boss'] }], dryRun: true });
    expect(data['rows']).toEqual([[0, 'dissociate', `contacts ${ann}`, `companies ${acme}`, 'Boss']]);
    expect(await linked()).toHaveLength(1);
  });

  it('has nothing to do with a pair that is not there, and asks nobody about it', async () => {
    const asking = await connect({ portal: crm.portal, policy: { approval: { bulkAbove: 0 } } });
    const bob = (await crm.hubspot.objects.create('contacts', { properties: { email: 'bob@acme.test' } })).id;
    const args = { fromObjectType: 'contacts', toObjectType: 'companies', pairs: [{ from: bob, to: acme }] };
    const { data } = await asking.call('dissociate_records', args);
    expect(data).toMatchObject({ applied: 0, unchanged: 1, failed: [] });
    const dry = await asking.call('dissociate_records', { ...args, dryRun: true });
    expect(dry.data).toMatchObject({ applied: 0, unchanged: 1, rows: [] });
    expect(asking.questions).toEqual([]);
    expect(asking.requests.filter((request) => !request.endsWith('/batch/read'))).toEqual([
      'GET /crm/associations/2026-09/0-1/0-2/labels',
    ]);
    await asking.close();
  });

  it('finds a label gone that an earlier row took, and costs no request that it did not', async () => {
    const pair = { from: ann, to: acme };
    const before = crm.requests.length;
    const { data } = await dissociate({
      pairs: [
        { ...pair, labels: ['Boss'] },
        { ...pair, labels: ['Boss'] },
        { ...pair, labels: ['Buyer'] },
      ],
    });
    expect(data).toMatchObject({
      applied: 2,
      unchanged: 1,
      rows: [
        [0, ann, acme],
        [2, ann, acme],
      ],
    });
    expect(crm.requests.slice(before).filter((request) => request.endsWith('/batch/read'))).toHaveLength(1);
  });
});
