import { describe, expect, it } from 'vitest';
import { barrier, contacts, inUlm, jobIn, offices, previewed, tally } from '../jobs/office.ts';
import { recordsOf } from '../rows.ts';

const open = offices();

const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };

async function movedBy(count: number) {
  const crm = await open();
  await contacts(crm, count);
  const { args } = await previewed(crm, 'update_records', move);
  return { crm, job: String(jobIn((await crm.call('update_records', args)).data)['jobId']) };
}

describe('What a job wrote', () => {
  it('is listed and taken back by the id of the job', async () => {
    const { crm, job } = await movedBy(250);
    expect((await crm.call('list_changes', { callId: job })).data['rows']).toHaveLength(3);
    const what = recordsOf((await crm.call('list_changes', {})).data).map((line) => line['what']);
    expect(what).toEqual(expect.arrayContaining([`update 100 contacts: city (job ${job})`]));
    const { data } = await crm.call('undo_changes', { callId: job });
    expect(data).toMatchObject({ applied: 250, failed: [] });
    expect(data['notes']).toContain(`list_changes with callId ${String(data['callId'])} shows all.`);
    expect(await tally(crm, 'city')).toEqual({ Ulm: 250 });
  });

  it('is taken back a thousand rows at a time, by the same call made again, and what was brought back once more', async () => {
    const { crm, job } = await movedBy(1_150);
    const first = await crm.call('undo_changes', { session: 'this' });
    // Whole calls: whether 1,000 or 950 depends on which batch ended last.
    expect(first.data).toMatchObject({ applied: expect.toBeOneOf([950, 1_000]), failed: [] });
    expect(first.data['notes']).toContainEqual(expect.stringContaining('make the same call again'));
    const second = await crm.call('undo_changes', { session: 'this' });
    expect(second.data).toMatchObject({ applied: 1_150 - Number(first.data['applied']), failed: [] });
    expect(await tally(crm, 'city')).toEqual({ Ulm: 1_150 });
    const third = await crm.call('undo_changes', { callId: job });
    expect(third.error).toMatchObject({ code: 'nothing_to_undo' });
    const rest = second.data['applied'];
    expect((await crm.call('undo_changes', { callId: second.data['callId'] })).data).toMatchObject({ applied: rest });
    expect((await crm.call('undo_changes', { callId: job })).data).toMatchObject({ applied: rest, failed: [] });
  }, 60_000);

  it('is not taken back while the job goes on, which would write the rest', async () => {
    const crm = await open({ config: { deadlineMs: 1_000 }, policy: { approval: { unasked: ['bulk'] } } });
    await contacts(crm, 210);
    const { args } = await previewed(crm, 'update_records', move);
    const { held, release } = barrier();
    const { fetch } = crm.portal;
    let searches = 0;
    const slow: typeof fetch = async (request) => {
      if (request.url.endsWith('/search') && ++searches > 1) await held;
      return fetch(request);
    };
    Object.assign(crm.portal, { fetch: slow });
    const { jobId } = jobIn((await crm.call('update_records', args)).data);
    const byJob = await crm.call('undo_changes', { callId: jobId });
    release();
    expect(byJob.error).toMatchObject({ code: 'under_way', next: expect.stringContaining('cancel_job') });
  });

  it('is not taken back with its session or a span of time either, while the job goes on', async () => {
    const crm = await open({ config: { deadlineMs: 1_000 }, policy: { approval: { unasked: ['bulk'] } } });
    await contacts(crm, 210);
    const { args } = await previewed(crm, 'update_records', move);
    const { held, release } = barrier();
    const { fetch } = crm.portal;
    let batches = 0;
    const slow: typeof fetch = async (request) => {
      if (request.url.endsWith('/batch/update') && ++batches > 1) await held;
      return fetch(request);
    };
    Object.assign(crm.portal, { fetch: slow });
    const { jobId } = jobIn((await crm.call('update_records', args)).data);
    const answers = [
      await crm.call('undo_changes', { session: 'this' }),
      await crm.call('undo_changes', { from: '2000-01-01' }),
    ];
    release();
    for (const { error } of answers) {
      expect(error).toMatchObject({ code: 'under_way', message: expect.stringContaining(String(jobId)) });
    }
  });
});
