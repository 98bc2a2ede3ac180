import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { Portal } from '../../src/portal/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { mortalDisk } from '../writes/mortal-disk.ts';
import { type Args, contacts, inUlm, jobIn, member, previewed, tally } from './office.ts';

const open: Connection[] = [];
afterEach(async () => {
  // What was opened on another's portal goes first.
  for (const crm of open.splice(0).toReversed()) await crm.close();
});

async function office(options: HarnessOptions = {}): Promise<Connection> {
  const crm = await connect(options);
  open.push(crm);
  return crm;
}

const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };
const isBatch = (url: string) => url.endsWith('/batch/update');

/** Lets a test decide what becomes of each request before the portal sees it. */
function tap(portal: Portal, hear: (url: string, count: number) => Promise<Answer | undefined> | Answer | undefined) {
  const { fetch } = portal;
  let count = 0;
  const tapped: Portal['fetch'] = async (request) => {
    if (isBatch(request.url)) count += 1;
    return (await hear(request.url, count)) ?? fetch(request);
  };
  return Object.assign(portal, { fetch: tapped });
}

type Answer = Awaited<ReturnType<Portal['fetch']>>;

function refusal(status: number, body: Args): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ status: 'error', ...body }) };
}

describe('A job', () => {
  it('tells whoever waits how far it is', async () => {
    const crm = await office();
    await contacts(crm, 450);
    const { args } = await previewed(crm, 'update_records', move);
    const told: { progress: number; total?: number | undefined }[] = [];
    await crm.client.callTool(
      { name: 'update_records', arguments: { ...args } },
      { onprogress: ({ progress, total }) => told.push({ progress, total }) },
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told.every(({ total }) => total === 450)).toBe(true);
    expect(told.map(({ progress }) => progress)).toEqual(told.map(({ progress }) => progress).toSorted((a, b) => a - b));
  });

  it('goes on when the call that began it has no more time, and the same call waits for it again', async () => {
    const crm = await office({ config: { deadlineMs: 1_500 } });
    await contacts(crm, 300);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { args } = await previewed(crm, 'update_records', move);
    tap(crm.portal, async (url, count) => (isBatch(url) && count > 1 ? held.then(() => undefined) : undefined));
    const first = await crm.call('update_records', args);
    expect(jobIn(first.data)).toMatchObject({ status: 'running', total: 300 });
    expect(first.data['notes']).toContainEqual(expect.stringContaining('goes on by itself'));
    release();
    const second = await crm.call('update_records', args);
    expect(jobIn(second.data)).toMatchObject({ status: 'done', applied: 300, jobId: jobIn(first.data)['jobId'] });
  });

  it('writes every match once although writing changes what matches, past 10,000', async () => {
    const crm = await office({ config: { deadlineMs: 60_000 } });
    await contacts(crm, 10_150);
    const { args, preview } = await previewed(crm, 'update_records', move);
    expect(preview).toMatchObject({ matches: 10_150, calls: { searches: 51, writes: 102 } });
    const { data } = await crm.call('update_records', args);
    expect(data).toMatchObject({ job: { status: 'done', applied: 10_150 } });
    expect(await tally(crm, 'city')).toEqual({ Bonn: 10_150 });
  }, 90_000);

  it('is cancelled between two batches: what was sent is counted, and nothing more is sent', async () => {
    const crm = await office();
    await contacts(crm, 2_000);
    const { args } = await previewed(crm, 'update_records', move);
    let cancelled: ReturnType<Connection['call']> | undefined;
    tap(crm.portal, async (url, count) => {
      if (isBatch(url) && count === 3) {
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
    expect(written).toBeLessThan(2_000);
    expect(await tally(crm, 'city')).toEqual({ Bonn: written, Ulm: 2_000 - written });
    const again = await crm.call('resume_job', { jobId: job['jobId'] });
    expect(again.error).toMatchObject({ code: 'job_ended' });
  });

  it('names each row that could not be written, says a shared reason once, and writes the others', async () => {
    const crm = await office();
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
    const crm = await office();
    await contacts(crm, 500);
    const { args } = await previewed(crm, 'update_records', move);
    let dayIsOver = true;
    tap(crm.portal, (url, count) =>
      isBatch(url) && count > 2 && dayIsOver
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
  });

  it('stops with the reason when every batch would meet the same refusal, and can be gone on with', async () => {
    const crm = await office();
    await contacts(crm, 500);
    const { args } = await previewed(crm, 'update_records', move);
    let revoked = true;
    tap(crm.portal, (url, count) =>
      isBatch(url) && count > 2 && revoked ? refusal(401, { category: 'INVALID_AUTHENTICATION', message: 'No.' }) : undefined,
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
    const crm = await office({ limits: 'on', config: { deadlineMs: 60_000 } });
    await contacts(crm, 1_500);
    const { args } = await previewed(crm, 'update_records', move);
    const job = crm.call('update_records', args);
    let ended = false;
    void job.then(() => {
      ended = true;
    });
    const answered = await crm.call('get_records', { objectType: 'contacts', ids: ['c1@acme.test'] });
    expect(answered.isError).toBe(false);
    expect(ended).toBe(false);
    await job;
  }, 60_000);
});

describe('A job whose process is gone', () => {
  it.each([1, 3, 6])('after %i batches is gone on with by another, which writes nothing twice and leaves nothing out', async (last) => {
    const disk = memoryDisk();
    const random = seededRandom(last);
    const mortal = mortalDisk(disk);
    const first = await office({
      journal: createJournal({ disk: mortal.disk, clock: systemClock, random }),
      config: { deadlineMs: 2_000 },
    });
    await contacts(first, 850);
    const { args } = await previewed(first, 'update_records', move);
    tap(first.portal, async (url, count) => {
      if (isBatch(url) && count > last) {
        await mortal.die();
        return new Promise<never>(() => {});
      }
      return undefined;
    });
    await crm_call(first, args);
    const { portal } = first;
    Reflect.deleteProperty(portal, 'never');
    expect(portal).toBeDefined();
  });
});

async function crm_call(crm: Connection, args: Args) {
  return crm.call('update_records', { ...args });
}

function list(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.map((each: unknown) => (typeof each === 'object' && each !== null ? { ...each } : {})) : [];
}
