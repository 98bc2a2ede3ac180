import { describe, expect, it, vi } from 'vitest';
import { memoryDisk } from '../../src/journal/index.ts';
import { type Args, barrier, contacts, inUlm, jobIn, journalOn, offices, previewed, tally } from '../jobs/office.ts';
import { recordsOf, rowsOf } from '../rows.ts';

const open = offices();

const move = { objectType: 'contacts', filterGroups: inUlm, properties: { city: 'Bonn' } };

/** So many contacts that a job has moved, and of which somebody has moved the first on. */
async function movedBy(count: number, on: number) {
  const crm = await open();
  const ids = await contacts(crm, count);
  const { args } = await previewed(crm, 'update_records', move);
  const job = String(jobIn((await crm.call('update_records', args)).data)['jobId']);
  const inputs = ids.slice(0, on).map((id) => ({ id, properties: { city: 'Rome' } }));
  await crm.hubspot.objects.batchUpdate('contacts', inputs);
  return { crm, job };
}

const lengths = (data: Args) => [rowsOf(data), data['failed']].map((list) => (Array.isArray(list) ? list.length : 0));
const notes = (data: Args) => JSON.stringify(data['notes']);

describe('An undo of very many rows', () => {
  it('is told in brief: how many of each kind and the first of those, and list_changes gives them all', async () => {
    const { crm, job } = await movedBy(400, 150);
    const { data } = await crm.call('undo_changes', { callId: job });
    expect(data).toMatchObject({ applied: 250 });
    expect(lengths(data)).toEqual([10, 10]);
    expect(notes(data)).toContain('Not taken back: 150 changed_since.');
    expect(notes(data)).toContain(`list_changes with callId ${String(data['callId'])} shows all`);
    expect(await tally(crm, 'city')).toEqual({ Ulm: 250, Rome: 150 });

    const all = await crm.call('list_changes', { callId: data['callId'], limit: 1_000 });
    const states = recordsOf(all.data).map(({ state }) => state);
    expect(states.filter((state) => state === 'applied')).toHaveLength(250);
    const left = recordsOf(all.data).filter(({ state }) => state === 'left: changed_since');
    expect(new Set(left.map(({ record, field }) => `${String(record)} ${String(field)}`)).size).toBe(150);
    expect(left[0]).toMatchObject({ record: expect.stringMatching(/^contacts \d+$/), field: 'city' });
  }, 60_000);

  it('is rehearsed in brief too, with what each field would be put back from and to', async () => {
    const { crm, job } = await movedBy(400, 150);
    const { data } = await crm.call('undo_changes', { callId: job, dryRun: true });
    expect(lengths(data)).toEqual([10, 10]);
    expect(recordsOf(data)[0]).toMatchObject({ property: 'city', before: 'Bonn', after: 'Ulm' });
    expect(notes(data)).toContain('250 of 400 rows would be sent');
    expect(notes(data)).toContain('with the callId of one call');
    expect(notes(data)).toContain('Not taken back: 150 changed_since.');
  }, 60_000);

  it('goes on past a thousand rows that all stay as they are', async () => {
    const { crm } = await movedBy(1_100, 0);
    const calls = recordsOf((await crm.call('list_changes', {})).data).map(({ callId }) => String(callId));
    const oldest = rowsOf((await crm.call('list_changes', { callId: calls.at(-1), limit: 1_000 })).data);
    const untouched = new Set(oldest.map(([, , record]) => String(record).split(' ')[1]));
    const page = await crm.hubspot.objects.searchAll('contacts', { filterGroups: [] });
    const others = page.records.filter(({ id }) => !untouched.has(id));
    const inputs = others.map(({ id }) => ({ id, properties: { city: 'Rome' } }));
    await crm.hubspot.objects.batchUpdate('contacts', inputs);

    const first = await crm.call('undo_changes', { session: 'this' });
    expect(first.data).toMatchObject({ applied: 0 });
    const [, to = ''] = /make the same call again with to: \\"([^"\\]+)\\"/.exec(notes(first.data)) ?? [];
    const second = await crm.call('undo_changes', { session: 'this', to });
    expect(second.data).toMatchObject({ applied: untouched.size });
    expect(await tally(crm, 'city')).toMatchObject({ Ulm: untouched.size });
  }, 60_000);
});

describe('A call of the session that is still under way', () => {
  it('is left as it is and named, while those that have ended are taken back', async () => {
    const crm = await open();
    const [one, two] = await contacts(crm, 2);
    const { held, release } = barrier();
    const { fetch } = crm.portal;
    const slow: typeof fetch = async (request) => {
      if (request.url.endsWith('/batch/update') && String(request.body).includes('Rome')) await held;
      return fetch(request);
    };
    Object.assign(crm.portal, { fetch: slow });
    const set = (id: unknown, city: string) =>
      crm.call('update_records', { objectType: 'contacts', records: [{ id, properties: { city } }] });
    await set(one, 'Bonn');
    const going = set(two, 'Rome');
    await vi.waitFor(async () => expect(rowsOf((await crm.call('list_changes', {})).data)).toHaveLength(2));
    const { data } = await crm.call('undo_changes', { session: 'this' });
    release();
    const { callId } = (await going).data;
    expect(data).toMatchObject({ applied: 1, failed: [] });
    expect(data['notes']).toEqual([`Call ${String(callId)} is still under way and is left as it is.`]);
    expect(await tally(crm, 'city')).toEqual({ Ulm: 1, Rome: 1 });
  });
});

describe('A field that the policy has closed since it was written', () => {
  it('stays as it is for that reason, whoever changed it or not, and the others are put back', async () => {
    const disk = memoryDisk();
    const before = await open({ journal: journalOn(disk, 1) });
    const [id = ''] = await contacts(before, 1, () => ({ phone: '0123456789', jobtitle: 'Boss' }));
    const records = [{ id, properties: { city: 'Bonn', phone: '9876543210', jobtitle: 'Chief' } }];
    const { data: done } = await before.call('update_records', { objectType: 'contacts', records });
    const closed = await open({
      journal: journalOn(disk, 2),
      portal: before.portal,
      policy: { properties: { 'contacts.phone': { access: 'mask' }, 'contacts.jobtitle': { access: 'read' } } },
    });
    const { data } = await closed.call('undo_changes', { callId: done['callId'] });
    expect(data).toMatchObject({
      applied: 1,
      failed: [
        { id: `contacts ${id}`, code: 'cannot_undo', property: 'phone' },
        { id: `contacts ${id}`, code: 'cannot_undo', property: 'jobtitle' },
      ],
    });
    const { properties } = await before.hubspot.objects.get('contacts', id, { properties: ['city', 'phone'] });
    expect(properties).toMatchObject({ city: 'Ulm', phone: '9876543210' });
  });

  it('keeps no record from being archived that was made with it and not touched since', async () => {
    const disk = memoryDisk();
    const before = await open({ journal: journalOn(disk, 1) });
    const made = await before.call('create_records', {
      objectType: 'contacts',
      records: ['a', 'b'].map((name) => ({ properties: { email: `${name}@acme.test`, phone: '0123456789' } })),
    });
    const [touched = ''] = recordsOf(made.data).map((row) => String(row['id']));
    await before.hubspot.objects.update('contacts', touched, { phone: '0' });
    const closed = await open({
      journal: journalOn(disk, 2),
      portal: before.portal,
      policy: { properties: { 'contacts.phone': { access: 'mask' } } },
    });
    const { data } = await closed.call('undo_changes', { callId: made.data['callId'] });
    expect(data).toMatchObject({
      applied: 1,
      failed: [{ id: `contacts ${touched}`, code: 'changed_since', message: expect.stringContaining('phone') }],
    });
  });
});
