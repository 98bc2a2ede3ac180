import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { createSpending } from '../../src/policy/budgets.ts';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';

const open: Connection[] = [];
afterEach(async () => {
  for (const connection of open.splice(0)) await connection.close();
});

async function limited(budgets: NonNullable<HarnessOptions['policy']>['budgets'], more: HarnessOptions = {}) {
  const connection = await connect({ policy: { budgets }, ...more });
  open.push(connection);
  return connection;
}

let calls = 0;
const create = ({ call }: Connection, count: number) =>
  call('create_records', {
    objectType: 'contacts',
    records: Array.from({ length: count }, (_, row) => ({ properties: { firstname: `N${row}` } })),
    idempotencyKey: `call ${(calls += 1)}`,
  });
const writes = ({ requests }: Connection) => requests.filter((request) => request.includes('/batch/create'));

describe('A budget of writes', () => {
  it('S43: refuses the row too many before anything is sent, one by one or in a batch', async () => {
    const connection = await limited({ writesPerDay: 20 });
    expect((await create(connection, 21)).error).toMatchObject({ code: 'budget_spent' });
    expect(writes(connection)).toEqual([]);
    for (let row = 0; row < 19; row += 1) expect((await create(connection, 1)).data['applied']).toBe(1);
    expect((await create(connection, 2)).error['message']).toContain('1 is left');
    expect((await create(connection, 1)).data['applied']).toBe(1);
    const sent = writes(connection).length;
    expect((await create(connection, 1)).error['code']).toBe('budget_spent');
    expect(writes(connection)).toHaveLength(sent);
  });

  it('is not spent by a dry run, a refused row or an answer from what was written down', async () => {
    const connection = await limited({ writesPerDay: 2 });
    const said = { objectType: 'contacts', records: [{ properties: { firstname: 'A' } }], idempotencyKey: 'once' };
    await connection.call('create_records', { ...said, dryRun: true });
    await connection.call('create_records', {
      ...said,
      records: [{ properties: { nope: 'A' } }],
      idempotencyKey: 'bad',
    });
    await connection.call('create_records', said);
    expect((await connection.call('create_records', said)).data['replayed']).toBe(true);
    expect((await create(connection, 1)).data['applied']).toBe(1);
    expect((await create(connection, 1)).error['code']).toBe('budget_spent');
  });

  it('S43: is remembered by the journal when the server is started anew', async () => {
    const journal = createJournal({ disk: memoryDisk(), clock: systemClock, random: seededRandom(3) });
    const first = await limited({ writesPerDay: 3 }, { journal });
    expect((await create(first, 2)).data['applied']).toBe(2);
    const second = await limited({ writesPerDay: 3 }, { journal });
    expect((await create(second, 2)).error['message']).toContain('1 is left');
    expect((await create(second, 1)).data['applied']).toBe(1);
  });
});

describe('A budget of calls', () => {
  it('S43: refuses the call too many, also for another connection of the caller', async () => {
    const connection = await limited({ callsPerHour: 2 });
    const author = { caller: 'bot', session: 'one' };
    const call = (session: string, caller = 'bot') =>
      connection.toolbox.call('list_owners', {}, { author: { ...author, caller, session } });
    expect(await call('one')).toMatchObject({ ok: true });
    expect(await call('two')).toMatchObject({ ok: true });
    expect(await call('three')).toMatchObject({ ok: false, error: { code: 'budget_spent' } });
    expect(await call('one', 'another')).toMatchObject({ ok: true });
  });

  it('is spent by reading resources too', async () => {
    const { client, hubspot } = await limited({ callsPerHour: 2 });
    const { id } = await hubspot.objects.create('contacts', { properties: { firstname: 'Ann' } });
    const read = () => client.readResource({ uri: `hubspot://records/contacts/${id}` });
    await read();
    await read();
    await expect(read()).rejects.toThrow('allows 2 calls an hour');
  });

  it('may be one for all callers', async () => {
    const { toolbox } = await limited({ callsPerHour: 1, of: 'server' });
    const call = (caller: string) => toolbox.call('list_owners', {}, { author: { caller, session: 's' } });
    expect(await call('one')).toMatchObject({ ok: true });
    expect(await call('two')).toMatchObject({ ok: false, error: { code: 'budget_spent' } });
  });
});

describe('A budget of rows read', () => {
  it('gives what is left of it and then nothing', async () => {
    const connection = await limited({ rowsReadPerDay: 5 });
    await connection.hubspot.objects.batchCreate(
      'contacts',
      Array.from({ length: 8 }, (_, row) => ({ properties: { firstname: `N${row}` } })),
    );
    const search = () => connection.call('search_records', { objectType: 'contacts', limit: 4 });
    expect((await search()).data['rows']).toHaveLength(4);
    expect((await search()).data['rows']).toHaveLength(1);
    const before = connection.requests.length;
    expect((await search()).error['code']).toBe('budget_spent');
    expect(connection.requests).toHaveLength(before);
  });
});

describe('What was spent', () => {
  it('comes back as the window moves on, and never sooner', async () => {
    const clock = fakeClock();
    const spending = createSpending({ callsPerHour: 2 }, clock);
    spending.spend('a', 'calls', 1);
    await clock.advance(1_800_000);
    spending.spend('a', 'calls', 1);
    expect(() => spending.spend('a', 'calls', 1)).toThrow('0 are left');
    await clock.advance(1_799_000);
    expect(() => spending.spend('a', 'calls', 1)).toThrow('0 are left');
    await clock.advance(120_000);
    spending.spend('a', 'calls', 1);
    expect(() => spending.spend('a', 'calls', 1)).toThrow('0 are left');
  });

  it('is spent whole or not at all', () => {
    const spending = createSpending({ writesPerDay: 10 }, fakeClock());
    spending.spend('a', 'writes', 8);
    expect(() => spending.spend('a', 'writes', 3)).toThrow('2 are left');
    spending.spend('a', 'writes', 2);
    expect(spending.left('b', 'writes')).toBe(10);
    expect(spending.left('b', 'rowsRead')).toBe(Number.POSITIVE_INFINITY);
  });
});
