import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

describe('list_pipelines', () => {
  it('lists deal stages in order, with what each means', async () => {
    const { data } = await crm.call('list_pipelines');
    expect(data['pipelines']).toEqual({ columns: ['id', 'label'], rows: [['default', 'Sales Pipeline']] });
    expect(data['columns']).toEqual(['pipeline', 'id', 'label', 'probability']);
    const rows = rowsOf(data);
    expect(rows[0]).toEqual(['default', 'appointmentscheduled', 'Appointment Scheduled', 0.2]);
    expect(rows.at(-1)).toEqual(['default', 'closedlost', 'Closed Lost', 0]);
  });

  it('says which ticket stages are closed', async () => {
    const { data } = await crm.call('list_pipelines', { objectType: 'ticket' });
    expect(data['columns']).toEqual(['pipeline', 'id', 'label', 'state']);
    expect(rowsOf(data).map((row) => row[3])).toContain('CLOSED');
  });

  it('refuses types without pipelines, before any request', async () => {
    const before = crm.requests.length;
    const { error } = await crm.call('list_pipelines', { objectType: 'contacts' });
    expect(error).toMatchObject({ code: 'not_possible', next: 'list_object_types' });
    expect(crm.requests).toHaveLength(before);
  });
});
