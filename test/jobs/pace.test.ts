import { afterEach, describe, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { contacts, inUlm, jobIn, previewed } from './office.ts';
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
});
