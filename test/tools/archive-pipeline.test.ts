import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
  const stages = [{ label: 'A', metadata: { probability: 0.5 } }];
  for (const label of ['Empty', 'Used']) await crm.call('create_pipeline', { objectType: 'deals', label, stages });
  const properties = { dealname: 'D', pipeline: 'Used', dealstage: 'A' };
  await crm.call('create_records', { objectType: 'deals', records: [{ properties }] });
});
afterAll(() => crm.close());

const archive = (pipeline: string) => crm.call('archive_pipeline', { objectType: 'deals', pipeline });
const labels = async () => (await crm.hubspot.pipelines.list('deals')).map(({ label }) => label);

describe('archive_pipeline', () => {
  it('archives an empty pipeline', async () => {
    expect((await archive('Empty')).data).toMatchObject({ applied: 1 });
    expect(await labels()).not.toContain('Empty');
  });

  it('reports HubSpot’s refusal while records are in it', async () => {
    const { data, isError } = await archive('Used');
    expect(isError).toBe(true);
    expect(data).toMatchObject({ applied: 0, failed: [{ index: 0, id: 'Used', sent: true, code: 'validation' }] });
    expect(await labels()).toContain('Used');
  });
});
