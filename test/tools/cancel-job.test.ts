import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { barrier, contacts, inUlm, jobIn, previewed, tally } from '../jobs/office.ts';

let crm: Connection;
afterEach(() => crm.close());

describe('cancel_job', () => {
  it('ends a job while it is still writing down what matches, and then nothing was written', async () => {
    crm = await connect({ config: { deadlineMs: 1_000 }, policy: { approval: { unasked: ['bulk'] } } });
    await contacts(crm, 210);
    const said = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
    const { args } = await previewed(crm, 'update_records', said);
    const { held, release } = barrier();
    const { fetch } = crm.portal;
    let searches = 0;
    const slow: typeof fetch = async (request) => {
      if (request.url.endsWith('/search') && ++searches > 1) await held;
      return fetch(request);
    };
    Object.assign(crm.portal, { fetch: slow });
    const job = jobIn((await crm.call('update_records', args)).data);
    expect(job).toMatchObject({ status: 'running', done: 0 });
    expect(job['total']).toBeUndefined();
    const { data } = await crm.call('cancel_job', { jobId: job['jobId'] });
    release();
    expect(jobIn(data)).toMatchObject({ status: 'cancelled', done: 0, applied: 0 });
    expect(await tally(crm, 'city')).toEqual({ Ulm: 210 });
  });

  it('of a job that has ended changes nothing', async () => {
    crm = await connect({ policy: { approval: { unasked: ['bulk'] } } });
    await contacts(crm, 5);
    const said = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
    const { args } = await previewed(crm, 'update_records', said);
    const { jobId } = jobIn((await crm.call('update_records', args)).data);
    expect(jobIn((await crm.call('cancel_job', { jobId })).data)).toMatchObject({ status: 'done', applied: 5 });
    expect((await crm.call('cancel_job', { jobId: 'nope' })).error).toMatchObject({ code: 'not_found' });
  });
});
