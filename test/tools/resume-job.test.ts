import { afterEach, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { contacts, inUlm, jobIn, previewed } from '../jobs/office.ts';

let crm: Connection;
afterEach(() => crm.close());

describe('resume_job', () => {
  it('goes on with a job that was stopped with its server, and waits for it', async () => {
    crm = await connect({ policy: { approval: { unasked: ['bulk'] } }, config: { deadlineMs: 1_500 } });
    await contacts(crm, 250);
    const said = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
    const { args } = await previewed(crm, 'update_records', said);
    const { fetch } = crm.portal;
    let ending: Promise<void> | undefined;
    const last: typeof fetch = (request) => {
      if (request.url.endsWith('batch/update')) ending ??= crm.toolbox.close();
      return fetch(request);
    };
    Object.assign(crm.portal, { fetch: last });
    await crm.call('update_records', args);
    await ending;
    const [job] = [(await crm.call('get_job')).data['jobs']].flat();
    expect(job).toMatchObject({ status: expect.stringMatching(/interrupted|done/) });
    const jobId: unknown = typeof job === 'object' && job !== null ? Reflect.get(job, 'jobId') : undefined;
    const { data } = await crm.call('resume_job', { jobId });
    expect(jobIn(data)).toMatchObject({ status: 'done', applied: 250 });
  });

  it('has nothing to go on with where a job has ended', async () => {
    crm = await connect({ policy: { approval: { unasked: ['bulk'] } } });
    await contacts(crm, 2);
    const said = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
    const { args } = await previewed(crm, 'update_records', said);
    const { jobId } = jobIn((await crm.call('update_records', args)).data);
    expect((await crm.call('resume_job', { jobId })).error).toMatchObject({
      code: 'job_ended',
      message: expect.stringContaining('is done'),
    });
  });
});
