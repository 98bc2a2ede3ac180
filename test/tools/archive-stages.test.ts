import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

describe('archive_stages', () => {
  it('archives the stages it is given and leaves the pipeline', async () => {
    const [pipeline] = await crm.hubspot.pipelines.list('deals');
    const { data } = await crm.call('archive_stages', {
      objectType: 'deals',
      pipeline: pipeline?.id,
      stages: ['Contract Sent', 'No such stage'],
    });
    expect(data).toMatchObject({ applied: 1, failed: [{ index: 1, id: 'No such stage', code: 'unknown_stage' }] });
    const [left] = await crm.hubspot.pipelines.list('deals');
    expect(left?.stages).toHaveLength((pipeline?.stages.length ?? 0) - 1);
  });
});
