import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import type { Disk } from '../../src/journal/disk.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { rowsOf } from '../rows.ts';
import { type MortalDisk, mortalDisk } from './mortal-disk.ts';

/** The same call, made again: by a client that lost the answer, after a restart, by another process. */

const open: Connection[] = [];
afterEach(async () => {
  for (const each of open.splice(0).toReversed()) await each.close();
});

type Process = Connection & Pick<MortalDisk, 'die'>;

let started = 0;

/** One process of the server. What dies leaves the disk and the portal to the next. */
async function start(shared: Disk = memoryDisk(), options: HarnessOptions = {}): Promise<Process> {
  const { disk, die }: MortalDisk = mortalDisk(shared);
  const journal = createJournal({ disk, clock: systemClock, random: seededRandom(++started) });
  const connection = await connect({ journal, ...options });
  open.push(connection);
  return { ...connection, die };
}

const people = (...emails: string[]) => ({
  objectType: 'contacts',
  records: emails.map((email) => ({ properties: { email } })),
});
const manyPeople = (length: number) => ({
  objectType: 'contacts',
  records: Array.from({ length }, (_, n): { properties: object } => ({ properties: { email: `c${n}@acme.test` } })),
});
const ann = people('ann@acme.test');
const create = '/crm/objects/*/*/batch/create';
const count = async (crm: Connection, type: string) =>
  (await crm.hubspot.objects.list(type, { limit: 100 })).results.length;
const writes = ({ requests }: Connection) =>
  requests.filter((request) => /batch\/(create|update)$/.test(request)).length;

describe('a call that was made before', () => {
  it.each([[{ idempotencyKey: 'k' }], [{}]])('gives the result it gave, and writes nothing: %j', async (key) => {
    const crm = await start();
    const first = await crm.call('create_records', { ...ann, ...key });
    expect(first.data).toMatchObject({ applied: 1, callId: expect.any(String) });
    const again = await crm.call('create_records', { ...key, ...ann });
    expect(again.data).toMatchObject({ applied: 1, replayed: true, rows: first.data['rows'] });
    expect(writes(crm)).toBe(1);
  });

  it('says that a new key writes it once more, and then it does', async () => {
    const crm = await start();
    const acme = { objectType: 'companies', records: [{ properties: { name: 'Acme' } }] };
    await crm.call('create_records', acme);
    const { data } = await crm.call('create_records', acme);
    const note = expect.stringMatching(/^This very call was made less than a minute ago,.* new idempotencyKey/);
    expect(data).toMatchObject({ replayed: true, notes: [note] });
    await crm.call('create_records', { ...acme, idempotencyKey: 'once more' });
    expect(await count(crm, 'companies')).toBe(2);
  });

  it.each(['undo_changes', 'archive_records'])(
    'is made anew once its record is gone by %s, and only once',
    async (how) => {
      const crm = await start(memoryDisk(), { policy: { approval: { unasked: ['archive'] } } });
      const acme = { objectType: 'companies', records: [{ properties: { name: 'Acme' } }] };
      const { data: first } = await crm.call('create_records', acme);
      const id = String(rowsOf(first)[0]?.at(-1));
      const gone = how === 'undo_changes' ? { callId: first['callId'] } : { objectType: 'companies', ids: [id] };
      expect((await crm.call(how, gone)).data).toMatchObject({ applied: 1 });
      const { data: second } = await crm.call('create_records', acme);
      expect(second).toMatchObject({ applied: 1 });
      expect(second).not.toHaveProperty('replayed');
      expect((await crm.call('create_records', acme)).data).toMatchObject({ replayed: true, rows: second['rows'] });
      expect(await count(crm, 'companies')).toBe(1);
      const keyed = { ...acme, idempotencyKey: 'k' };
      const { data: third } = await crm.call('create_records', keyed);
      await crm.call('undo_changes', { callId: third['callId'] });
      expect((await crm.call('create_records', keyed)).data).toMatchObject({ replayed: true });
    },
  );

  it('is made anew where a repetition changes nothing', async () => {
    const crm = await start();
    const { id } = await crm.hubspot.objects.create('contacts', { properties: { email: 'ann@acme.test' } });
    const update = { objectType: 'contacts', records: [{ id, properties: { city: 'Bonn' } }] };
    await crm.call('update_records', update);
    const { data } = await crm.call('update_records', update);
    expect(data).not.toHaveProperty('replayed');
    expect(writes(crm)).toBe(2);
  });

  it('must be the same one: its key stands for no other', async () => {
    const crm = await start();
    await crm.call('create_records', { ...ann, idempotencyKey: 'k' });
    const { error } = await crm.call('create_records', { ...people('bob@acme.test'), idempotencyKey: 'k' });
    expect(error).toMatchObject({ code: 'idempotency_mismatch' });
    expect(writes(crm)).toBe(1);
  });

  it('may be tried again when it changed nothing', async () => {
    const crm = await start();
    const wrong = { objectType: 'contacts', records: [{ properties: { email: 'no address' } }], idempotencyKey: 'k' };
    expect((await crm.call('create_records', wrong)).data).toMatchObject({ applied: 0, failed: [{ index: 0 }] });
    expect((await crm.call('create_records', { ...ann, idempotencyKey: 'k' })).data).toMatchObject({ applied: 1 });
  });

  it('is joined while it is under way', async () => {
    const crm = await start();
    crm.portal.control.faults.add({ kind: 'latency', ms: 50, path: create });
    const both = [1, 2].map(() => crm.call('create_records', { ...ann, idempotencyKey: 'k' }));
    const [first, second] = await Promise.all(both);
    expect([first?.data['applied'], second?.data['applied']]).toEqual([1, 1]);
    expect([first?.data['replayed'] ?? second?.data['replayed'], writes(crm)]).toEqual([true, 1]);
  });
});

describe('two processes', () => {
  it('write what both are asked for at the same moment once, without a key', async () => {
    const disk = memoryDisk();
    const one = await start(disk);
    const other = await start(disk, { portal: one.portal });
    const acme = { objectType: 'companies', records: [{ properties: { name: 'Acme' } }] };
    const both = () => Promise.all([one, other].map((crm) => crm.call('create_records', acme)));
    const first = await both();
    expect(first.map(({ data }) => data['applied'])).toEqual([1, 1]);
    expect(first.filter(({ data }) => data['replayed'])).toHaveLength(1);
    expect(await count(one, 'companies')).toBe(1);
    await one.call('undo_changes', { callId: first[0]?.data['callId'] });
    expect((await both()).filter(({ data }) => data['replayed'])).toHaveLength(1);
    expect(await count(one, 'companies')).toBe(1);
  });
});

describe('a restart', () => {
  it('forgets no key', async () => {
    const disk = memoryDisk();
    const crm = await start(disk);
    await crm.call('create_records', { ...ann, idempotencyKey: 'k' });
    await crm.die();
    const next = await start(disk, { portal: crm.portal });
    const { data } = await next.call('create_records', { ...ann, idempotencyKey: 'k' });
    expect(data).toMatchObject({ applied: 1, replayed: true });
    const other = await next.call('create_records', { ...people('bob@acme.test'), idempotencyKey: 'k' });
    expect(other.error).toMatchObject({ code: 'idempotency_mismatch' });
    expect(writes(next)).toBe(0);
  });

  it.each(['apply-then-hang', 'hang'] as const)(
    'in the middle (%s) settles what was sent, sends what was not, and reports all of it',
    async (kind) => {
      const disk = memoryDisk();
      const crm = await start(disk);
      const all = manyPeople(250);
      all.records.push({ properties: { nope: 1 } });
      crm.portal.control.faults.add({ kind, path: create, nth: 2 });
      const lost = crm.call('create_records', { ...all, idempotencyKey: 'k' });
      lost.catch(() => undefined);
      await until(() => writes(crm) === 2);
      await crm.die();
      const next = await start(disk, { portal: crm.portal });
      const { data } = await next.call('create_records', { ...all, idempotencyKey: 'k' });
      expect(data).toMatchObject({ applied: 250, unknown: [], failed: [{ index: 250, sent: false }] });
      const { total } = await next.hubspot.objects.search('contacts', {});
      expect(total).toBe(250);
    },
  );

  it('leaves a call that another process is at to that one', async () => {
    const disk = memoryDisk();
    const crm = await start(disk);
    crm.portal.control.faults.add({ kind: 'latency', ms: 300, path: create });
    const first = crm.call('create_records', { ...ann, idempotencyKey: 'k' });
    await until(() => writes(crm) === 1);
    const other = await start(disk, { portal: crm.portal });
    const [one, two] = await Promise.all([first, other.call('create_records', { ...ann, idempotencyKey: 'k' })]);
    expect([one.data['applied'], two.data['applied'], two.data['replayed']]).toEqual([1, 1, true]);
    expect(writes(other)).toBe(0);
  });

  it('says when another process has not ended in time, and what to do', async () => {
    const disk = memoryDisk();
    const crm = await start(disk);
    crm.portal.control.faults.add({ kind: 'hang', path: create });
    const first = crm.call('create_records', { ...ann, idempotencyKey: 'k' });
    first.catch(() => undefined);
    await until(() => writes(crm) === 1);
    const other = await start(disk, { portal: crm.portal, config: { deadlineMs: 600 } });
    const { error } = await other.call('create_records', { ...ann, idempotencyKey: 'k' });
    expect(error).toMatchObject({ code: 'in_flight_elsewhere', next: expect.stringContaining('Repeat') });
    await crm.die();
  });
});

describe('a caller that goes away', () => {
  it('stops the call at the next chunk; asked for again, it goes on', async () => {
    const crm = await start(memoryDisk(), { policy: { approval: { bulkAbove: 1_000 } } });
    const all = manyPeople(250);
    const gone = new AbortController();
    crm.portal.control.faults.add({ kind: 'latency', ms: 50, path: create, nth: 2 });
    const call = crm.toolbox.call('create_records', all, { signal: gone.signal });
    await until(() => writes(crm) === 2);
    gone.abort();
    const cancelled = { code: 'cancelled', sent: false };
    expect(await call).toMatchObject({ data: { applied: 200, unknown: [], failed: { length: 50, 0: cancelled } } });
    expect((await crm.hubspot.objects.search('contacts', {})).total).toBe(200);
    const again = await crm.toolbox.call('create_records', all);
    expect(again).toMatchObject({ data: { applied: 250, unknown: [], failed: [] } });
    expect((await crm.hubspot.objects.search('contacts', {})).total).toBe(250);
  });
});

const full = (disk: Disk): Disk => ({
  ...disk,
  append: async (file) => ({
    ...(await disk.append(file)),
    sync: () => Promise.reject(new Error('ENOSPC: no space left on device')),
  }),
});

describe('a journal that cannot be written', () => {
  it('sends nothing, and says why', async () => {
    const crm = await start(full(memoryDisk()));
    const { error } = await crm.call('create_records', ann);
    expect(error).toMatchObject({
      code: 'journal_unusable',
      message: expect.stringMatching(/^Nothing was sent, because it could not be written down first: .*no space left/),
      next: expect.any(String),
    });
    expect(writes(crm)).toBe(0);
  });
});

async function until(done: () => boolean): Promise<void> {
  while (!done()) await new Promise((resolve) => setImmediate(resolve));
}
