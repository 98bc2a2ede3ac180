import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

const tickets = async () => {
  const [pipeline] = await crm.hubspot.pipelines.list('tickets');
  return { label: pipeline?.label, stages: pipeline?.stages.map(({ label }) => label) };
};

describe('update_pipeline', () => {
  it('renames it, changes a stage and adds one in one call, each a row of its own', async () => {
    const [pipeline] = await crm.hubspot.pipelines.list('tickets');
    const { data } = await crm.call('update_pipeline', {
      objectType: 'tickets',
      pipeline: pipeline?.label,
      label: 'Help desk',
      stages: [
        { stage: 'New', label: 'Fresh' },
        { label: 'On hold', metadata: { ticketState: 'OPEN' } },
        { stage: 'Nowhere', label: 'X' },
      ],
    });
    expect(data).toMatchObject({ applied: 3, failed: [{ index: 3, id: 'Nowhere', code: 'unknown_stage' }] });
    expect((await tickets()).label).toBe('Help desk');
    expect((await tickets()).stages).toEqual(expect.arrayContaining(['Fresh', 'On hold']));
    expect((await tickets()).stages).not.toContain('New');
  });
});
