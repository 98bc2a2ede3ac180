import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { contacts, inUlm, jobIn, member, previewed } from '../jobs/office.ts';

let crm: Connection;
beforeEach(async () => {
  crm = await connect({ policy: { approval: { unasked: ['bulk'] } } });
});
afterEach(() => crm.close());

async function run() {
  const said = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
  const { args } = await previewed(crm, 'update_records', said);
  return jobIn((await crm.call('update_records', args)).data);
}

describe('get_job', () => {
  it('lists the jobs, newest first, when no job is named', async () => {
    await contacts(crm, 20);
    const first = await run();
    await contacts(crm, 10, (n) => ({ email: `new${n}@acme.test` }));
    const second = await run();
    const { data } = await crm.call('get_job');
    expect(data['jobs']).toMatchObject([
      { jobId: second['jobId'], tool: 'update_records', status: 'done', done: 10, total: 10 },
      { jobId: first['jobId'], status: 'done', done: 20, total: 20 },
    ]);
  });

  it('pages through the rows that failed, by the index that they had', async () => {
    const records = Array.from({ length: 1_051 }, (_, n) => ({
      properties: { email: 'a@acme.test', city: `City ${n}` },
    }));
    const said = { objectType: 'contacts', idProperty: 'email', records };
    const { args } = await previewed(crm, 'upsert_records', said);
    const { jobId } = jobIn((await crm.call('upsert_records', args)).data);
    const rows: unknown[] = [];
    for (let after: unknown, more = true; more; ) {
      const { data } = await crm.call('get_job', { jobId, ...(after !== undefined && { after }) });
      expect(jobIn(data)).toMatchObject({
        applied: 1,
        failed: 1_050,
        reasons: [{ code: 'repeated_record', rows: 1_050 }],
      });
      const page = member(jobIn(data), 'failures')['rows'];
      rows.push(...(Array.isArray(page) ? page.map((row: unknown) => (Array.isArray(row) ? row[0] : row)) : []));
      after = jobIn(data)['nextCursor'];
      more = after !== undefined;
    }
    expect(new Set(rows).size).toBe(1_050);
    expect(rows).toHaveLength(1_050);
  });

  it('names the records that failed by their ids, where a search found them', async () => {
    const [odd = ''] = await contacts(crm, 3);
    const { fetch } = crm.portal;
    const refusing: typeof fetch = (request) =>
      request.url.endsWith('batch/update') && String(request.body).includes(odd)
        ? Promise.resolve({
            status: 400,
            headers: {},
            body: JSON.stringify({ status: 'error', category: 'VALIDATION_ERROR', message: 'Not this one.' }),
          })
        : fetch(request);
    Object.assign(crm.portal, { fetch: refusing });
    const job = await run();
    Object.assign(crm.portal, { fetch });
    expect(job).toMatchObject({ applied: 2, failed: 1, failures: { rows: [[odd, 0, 'failed']] } });
  });

  it('knows no job that is not there, and no cursor of another', async () => {
    expect((await crm.call('get_job', { jobId: 'nope' })).error).toMatchObject({
      code: 'not_found',
      next: expect.stringContaining('get_job'),
    });
    await contacts(crm, 2);
    const { jobId } = await run();
    expect((await crm.call('get_job', { jobId, after: '200~00000' })).error).toMatchObject({ code: 'invalid_cursor' });
  });
});
