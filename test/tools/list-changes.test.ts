import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { createPolicy } from '../../src/policy/index.ts';
import { openPast } from '../../src/writes/past.ts';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
let ann = '';
const calls: string[] = [];

beforeAll(async () => {
  crm = await connect();
  ann = (await crm.hubspot.objects.create('contacts', { properties: { email: 'ann@acme.test', firstname: 'Ann' } })).id;
  const remember = async (name: string, args: Record<string, unknown>) => {
    const { data } = await crm.call(name, args);
    calls.push(String(data['callId']));
  };
  const update = { objectType: 'contacts', records: [{ id: ann, properties: { firstname: 'Bea', jobtitle: 'Boss' } }] };
  await remember('update_records', update);
  await remember('create_records', {
    objectType: 'companies',
    records: [{ properties: { name: 'Acme' } }, { properties: { name: 'A'.repeat(500) } }],
  });
  await remember('undo_changes', { callId: calls[0] });
});
afterAll(() => crm.close());

const list = (args: Record<string, unknown> = {}) => crm.call('list_changes', args);

describe('list_changes', () => {
  it('shows one line a call, newest first: what, how many rows, and what took it back', async () => {
    const { data } = await list();
    expect(data['columns']).toEqual([
      'callId',
      'when',
      'tool',
      'caller',
      'what',
      'applied',
      'failed',
      'unknown',
      'undone',
    ]);
    const [undo, create, update] = rowsOf(data);
    expect(undo).toEqual([
      calls[2],
      expect.stringMatching(/^20\d\d-/),
      'undo_changes',
      expect.any(String),
      expect.stringMatching(/^update 1 contacts: firstname, jobtitle \(takes back /),
      1,
      0,
      0,
      null,
    ]);
    expect(create?.slice(4)).toEqual(['create 2 companies: name', 2, 0, 0, null]);
    expect(update?.slice(4)).toEqual(['update 1 contacts: firstname, jobtitle', 1, 0, 0, calls[2]]);
  });

  it('shows one call field by field, before and after, and cuts long values', async () => {
    const changed = await list({ callId: calls[0] });
    expect(changed.data['columns']).toEqual(['index', 'state', 'record', 'field', 'before', 'after']);
    expect(rowsOf(changed.data)).toEqual([
      [0, 'applied', `contacts ${ann}`, 'firstname', 'Ann', 'Bea'],
      [0, 'applied', `contacts ${ann}`, 'jobtitle', null, 'Boss'],
    ]);
    const [, long] = rowsOf((await list({ callId: calls[1] })).data);
    expect(String(long?.[5])).toMatch(/^A{200}…\[\+300\]$/);
  });

  it('shows what HubSpot holds after a call that it took otherwise', async () => {
    const own = await connect();
    onTestFinished(() => own.close());
    const made = { email: 'stage@acme.test', lifecyclestage: 'customer' };
    const { id } = await own.hubspot.objects.create('contacts', { properties: made });
    const records = [{ id, properties: { lifecyclestage: 'lead' } }];
    const { data } = await own.call('update_records', { objectType: 'contacts', records });
    expect(data['differences']).toMatchObject([{ asked: 'lead', found: 'customer' }]);
    const { data: shown } = await own.call('list_changes', { callId: data['callId'] });
    expect(rowsOf(shown)).toEqual([[0, 'applied', `contacts ${id}`, 'lifecyclestage', 'customer', 'customer']]);
  });

  it('pages calls and fields', async () => {
    const first = await list({ limit: 2 });
    const rest = await list({ limit: 2, after: first.data['nextCursor'] });
    expect([...rowsOf(first.data), ...rowsOf(rest.data)].map(([id]) => id)).toEqual(calls.toReversed());
    expect(rest.data['nextCursor']).toBeUndefined();
    const { nextCursor } = (await list({ callId: calls[0], limit: 1 })).data;
    const field = await list({ callId: calls[0], limit: 1, after: nextCursor });
    expect(rowsOf(field.data)).toEqual([[0, 'applied', `contacts ${ann}`, 'jobtitle', null, 'Boss']]);
    expect((await list({ callId: calls[0], after: 'x' })).error).toMatchObject({ code: 'invalid_cursor' });
    expect((await list({ tool: 'create_records', after: first.data['nextCursor'] })).error).toMatchObject({
      code: 'invalid_cursor',
    });
  });

  it('finds the calls about a record, of a tool, and of a span of time', async () => {
    const ids = async (args: Record<string, unknown>) => rowsOf((await list(args)).data).map(([id]) => id);
    expect(await ids({ record: `contacts ${ann}` })).toEqual([calls[2], calls[0]]);
    expect(await ids({ tool: 'create_records' })).toEqual([calls[1]]);
    expect(await ids({ session: 'this' })).toHaveLength(3);
    expect(await ids({ from: '2090-01-01' })).toEqual([]);
    expect((await list({ from: 'soon' })).error).toMatchObject({ code: 'invalid_arguments' });
    expect((await list({ callId: 'nope' })).error).toMatchObject({ code: 'not_found' });
  });

  it('lists what is not certain, says how to check, and looks again before it does', async () => {
    const slow = await connect({ config: { deadlineMs: 1_500 } });
    const { faults } = slow.portal.control;
    faults.add({ kind: 'apply-then-502', method: 'POST', path: '/**/batch/create', count: 1 });
    faults.add({ kind: '502', method: 'POST', path: '/**/batch/read', count: 'always' });
    const { data } = await slow.call('create_records', {
      objectType: 'contacts',
      records: [{ properties: { email: 'lost@acme.test' } }],
    });
    const doubtful = await slow.call('list_changes', { callId: data['callId'] });
    faults.clear();
    const settled = await slow.call('list_changes', { unsettled: true });
    const one = await slow.call('list_changes', { callId: data['callId'] });
    await slow.close();
    expect(data['unknown']).toHaveLength(1);
    expect(rowsOf(doubtful.data)).toEqual([[0, 'unknown', 'contacts (new)', 'email', null, 'lost@acme.test']]);
    expect(doubtful.data['notes']).toMatchObject([
      expect.anything(),
      expect.stringContaining('get_records of contacts'),
    ]);
    // What can be settled by now is, so that nothing is left to list.
    expect(rowsOf(settled.data)).toEqual([]);
    expect(rowsOf(one.data)).toEqual([
      [0, 'applied', expect.stringMatching(/^contacts \d+$/), 'email', null, 'lost@acme.test'],
    ]);
  });

  it('shows values only as far as the policy lets them be seen', () => {
    const clock = systemClock;
    const past = openPast({
      journal: createJournal({ disk: memoryDisk(), clock, random: seededRandom(1) }),
      hubspot: crm.hubspot,
      options: {},
      author: { caller: 'test', session: 'test' },
      policy: createPolicy({
        version: 1,
        properties: { 'contacts.email': { access: 'mask' }, 'contacts.phone': { access: 'deny' } },
      }),
      portalId: () => Promise.resolve(1),
      recover: () => Promise.resolve(),
    });
    expect(past.show('contacts', 'email', 'jane@acme.test')).toBe('j***@acme.test');
    expect([past.shows('contacts', 'phone'), past.shows('contacts', 'city')]).toEqual([false, true]);
    expect(past.show('contacts', 'city', 'Ulm')).toBe('Ulm');
  });
});

describe('a row that the journal cannot read any more', () => {
  it('hides no other, and is said to be one that nobody can settle or take back', async () => {
    const journal = createJournal({ disk: memoryDisk(), clock: systemClock, random: seededRandom(1) });
    const server = await connect({ journal });
    const { portalId } = server.portal.describe();
    const call = { caller: 'c', session: 's', tool: 'update_records', portalId, fingerprint: 'f', sameWithinMs: 0 };
    const begun = await journal.begin(call);
    if (begun.kind !== 'new') throw new Error(begun.kind);
    await begun.call.intend([{ index: 0, change: null, records: [] }]);
    await begun.call.sending([0]);
    await begun.call.outcomes([{ index: 0, state: 'unknown' }]);
    await begun.call.finish(null);
    const { data: made } = await server.call('create_records', {
      objectType: 'contacts',
      records: [{ properties: { email: 'ann@acme.test' } }],
    });

    const { text } = await server.call('list_changes', {});
    expect(text).toContain(String(made['callId']));
    expect(text).toContain('unreadable 1 rows');
    expect((await server.call('list_changes', { unsettled: true })).data['rows']).toHaveLength(1);
    const { data: one } = await server.call('list_changes', { callId: begun.call.id });
    const damaged = expect.stringContaining('damaged');
    expect(one).toMatchObject({
      rows: [[0, 'unknown', '?', damaged, null, null]],
      notes: [expect.any(String), damaged],
    });
    const span = { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };
    const { data: undone } = await server.call('undo_changes', span);
    expect(undone).toMatchObject({ applied: 1, failed: [{ code: 'cannot_undo', message: damaged }] });
    await server.close();
  });
});
