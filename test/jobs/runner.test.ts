import { describe, expect, it } from 'vitest';
import { memoryDisk } from '../../src/journal/index.ts';
import type { Portal } from '../../src/portal/index.ts';
import type { Connection, HarnessOptions } from '../harness.ts';
import { mortalDisk } from '../writes/mortal-disk.ts';
import {
  type Args,
  barrier,
  contacts,
  histories,
  inUlm,
  jobIn,
  journalOn,
  member,
  offices,
  previewed,
  tally,
} from './office.ts';

const office = offices();

const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
const unasked = { policy: { approval: { unasked: ['bulk'] } } } as const satisfies HarnessOptions;

/** Lets a test decide what becomes of each batch, counted from 1. The function that it gives ends that. */
function tap(
  portal: Portal,
  hear: (count: number, answer: () => Promise<Answer>) => Promise<Answer | undefined> | Answer | undefined,
  path = '/batch/update',
): () => void {
  const { fetch } = portal;
  let count = 0;
  const tapped: Portal['fetch'] = async (request) => {
    if (!request.url.endsWith(path)) return fetch(request);
    count += 1;
    return (await hear(count, () => fetch(request))) ?? fetch(request);
  };
  Object.assign(portal, { fetch: tapped });
  return () => void Object.assign(portal, { fetch });
}

type Answer = Awaited<ReturnType<Portal['fetch']>>;

function refusal(status: number, body: Args): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ status: 'error', ...body }),
  };
}

describe('A job', () => {
  it('tells whoever waits how far it is', async () => {
    const crm = await office(unasked);
    await contacts(crm, 450);
    const { args } = await previewed(crm, 'update_records', move);
    const told: { progress: number; total?: number | undefined }[] = [];
    await crm.client.callTool(
      { name: 'update_records', arguments: { ...args } },
      { onprogress: ({ progress, total }) => told.push({ progress, total }) },
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told.every(({ total }) => total === 450)).toBe(true);
    expect(told.map(({ progress }) => progress)).toEqual(
      told.map(({ progress }) => progress).toSorted((a, b) => a - b),
    );
  });

  it('goes on when the call that began it has no more time, and the same call waits for it again', async () => {
    const crm = await office({ ...unasked, config: { deadlineMs: 1_500 } });
    await contacts(crm, 300);
    const { held, release } = barrier();
    const { args } = await previewed(crm, 'update_records', move);
    tap(crm.portal, (count) => (count > 1 ? held.then(() => undefined) : undefined));
    const first = await crm.call('update_records', args);
    expect(jobIn(first.data)).toMatchObject({ status: 'running', total: 300 });
    expect(first.data['notes']).toContainEqual(expect.stringContaining('goes on by itself'));
    release();
    const second = await crm.call('update_records', args);
    expect(jobIn(second.data)).toMatchObject({ status: 'done', applied: 300, jobId: jobIn(first.data)['jobId'] });
  });

  it('is cancelled between two batches: what was sent is counted, and nothing more is sent', async () => {
    const crm = await office(unasked);
    await contacts(crm, 1_600);
    const { args } = await previewed(crm, 'update_records', move);
    let cancelled: ReturnType<Connection['call']> | undefined;
    tap(crm.portal, async (count) => {
      if (count === 3) {
        const [job] = await crm.call('get_job').then(({ data }) => list(data['jobs']));
        cancelled = crm.call('cancel_job', { jobId: job?.['jobId'] });
      }
      return undefined;
    });
    const { data } = await crm.call('update_records', args);
    const job = jobIn(data);
    expect(job['status']).toBe('cancelled');
    expect(jobIn((await cancelled)?.data ?? {})).toEqual(job);
    const written = Number(job['applied']);
    expect(written).toBeGreaterThanOrEqual(300);
    expect(written).toBeLessThan(1_600);
    expect(await tally(crm, 'city')).toEqual({ Bonn: written, Ulm: 1_600 - written });
    const again = await crm.call('resume_job', { jobId: job['jobId'] });
    expect(again.error).toMatchObject({ code: 'job_ended' });
  });

  it('is cancelled while it looks for its records, and the log speaks of no failure', async () => {
    const crm = await office(unasked);
    await contacts(crm, 450);
    const { args } = await previewed(crm, 'update_records', move);
    const { held, release } = barrier();
    const { held: asked, release: heard } = barrier();
    tap(
      crm.portal,
      (count) => {
        if (count < 3) return undefined; // The first two: how many they still are, and a page.
        heard();
        return held.then(() => undefined);
      },
      '/search',
    );
    const begun = crm.call('update_records', args);
    await asked;
    const [job] = await crm.call('get_job').then(({ data }) => list(data['jobs']));
    await crm.call('cancel_job', { jobId: job?.['jobId'] });
    release();
    expect(jobIn((await begun).data)).toMatchObject({ status: 'cancelled', applied: 0 });
    expect(crm.log.filter((line) => line.includes('unexpectedly'))).toEqual([]);
  });

  it('names each row that could not be written, says a shared reason once, and writes the others', async () => {
    const crm = await office(unasked);
    const ids = await contacts(crm, 1_100);
    const records = ids.map((id, n) => ({ id: n % 100 === 7 ? `9${n}` : id, properties: { city: 'Bonn' } }));
    const { args } = await previewed(crm, 'update_records', { objectType: 'contacts', records });
    const { data } = await crm.call('update_records', args);
    const job = jobIn(data);
    expect(job).toMatchObject({ status: 'done', applied: 1_089, failed: 11, reasons: [{ rows: 11 }] });
    const rows = list(member(job, 'failures')['rows']);
    expect(rows.map((row) => row['0']).toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 11 }, (_, n) => 100 * n + 7),
    );
    expect(await tally(crm, 'city')).toEqual({ Bonn: 1_089, Ulm: 11 });
  });

  it('stands still when the day’s calls are used up, says when to go on, and then goes on', async () => {
    const crm = await office({ ...unasked, limits: 'on' });
    await contacts(crm, 500);
    const { args } = await previewed(crm, 'update_records', move);
    let dayIsOver = true;
    tap(crm.portal, (count) =>
      count > 2 && dayIsOver
        ? refusal(429, { message: 'You have reached your daily limit.', errorType: 'RATE_LIMIT', policyName: 'DAILY' })
        : undefined,
    );
    const { data } = await crm.call('update_records', args);
    expect(jobIn(data)).toMatchObject({
      status: 'interrupted',
      failed: 0,
      reason: { code: 'daily_limit' },
      resumeAt: expect.stringMatching(/^\d{4}-/),
    });
    expect(Number(jobIn(data)['applied'])).toBeLessThan(500);
    dayIsOver = false;
    const { data: early } = await crm.call('update_records', args);
    expect(jobIn(early)).toMatchObject({ reason: { code: 'daily_limit' } });
  });

  it('stops with the reason when every batch would meet the same refusal, and can be gone on with', async () => {
    const crm = await office(unasked);
    await contacts(crm, 500);
    const { args } = await previewed(crm, 'update_records', move);
    let revoked = true;
    tap(crm.portal, (count) =>
      count > 2 && revoked ? refusal(401, { category: 'INVALID_AUTHENTICATION', message: 'No.' }) : undefined,
    );
    const { data } = await crm.call('update_records', args);
    expect(jobIn(data)).toMatchObject({ status: 'interrupted', failed: 0, reason: { code: 'unauthorized' } });
    revoked = false;
    const { data: after } = await crm.call('resume_job', { jobId: jobIn(data)['jobId'] });
    expect(jobIn(after)).toMatchObject({ status: 'done', applied: 500, failed: 0 });
    expect(jobIn(after)['reason']).toBeUndefined();
    expect(await tally(crm, 'city')).toEqual({ Bonn: 500 });
  });

  it('lets a call of a conversation go first', async () => {
    const crm = await office({ ...unasked, limits: 'on', config: { deadlineMs: 60_000 } });
    await contacts(crm, 1_500);
    const { args } = await previewed(crm, 'update_records', move);
    const job = crm.call('update_records', args);
    const chat = crm.call('get_records', { objectType: 'contacts', ids: ['c1@acme.test'] });
    const first = await Promise.race([chat.then(() => 'chat'), job.then(() => 'job')]);
    expect([first, (await chat).isError]).toEqual(['chat', false]);
    expect(jobIn((await job).data)).toMatchObject({ status: 'done', applied: 1_500 });
  }, 60_000);
});

describe('A job whose process is gone', () => {
  it.each([
    [1, 'before'],
    [3, 'after'],
    [4, 'after'],
  ] as const)(
    'after %i batches, %s HubSpot got the next ones, is gone on with by another: nothing twice, nothing left out',
    async (last, when) => {
      const disk = memoryDisk();
      const mortal = mortalDisk(disk);
      const first = await office({ ...unasked, journal: journalOn(mortal.disk, 1), config: { deadlineMs: 1_500 } });
      const ids = await contacts(first, 450);
      const { args } = await previewed(first, 'update_records', move);
      const release = tap(first.portal, async (count, answer) => {
        if (count <= last) return undefined;
        if (when === 'after') await answer();
        await mortal.die();
        return new Promise<never>(() => {});
      });
      await first.call('update_records', args);
      release();

      const second = await office({ ...unasked, journal: journalOn(disk, 2), portal: first.portal });
      const [job] = list((await second.call('get_job')).data['jobs']);
      expect(job).toMatchObject({ status: 'interrupted', total: 450 });
      const { data } = await second.call('resume_job', { jobId: job?.['jobId'] });
      expect(jobIn(data)).toMatchObject({ status: 'done', done: 450, applied: 450, failed: 0, unknown: 0 });
      expect(await histories(second, ids, 'city')).toEqual(new Set(['Bonn < Ulm']));
    },
  );

  it('made no record twice that HubSpot would make twice without a word', async () => {
    const disk = memoryDisk();
    const mortal = mortalDisk(disk);
    const first = await office({ ...unasked, journal: journalOn(mortal.disk, 1), config: { deadlineMs: 2_500 } });
    const records = Array.from({ length: 1_010 }, (_, n) => ({ properties: { name: `Acme ${n}` } }));
    const { args } = await previewed(first, 'create_records', { objectType: 'companies', records });
    const release = tap(
      first.portal,
      async (count, answer) => {
        if (count <= 2) return undefined;
        await answer();
        await mortal.die();
        return new Promise<never>(() => {});
      },
      '/batch/create',
    );
    await first.call('create_records', args);
    release();
    const second = await office({ ...unasked, journal: journalOn(disk, 2), portal: first.portal });
    const { data } = await second.call('create_records', args);
    const { applied, unknown, status } = jobIn(data);
    expect([status, Number(applied) + Number(unknown)]).toEqual(['done', 1_010]);
    expect(first.portal.describe().records['companies']).toBe(1_010);
  });

  it('is gone on with by the same call with the same digest', async () => {
    const disk = memoryDisk();
    const mortal = mortalDisk(disk);
    const first = await office({ ...unasked, journal: journalOn(mortal.disk, 1), config: { deadlineMs: 1_500 } });
    await contacts(first, 350);
    const { args } = await previewed(first, 'update_records', move);
    const release = tap(first.portal, async (count) => {
      if (count < 2) return undefined;
      await mortal.die();
      return new Promise<never>(() => {});
    });
    await first.call('update_records', args);
    release();
    const second = await office({ ...unasked, journal: journalOn(disk, 2), portal: first.portal });
    expect((await second.call('update_records', args)).data).toMatchObject({ applied: 350, job: { status: 'done' } });
  });
});

function list(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value)
    ? value.map((each: unknown) => (typeof each === 'object' && each !== null ? { ...each } : {}))
    : [];
}
