import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import type { FaultKind } from '../../src/portal/faults/fault.ts';
import { type FakeClock, fakeClock } from '../fake-clock.ts';
import { type Connection, connect } from '../harness.ts';
import { recordsOf } from '../rows.ts';
import { mortalDisk } from './mortal-disk.ts';

/** What becomes of merges whose answer was lost, or whose process died, on a portal that breaks them. */
let clock: FakeClock;
let crm: Connection;

const unasked = { approval: { unasked: ['merge' as const] } };
const settings = { config: { deadlineMs: 30_000 }, policy: unasked };

beforeEach(async () => {
  clock = fakeClock({ patient: true });
  crm = await connect({ clock, ...settings });
  await warm(crm);
});
afterEach(() => crm.close());

/** What is loaded with the first calls takes real time, which fake time must not overtake. */
async function warm(connection: Connection): Promise<void> {
  const said = { objectType: 'companies', ids: await three(connection, 'companies') };
  const planned_ = await connection.toolbox.call('plan_merge', said);
  await connection.toolbox.call('merge_records', { ...said, ...(planned_.ok && { digest: planned_.data['digest'] }) });
}

async function three({ hubspot }: Connection, type: 'contacts' | 'companies', tag = 'x'): Promise<string[]> {
  const made = [0, 1, 2].map(async (n) => {
    const own = type === 'contacts' ? { email: `${tag}${n}@acme.com`, phone: `+493090182${n}` } : { name: `Acme ${n}` };
    return (await hubspot.objects.create(type, { properties: { city: 'Ulm', ...own } })).id;
  });
  return Promise.all(made);
}

const path = '/crm/objects/*/*/merge';

function breakMerge(kind: FaultKind, count: number | 'always' = 1): void {
  crm.portal.control.faults.add({ kind, path, count });
}

async function call(name: string, args: Record<string, unknown>, connection = crm): Promise<Record<string, unknown>> {
  const outcome = await clock.settle(connection.toolbox.call(name, args));
  return outcome.ok ? { ...outcome.data } : { error: outcome.error };
}

async function planned(ids: readonly string[], more = {}, connection = crm) {
  const said = { objectType: 'contacts', ids, ...more };
  const { digest } = await call('plan_merge', said, connection);
  return { ...said, digest };
}

const mergesSent = () => crm.requests.filter((request) => request.endsWith('/0-1/merge')).length;

/** The record that all of the ids lead to; undefined when they lead to several. */
async function together(ids: readonly string[]): Promise<string | undefined> {
  const found = new Set<string>();
  for (const id of ids) found.add((await crm.hubspot.objects.get('contacts', id)).id);
  return found.size === 1 ? [...found][0] : undefined;
}

describe('A merge without an answer', () => {
  it.each(['apply-then-502', 'apply-then-reset', 'apply-then-hang'] as const)(
    'is found by the id of what was merged after %s, and not sent again',
    async (kind) => {
      const ids = (await three(crm, 'contacts')).slice(0, 2);
      const said = await planned(ids, { survivorId: ids[0] });
      breakMerge(kind);
      const report = await call('merge_records', said);
      expect(report).toMatchObject({ applied: 1, failed: [], unknown: [] });
      expect(mergesSent()).toBe(1);
      expect(recordsOf(report)[0]).toMatchObject({ id: await together(ids), survivor: ids[0], merged: ids[1] });
    },
  );

  it.each(['502', 'drop', 'hang'] as const)(
    'is sent again only after both were found to be two still: %s',
    async (kind) => {
      const ids = (await three(crm, 'contacts')).slice(0, 2);
      const said = await planned(ids);
      breakMerge(kind);
      const before = crm.requests.length;
      expect(await call('merge_records', said)).toMatchObject({ applied: 1, failed: [], unknown: [] });
      expect(await together(ids)).toEqual(expect.any(String));
      const sent = crm.requests.slice(before);
      const [first, second] = sent.flatMap((request, place) => (request.endsWith('/merge') ? [place] : []));
      const between = sent.slice(first, second).filter((request) => /^GET .*\/\d+$/.test(request));
      expect(between.length).toBeGreaterThanOrEqual(2);
    },
  );

  it('stays unknown when nothing answers, keeps the rest from being merged, and is settled later', async () => {
    const ids = await three(crm, 'contacts');
    const said = { ...(await planned(ids, { survivorId: ids[0] })), idempotencyKey: 'k' };
    breakMerge('apply-then-hang');
    crm.portal.control.faults.add({ kind: 'drop', path: '/crm/objects/*/*/*', method: 'GET', count: 'always', nth: 6 });
    const report = await call('merge_records', said);
    expect(report).toMatchObject({ applied: 0, unknown: [{ retryable: false }], failed: [{ sent: false }] });
    expect(mergesSent()).toBe(1);
    crm.portal.control.faults.clear();
    const again = await call('merge_records', said);
    expect(again).toMatchObject({ applied: 2, failed: [], unknown: [] });
    expect(mergesSent()).toBe(2);
    expect(await together(ids)).toEqual(expect.any(String));
  });
});

describe('A merge that HubSpot refuses', () => {
  it.each(['423', '429', '503'] as const)('with %s for the moment is sent again', async (kind) => {
    // Time that passes while the machine is busy is not what this is about.
    const calm = await connect({ clock, ...settings, config: { deadlineMs: 300_000 }, portal: crm.portal });
    await warm(calm);
    const said = await planned((await three(crm, 'contacts')).slice(0, 2), {}, calm);
    breakMerge(kind);
    expect(await call('merge_records', said, calm)).toMatchObject({ applied: 1, failed: [], unknown: [] });
    await calm.close();
  });

  it('with 477, as the account moves to another data centre, is not sent again', async () => {
    const ids = (await three(crm, 'contacts')).slice(0, 2);
    const said = await planned(ids);
    breakMerge('477');
    expect(await call('merge_records', said)).toMatchObject({ applied: 0, failed: [{ index: 0 }], unknown: [] });
    expect(mergesSent()).toBe(1);
    expect(await together(ids)).toBe(undefined);
  });

  it('keeps those that follow from being sent', async () => {
    const ids = await three(crm, 'contacts');
    const said = await planned(ids, { survivorId: ids[0] });
    breakMerge('477');
    expect(await call('merge_records', said)).toMatchObject({
      applied: 0,
      unknown: [],
      failed: [
        { sent: true, code: 'unavailable', next: expect.stringContaining('plan_merge again') },
        { sent: false, code: 'conflict', next: expect.stringContaining('plan_merge again') },
      ],
    });
    expect(mergesSent()).toBe(1);
    expect(await together(ids)).toBe(undefined);
  });
});

it('stops when the merged record is not as planned, and says what differs', async () => {
  // HubSpot lets another value win than the primary record's.
  const { portal } = crm;
  const ids: string[] = [];
  const other = await connect({
    clock,
    ...settings,
    portal: {
      ...portal,
      async fetch(request) {
        const answer = await portal.fetch(request);
        if (!request.url.endsWith('/merge') || ids.length === 0) return answer;
        const { id } = await crm.hubspot.objects.get('contacts', ids[0] ?? '');
        await crm.hubspot.objects.update('contacts', id, { phone: '000' });
        return answer;
      },
    },
  });
  await warm(other);
  ids.push(...(await three(crm, 'contacts')));
  const said = { ...(await planned(ids, { survivorId: ids[0] }, other)), idempotencyKey: 'k' };
  const stopped = {
    applied: 1,
    differences: [{ property: 'phone', asked: '+4930901820', found: '000' }],
    failed: [{ sent: false, code: 'conflict', message: expect.stringContaining('was not carried out as planned') }],
  };
  expect(await call('merge_records', said, other)).toMatchObject(stopped);
  expect(await call('merge_records', said, other)).toMatchObject(stopped);
  expect(await together(ids.slice(0, 2))).toEqual(expect.any(String));
  expect(await together(ids)).toBe(undefined);
  await other.close();
});

it('counts what another process has merged, and never merges more than the cap when both begin at once', async () => {
  const disk = memoryDisk();
  const policy = { ...unasked, merges: { perDay: 1 } };
  const both = await Promise.all(
    [1, 2].map((salt) => {
      const journal = createJournal({ disk, clock, random: seededRandom(salt) });
      return connect({ clock, ...settings, policy, portal: crm.portal, journal });
    }),
  );
  const [one, other] = both;
  if (one === undefined || other === undefined) throw new Error('Two were opened.');
  for (const each of both) await each.toolbox.call('plan_merge', { objectType: 'contacts', ids: ['1', '2'] });
  const pairs = [await three(crm, 'contacts', 'a'), await three(crm, 'contacts', 'b')].map((ids) => ids.slice(0, 2));
  const said = [await planned(pairs[0] ?? [], {}, one), await planned(pairs[1] ?? [], {}, other)];
  const outcomes = await clock.settle(
    Promise.all(both.map((each, place) => each.toolbox.call('merge_records', said[place] ?? {}))),
  );
  const merged = outcomes.filter((outcome) => outcome.ok && outcome.data['applied'] === 1);
  expect(merged.length).toBeLessThanOrEqual(1);
  // Where both gave way to each other, there is one left; then there is none.
  await call('merge_records', said[0] ?? {}, one);
  expect(await call('merge_records', { ...said[1], idempotencyKey: 'later' }, other)).toMatchObject({
    error: { code: expect.stringMatching(/^merge_cap$|^plan_changed$|^merged$/) },
  });
  expect(crm.portal.describe().records['contacts']).toBe(5);
  for (const each of both) await each.close();
});

describe('A process that dies', () => {
  it.each(['before the patch is sent', 'between patch and merge', 'while it merges', 'between two merges'] as const)(
    'leaves a call that goes on where it was: %s',
    async (moment) => {
      const disk = memoryDisk();
      const mortal = mortalDisk(disk);
      const journal = (of: typeof disk, salt: number) => createJournal({ disk: of, clock, random: seededRandom(salt) });
      const dying = await connect({ clock, ...settings, portal: crm.portal, journal: journal(mortal.disk, 1) });
      await warm(dying);
      const ids = await three(crm, 'contacts', 'k');
      const [survivor = ''] = ids;
      // The record that stays takes a value from another one, so that there is something to patch.
      await crm.hubspot.objects.update('contacts', survivor, { phone: '555' });
      const said = { ...(await planned(ids, { survivorId: survivor }, dying)), idempotencyKey: 'k' };
      const stops = {
        'before the patch is sent': { path: '/crm/objects/*/*/batch/update', kind: 'hang' },
        'between patch and merge': { path: '/crm/objects/*/*/batch/update', kind: 'apply-then-hang' },
        'while it merges': { path, kind: 'apply-then-hang' },
        'between two merges': { path, kind: 'apply-then-hang', nth: 2 },
      } as const;
      crm.portal.control.faults.add({ ...stops[moment], count: 1 });
      void dying.toolbox.call('merge_records', said);
      await clock.advance(900);
      await mortal.die();
      crm.portal.control.faults.clear();

      const next = await connect({ clock, ...settings, portal: crm.portal, journal: journal(disk, 2) });
      await warm(next);
      const report = await call('merge_records', said, next);
      expect(report).toMatchObject({ applied: 3, failed: [], unknown: [] });
      expect(await together(ids)).toEqual(expect.any(String));
      // Each record that went went once.
      const now = await crm.hubspot.objects.get('contacts', survivor, {
        properties: ['hs_merged_object_ids', 'phone'],
      });
      expect((now.properties['hs_merged_object_ids'] ?? '').split(';')).toHaveLength(4);
      expect(now.properties['phone']).toMatch(/^\+49/);
      await next.close();
      await dying.close();
    },
  );
});

/** Does something once the call has read both records and found them as they were shown. */
async function disturbed(deed: () => Promise<unknown>) {
  const { portal } = crm;
  let armed = false;
  const other = await connect({
    clock,
    ...settings,
    portal: {
      ...portal,
      async fetch(request) {
        if (armed && request.method === 'GET' && request.url.includes('associations=')) {
          armed = false;
          await deed();
        }
        return portal.fetch(request);
      },
    },
  });
  await warm(other);
  return { other, arm: () => (armed = true) };
}

const alike = async (more: Record<string, string> = {}) =>
  (await crm.hubspot.objects.create('companies', { properties: { name: 'Acme', city: 'Ulm', ...more } })).id;

describe('What changes while a merge is under way', () => {
  it('keeps a record from going into one that has become more than was planned', async () => {
    const [first, second, third] = [await alike(), await alike({ phone: '+4930901820' }), await alike()];
    const { other, arm } = await disturbed(() => crm.hubspot.objects.merge('companies', first, second));
    const said = await planned([second, third], { objectType: 'companies', survivorId: second }, other);
    arm();
    expect(await call('merge_records', said, other)).toMatchObject({
      applied: 0,
      failed: [{ code: 'conflict', message: expect.stringContaining(`${second} was merged into`) }],
    });
    expect((await crm.hubspot.objects.get('companies', third)).id).toBe(third);
    await other.close();
  });

  it('keeps a value that both had from being lost when it changed in one of them', async () => {
    const [one, two] = [await alike(), await alike()];
    const { other, arm } = await disturbed(() => crm.hubspot.objects.update('companies', two, { city: 'Bonn' }));
    const said = await planned([one, two], { objectType: 'companies', survivorId: one }, other);
    arm();
    expect(await call('merge_records', said, other)).toMatchObject({
      applied: 0,
      failed: [{ code: 'conflict', message: expect.stringContaining(`city of ${two} was changed`) }],
    });
    expect((await crm.hubspot.objects.get('companies', two)).id).toBe(two);
    await other.close();
  });
});

it('does not go on, under its key, with merges that the policy denies by now', async () => {
  const disk = memoryDisk();
  const mortal = mortalDisk(disk);
  const journal = (of: typeof disk, salt: number) => createJournal({ disk: of, clock, random: seededRandom(salt) });
  const dying = await connect({ clock, ...settings, portal: crm.portal, journal: journal(mortal.disk, 1) });
  await warm(dying);
  const ids = await three(crm, 'contacts', 'd');
  const said = { ...(await planned(ids, { survivorId: ids[0] }, dying)), idempotencyKey: 'k' };
  crm.portal.control.faults.add({ path, kind: 'apply-then-hang', count: 1 });
  void dying.toolbox.call('merge_records', said);
  await clock.advance(900);
  await mortal.die();
  crm.portal.control.faults.clear();
  const policy = { ...unasked, rules: [{ operations: ['merge' as const], verdict: 'deny' as const }] };
  const next = await connect({ clock, ...settings, policy, portal: crm.portal, journal: journal(disk, 2) });
  expect(await call('merge_records', said, next)).toMatchObject({ error: { code: 'denied_by_policy' } });
  expect(await together(ids)).toBe(undefined);
  await next.close();
  await dying.close();
});
