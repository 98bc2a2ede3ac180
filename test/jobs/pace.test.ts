import { afterEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { contacts, histories, inUlm, jobIn, previewed } from './office.ts';
import { pass } from './pass.ts';

let crm: Connection;
afterEach(() => crm.close());

const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };

const HOUR_MS = 3_600_000;

async function office(clock: FakeClock, options: HarnessOptions = {}): Promise<void> {
  const policy: HarnessOptions['policy'] = { approval: { unasked: ['bulk'] } };
  crm = await connect({ clock, policy, config: { deadlineMs: HOUR_MS }, ...options });
}

type Request = Parameters<Connection['portal']['fetch']>[0];

describe('A job', () => {
  it('gives up on a batch that HubSpot keeps locked, and not on the others', async () => {
    const clock = fakeClock({ patient: true });
    await office(clock);
    const ids = await pass(clock, contacts(crm, 450), 100);
    const { args } = await pass(clock, previewed(crm, 'update_records', move), 100);
    const { fetch } = crm.portal;
    const locked = async (request: Request) => {
      if (!request.url.endsWith('/batch/update') || !String(request.body).includes(`"${ids[7]}"`))
        return fetch(request);
      return { status: 423, headers: { 'content-type': 'application/json' }, body: '{"message":"Locked."}' };
    };
    Object.assign(crm.portal, { fetch: locked });
    const { data } = await pass(clock, crm.call('update_records', args), 1_000);
    expect(jobIn(data)).toMatchObject({ status: 'done', applied: 350, failed: 100, reasons: [{ code: 'locked' }] });
  });

  it('that stood still for the day’s last call is gone on with on the next day, to its end', async () => {
    const clock = fakeClock({ patient: true });
    await office(clock);
    const ids = await pass(clock, contacts(crm, 450), 100);
    const { args } = await pass(clock, previewed(crm, 'update_records', move), 100);
    const { fetch } = crm.portal;
    let batches = 0;
    let spent = true;
    const day = async (request: Request) => {
      if (request.url.endsWith('/batch/update')) batches += 1;
      if (batches <= 2 || !spent) return fetch(request);
      const body = { status: 'error', message: 'Daily limit.', errorType: 'RATE_LIMIT', policyName: 'DAILY' };
      return { status: 429, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
    };
    Object.assign(crm.portal, { fetch: day });
    const { data } = await pass(clock, crm.call('update_records', args), 1_000);
    const job = jobIn(data);
    expect(job).toMatchObject({ status: 'interrupted', failed: 0, reason: { code: 'daily_limit' } });
    const until = Date.parse(String(job['resumeAt']));
    expect(until).toBeGreaterThan(clock.now());
    spent = false;
    await clock.advance(until - clock.now() + 60_000);
    const { data: later } = await pass(clock, crm.call('resume_job', { jobId: job['jobId'] }), 1_000);
    expect(jobIn(later)).toMatchObject({ status: 'done', applied: 450, failed: 0 });
    expect(await pass(clock, histories(crm, ids, 'city'), 100)).toEqual(new Set(['Bonn < Ulm']));
  });
});
