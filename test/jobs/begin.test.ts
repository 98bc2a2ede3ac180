import { describe, expect, it } from 'vitest';
import { memoryDisk } from '../../src/journal/index.ts';
import type { HarnessOptions } from '../harness.ts';
import { barrier, contacts, inUlm, jobIn, journalOn, member, offices, previewed, tally } from './office.ts';

const office = offices();

const unasked = { policy: { approval: { unasked: ['bulk'] } } } as const satisfies HarnessOptions;
const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
const companies = (count: number) => ({
  objectType: 'companies',
  records: Array.from({ length: count }, (_, n) => ({ properties: { name: `Acme ${n}` } })),
});
const JSON_TYPE = { 'content-type': 'application/json' };

describe('The job of a digest', () => {
  it('is begun by one of two processes that are asked at the same moment', async () => {
    const disk = memoryDisk();
    const one = await office({ ...unasked, journal: journalOn(disk, 1) });
    const two = await office({ ...unasked, journal: journalOn(disk, 2), portal: one.portal });
    const { args } = await previewed(one, 'create_records', companies(1_001));
    const answers = await Promise.all([one, two].map((crm) => crm.call('create_records', args)));
    const [first, second] = answers.map(({ data }) => jobIn(data));
    expect(first?.['jobId']).toBe(second?.['jobId']);
    expect(answers.map(({ data }) => jobIn(data)['status'])).toContain('done');
    expect(one.portal.describe().records['companies']).toBe(1_001);
  });

  it('is begun once, however late the person says yes to the second of two equal calls', async () => {
    const crm = await office();
    const { held, release } = barrier();
    let asked = 0;
    crm.client.setRequestHandler('elicitation/create', async () => {
      asked += 1;
      if (asked === 2) await held;
      return { action: 'accept', content: { approve: true } };
    });
    const { args } = await previewed(crm, 'create_records', companies(1_001));
    const both = [crm.call('create_records', args), crm.call('create_records', args)];
    await Promise.race(both);
    release();
    const ids = (await Promise.all(both)).map(({ data }) => jobIn(data)['jobId']);
    expect(new Set(ids).size).toBe(1);
    expect(crm.portal.describe().records['companies']).toBe(1_001);
  });

  it('goes on once when two calls go on with it at the same moment', async () => {
    const crm = await office(unasked);
    await contacts(crm, 450);
    const { args } = await previewed(crm, 'update_records', move);
    const { fetch } = crm.portal;
    let revoked = true;
    Object.assign(crm.portal, {
      fetch: async (request: Parameters<typeof fetch>[0]) =>
        revoked && request.url.endsWith('/batch/update')
          ? { status: 401, headers: JSON_TYPE, body: JSON.stringify({ category: 'INVALID_AUTHENTICATION' }) }
          : fetch(request),
    });
    const { data } = await crm.call('update_records', args);
    const { jobId } = jobIn(data);
    expect(jobIn(data)['status']).toBe('interrupted');
    revoked = false;
    crm.requests.length = 0;
    const [one, two] = await Promise.all([crm.call('resume_job', { jobId }), crm.call('update_records', args)]);
    expect(jobIn(one.data)).toMatchObject({ status: 'done', applied: 450 });
    expect(jobIn(two.data)).toEqual(jobIn(one.data));
    expect(crm.requests.filter((request) => request.endsWith('/batch/update'))).toHaveLength(5);
  });

  it('that ended before its rows were written down is begun by the same call, and by no other', async () => {
    const disk = memoryDisk();
    const dying = journalOn(disk, 1);
    Object.assign(dying.jobs, { addItems: () => Promise.reject(new Error('killed here')) });
    const first = await office({ ...unasked, journal: dying });
    const { args } = await previewed(first, 'create_records', companies(1_001));
    expect((await first.call('create_records', args)).isError).toBe(true);
    const [left] = await dying.jobs.list();
    await dying.close();
    const second = await office({ ...unasked, journal: journalOn(disk, 2), portal: first.portal });
    expect((await second.call('get_job', { jobId: left?.id })).data['job']).toMatchObject({ status: 'interrupted' });
    const { data } = await second.call('create_records', args);
    expect(jobIn(data)).toMatchObject({ jobId: left?.id, status: 'done', applied: 1_001 });
    expect(first.portal.describe().records['companies']).toBe(1_001);
  });
});

describe('A job', () => {
  it('writes a record once that one row names by its id and another by its e-mail address', async () => {
    const crm = await office(unasked);
    const ids = await contacts(crm, 1_005);
    const named = { idProperty: 'email', value: 'c3@acme.test' };
    const records = [
      ...ids.map((id) => ({ id, properties: { city: 'Bonn' } })),
      { id: named, properties: { city: 'Wien' } },
    ];
    const { data, args } = await previewed(crm, 'update_records', { objectType: 'contacts', records });
    const refused = { code: 'repeated_record', message: expect.stringContaining('index 3 ') };
    expect(data['failed']).toMatchObject([{ index: 1_005, ...refused }]);
    const { data: done } = await crm.call('update_records', args);
    expect(jobIn(done)).toMatchObject({ status: 'done', applied: 1_005, failed: 1, reasons: [refused] });
    expect(await tally(crm, 'city')).toEqual({ Bonn: 1_005 });
  });

  it.each([
    ['rows', 'create_records', companies(1_001)],
    ['a search', 'update_records', move],
  ] as const)(
    'of %s is refused until the same was done on a sandbox, and is then not refused half-way',
    async (_, tool, said) => {
      const journal = journalOn(memoryDisk(), 3);
      const sandboxId = 48213907;
      const policy = { ...unasked.policy, sandboxFirst: { rowsAbove: 50, sandboxes: [sandboxId] } };
      const production = await office({ journal, policy, kind: 'STANDARD', portalId: 1 });
      const sandbox = await office({ journal, policy, kind: 'SANDBOX', portalId: sandboxId });
      for (const crm of [production, sandbox]) await contacts(crm, 150);

      expect((await production.call(tool, said)).error).toMatchObject({ code: 'sandbox_first' });
      const { args } = await previewed(sandbox, tool, said);
      expect(jobIn((await sandbox.call(tool, args)).data)['status']).toBe('done');
      const early = { ...said, ...(tool === 'update_records' && { properties: { city: 'Wien' } }), records: undefined };
      expect(
        (await production.call(tool, { ...early, ...(tool === 'create_records' && companies(1_002)) })).error,
      ).toMatchObject({ code: 'sandbox_first' });
      const again = await previewed(production, tool, said);
      const { data } = await production.call(tool, again.args);
      expect(jobIn(data)).toMatchObject({ status: 'done', failed: 0, done: member(data, 'job')['applied'] });
    },
  );
});
