import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../src/writes/index.ts';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

const create = (args: Record<string, unknown>) => crm.call('create_pipeline', { objectType: 'deals', ...args });

describe('create_pipeline', () => {
  it('makes a pipeline with its stages in order', async () => {
    const stages = [
      { label: 'Open', metadata: { probability: 0.2 } },
      { label: 'Won', metadata: { probability: 1 } },
    ];
    const { data } = await create({ label: 'Renewals', stages });
    const pipelines = await crm.hubspot.pipelines.list('deals');
    const made = pipelines.find(({ label }) => label === 'Renewals');
    expect(made?.stages.map(({ label, metadata }) => [label, metadata['probability']])).toEqual([
      ['Open', '0.2'],
      ['Won', '1.0'],
    ]);
    expect(writeReport.parse(data).rows[0]).toContain(made?.id);
  });

  it('refuses a name that is taken, a deal stage without probability, and types without pipelines', async () => {
    const stages = [{ label: 'A', metadata: { probability: 0.5 } }];
    expect((await create({ label: 'sales pipeline', stages })).data).toMatchObject({
      failed: [{ code: 'already_exists' }],
    });
    expect((await create({ label: 'B', stages: [{ label: 'A' }] })).data).toMatchObject({
      failed: [{ code: 'invalid_value', message: expect.stringContaining('probability') }],
    });
    expect((await create({ objectType: 'notes', label: 'B', stages })).error).toMatchObject({ code: 'not_possible' });
  });
});
