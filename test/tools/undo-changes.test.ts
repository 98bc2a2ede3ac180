import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;

beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

/** Somebody else, who does not go through this server. */
const human = {
  make: async (type: string, properties: Record<string, string>) =>
    (await crm.hubspot.objects.create(type, { properties })).id,
  set: (type: string, id: string, properties: Record<string, string>) =>
    crm.hubspot.objects.update(type, id, properties),
  see: async (type: string, id: string, ...properties: string[]) => {
    const record = await crm.hubspot.objects.get(type, id, { properties });
    return properties.map((name) => record.properties[name] || null);
  },
  labels: async (from: string, to: string) => {
    const { to: all } = await crm.hubspot.associations.list('contacts', from, 'companies');
    const types = all.find(({ toObjectId }) => toObjectId === to)?.types;
    return types && types.flatMap(({ label }) => label ?? []);
  },
};

const update = (id: string, properties: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  crm.call('update_records', { objectType: 'contacts', records: [{ id, properties }], ...more });
const undo = (args: Record<string, unknown>) => crm.call('undo_changes', args);
const callOf = (answer: { data: Record<string, unknown> }) => String(answer.data['callId']);

describe('undo_changes', () => {
  it('gives fields the values that they had, empty ones too', async () => {
    const id = await human.make('contacts', { email: 'U1@acme.test', firstname: 'Ann', lifecyclestage: 'lead' });
    const done = await update(id, { email: 'Other@ACME.test', firstname: '', jobtitle: 'Boss' });
    expect(await human.see('contacts', id, 'email', 'firstname', 'jobtitle')).toEqual([
      'other@acme.test',
      null,
      'Boss',
    ]);
    const { data } = await undo({ callId: callOf(done) });
    expect(data).toMatchObject({ applied: 1, failed: [], unknown: [] });
    expect(await human.see('contacts', id, 'email', 'firstname', 'jobtitle')).toEqual(['u1@acme.test', 'Ann', null]);
  });

  it('leaves what somebody changed since, says so, and takes back the rest', async () => {
    const id = await human.make('contacts', { email: 'u2@acme.test', firstname: 'Ann', phone: '0123' });
    const done = await update(id, { firstname: 'Bea', jobtitle: 'Boss', phone: '0456' });
    await human.set('contacts', id, { jobtitle: 'Chief', phone: '456' });
    const { data } = await undo({ callId: callOf(done) });
    expect(data).toMatchObject({ applied: 1 });
    expect(data['failed']).toMatchObject([
      { id: `contacts ${id}`, code: 'changed_since', property: 'jobtitle', sent: false },
      { id: `contacts ${id}`, code: 'changed_since', property: 'phone' },
    ]);
    expect(JSON.stringify(data['failed'])).toMatch(
      /jobtitle is \\"Chief\\" now, not \\"Boss\\".*Before call .* it was empty/,
    );
    expect(await human.see('contacts', id, 'firstname', 'jobtitle', 'phone')).toEqual(['Ann', 'Chief', '456']);
  });

  it('undoes nothing twice, and can be undone itself', async () => {
    const id = await human.make('contacts', { email: 'u3@acme.test', firstname: 'Ann' });
    const done = await update(id, { firstname: 'Bea' });
    const undone = await undo({ callId: callOf(done) });
    expect((await undo({ callId: callOf(done) })).data).toMatchObject({ applied: 0, unchanged: 1, failed: [] });
    // Somebody likes what was undone: a second undo must not take it from them.
    await human.set('contacts', id, { firstname: 'Bea' });
    expect((await undo({ callId: callOf(done) })).data).toMatchObject({ applied: 0, unchanged: 1 });
    await human.set('contacts', id, { firstname: 'Ann' });
    expect((await undo({ callId: callOf(undone) })).data).toMatchObject({ applied: 1 });
    expect(await human.see('contacts', id, 'firstname')).toEqual(['Bea']);
  });

  it('sets a lifecycle stage back, which HubSpot takes only once it is cleared', async () => {
    const id = await human.make('contacts', { email: 'u6@acme.test', lifecyclestage: 'lead' });
    const done = await update(id, { lifecyclestage: 'customer' });
    const undone = await undo({ callId: callOf(done) });
    expect(undone.data).toMatchObject({ applied: 1, failed: [] });
    expect(undone.data['differences']).toBeUndefined();
    expect(await human.see('contacts', id, 'lifecyclestage')).toEqual(['lead']);
  });

  it('takes back an earlier call once the later one is taken back', async () => {
    const id = await human.make('contacts', { email: 'u5@acme.test', firstname: 'Ann' });
    const first = await update(id, { firstname: 'Bea' });
    const second = await update(id, { firstname: 'Cleo' });
    const undone = await undo({ callId: callOf(second) });
    const redone = await undo({ callId: callOf(undone) });
    expect(await human.see('contacts', id, 'firstname')).toEqual(['Cleo']);
    expect((await undo({ callId: callOf(first) })).data['failed']).toMatchObject([
      { code: 'changed_by_later_call', next: expect.stringContaining(callOf(second)) },
    ]);
    await undo({ callId: callOf(redone) });
    expect((await undo({ callId: callOf(first) })).data).toMatchObject({ applied: 1, failed: [] });
    expect(await human.see('contacts', id, 'firstname')).toEqual(['Ann']);
  });

  it('names the later call that wrote the same field, and takes both back together', async () => {
    const id = await human.make('contacts', { email: 'u4@acme.test', firstname: 'Ann' });
    const from = new Date().toISOString();
    const first = await update(id, { firstname: 'Bea', jobtitle: 'Boss' });
    const second = await update(id, { firstname: 'Cleo' });
    const alone = await undo({ callId: callOf(first), dryRun: true });
    expect(alone.data['failed']).toMatchObject([
      { code: 'changed_by_later_call', property: 'firstname', next: expect.stringContaining(callOf(second)) },
    ]);
    expect((await undo({ from, record: `contacts ${id}` })).data).toMatchObject({ applied: 1, failed: [] });
    expect(await human.see('contacts', id, 'firstname', 'jobtitle')).toEqual(['Ann', null]);
  });

  it('archives what was made, unless somebody worked on it since', async () => {
    const made = await crm.call('create_records', {
      objectType: 'contacts',
      records: [
        { properties: { email: 'n1@acme.test' } },
        { properties: { email: 'n2@acme.test' } },
        { properties: { email: 'n3@acme.test' } },
      ],
    });
    const [one = '', two = '', three = ''] = rowsOf(made.data).map(([, id]) => String(id));
    await human.set('contacts', two, { firstname: 'Mine' });
    const note = await human.make('notes', { hs_note_body: 'x', hs_timestamp: '2026-01-01T00:00:00Z' });
    await crm.hubspot.associations.associateDefault('notes', 'contacts', [{ from: note, to: three }]);
    const { data } = await undo({ callId: callOf(made) });
    expect(data).toMatchObject({ applied: 1 });
    expect(data['failed']).toMatchObject([
      { code: 'changed_since', message: expect.stringContaining(`linked with notes ${note}`) },
      { code: 'changed_since', message: expect.stringContaining('firstname') },
    ]);
    await expect(crm.hubspot.objects.get('contacts', one)).rejects.toMatchObject({ code: 'not_found' });
    expect(await human.see('contacts', two, 'firstname')).toEqual(['Mine']);
    expect(await human.see('contacts', three, 'email')).toEqual(['n3@acme.test']);
  });

  it('takes back an upsert as what it was: a new record, or changed fields', async () => {
    const id = await human.make('contacts', { email: 'up1@acme.test', firstname: 'Ann' });
    const done = await crm.call('upsert_records', {
      objectType: 'contacts',
      idProperty: 'email',
      records: [
        { properties: { email: 'up1@acme.test', firstname: 'Bea' } },
        { properties: { email: 'up2@acme.test', firstname: 'New' } },
      ],
    });
    expect((await undo({ callId: callOf(done) })).data).toMatchObject({ applied: 2, failed: [] });
    expect(await human.see('contacts', id, 'firstname')).toEqual(['Ann']);
    const again = await crm.hubspot.objects.batchRead('contacts', ['up2@acme.test'], { idProperty: 'email' });
    expect(again[0]?.outcome).toBe('rejected');
  });

  it('puts associations and their labels back as they were', async () => {
    const [ann, bob] = [
      await human.make('contacts', { email: 'l1@acme.test' }),
      await human.make('contacts', { email: 'l2@acme.test' }),
    ];
    const acme = await human.make('companies', { name: 'Acme' });
    for (const name of ['buyer', 'signer', 'guest']) {
      await crm.hubspot.associations.createLabel('contacts', 'companies', { name, label: name });
    }
    const types = await crm.hubspot.associations.labels('contacts', 'companies');
    const type = (name: string) => {
      const found = types.find(({ label }) => label === name);
      return { associationCategory: 'USER_DEFINED' as const, associationTypeId: found?.typeId ?? 0 };
    };
    const link = (labels: string[], pairs: string[], more = {}) =>
      crm.call('associate_records', {
        fromObjectType: 'contacts',
        toObjectType: 'companies',
        pairs: pairs.map((from) => ({ from, to: acme, ...(labels.length > 0 && { labels }) })),
        ...more,
      });
    await crm.hubspot.associations.associate('contacts', 'companies', [
      { from: ann, to: acme, types: [type('buyer')] },
    ]);

    const added = await link(['signer'], [ann, bob]);
    expect(await human.labels(ann, acme)).toEqual(expect.arrayContaining(['buyer', 'signer']));
    await undo({ callId: callOf(added) });
    expect([await human.labels(ann, acme), await human.labels(bob, acme)]).toEqual([['buyer'], undefined]);

    const replaced = await link(['signer'], [ann], { replaceLabels: true });
    await undo({ callId: callOf(replaced) });
    expect(await human.labels(ann, acme)).toEqual(['buyer']);

    const ended = await crm.call('dissociate_records', {
      fromObjectType: 'contacts',
      toObjectType: 'companies',
      pairs: [{ from: ann, to: acme }],
    });
    expect(await human.labels(ann, acme)).toBeUndefined();
    expect((await undo({ callId: callOf(ended) })).data).toMatchObject({ applied: 1, failed: [] });
    expect(await human.labels(ann, acme)).toEqual(['buyer']);

    const linked = await link([], [bob]);
    await crm.hubspot.associations.associate('contacts', 'companies', [
      { from: bob, to: acme, types: [type('guest')] },
    ]);
    const { data } = await undo({ callId: callOf(linked) });
    expect(data['failed']).toMatchObject([{ code: 'changed_since', message: expect.stringContaining('guest') }]);
    expect(await human.labels(bob, acme)).toEqual(['guest']);
  });

  it('says of archived records that only a person can bring them back', async () => {
    const id = await human.make('contacts', { email: 'a1@acme.test', firstname: 'Ann' });
    const asked = await crm.call('archive_records', { objectType: 'contacts', ids: [id] });
    const token = JSON.stringify(asked.error).match(/approvalToken[^A-Za-z0-9_-]+([\w.-]{20,})/)?.[1];
    const done =
      asked.data['callId'] === undefined
        ? await crm.call('archive_records', { objectType: 'contacts', ids: [id], approvalToken: token })
        : asked;
    const { data } = await undo({ callId: callOf(done) });
    expect(data).toMatchObject({ applied: 0 });
    expect(data['failed']).toMatchObject([{ code: 'cannot_undo', next: expect.stringContaining('90 days') }]);
  });

  it('takes back definitions: made ones are archived, changed ones are patched', async () => {
    const made = await crm.call('create_properties', {
      objectType: 'contacts',
      properties: [{ name: 'shoe_size', label: 'Shoe size', type: 'number' }],
    });
    const name = 'shoe_size';
    const defined = async () => (await crm.hubspot.properties.list('contacts')).find((each) => each.name === name);
    expect([made.error, (await defined())?.label]).toEqual([{}, 'Shoe size']);
    const changed = await crm.call('update_properties', {
      objectType: 'contacts',
      properties: [{ name, label: 'Hat size' }],
    });
    expect([changed.error, (await defined())?.label]).toEqual([{}, 'Hat size']);
    const undone = await undo({ callId: callOf(changed) });
    expect([undone.error, (await defined())?.label]).toEqual([{}, 'Shoe size']);
    const archived = await undo({ callId: callOf(made) });
    expect([archived.data['failed'], archived.error]).toEqual([[], {}]);
    expect(await defined()).toBeUndefined();
  });

  it('does nothing on a dry run but reads', async () => {
    const id = await human.make('contacts', { email: 'd1@acme.test', firstname: 'Ann' });
    const done = await update(id, { firstname: 'Bea' });
    const before = crm.requests.length;
    const { data } = await undo({ callId: callOf(done), dryRun: true });
    expect(data).toMatchObject({ dryRun: true, applied: 0 });
    expect(data['columns']).toEqual(['index', 'action', 'objectType', 'id', 'property', 'before', 'after']);
    expect(rowsOf(data)).toEqual([[0, 'update', 'contacts', id, 'firstname', 'Bea', 'Ann']]);
    expect(crm.requests.slice(before).filter((request) => !/^GET|\/(search|read)$/.test(request))).toEqual([]);
  });

  it('takes back the calls of its own session, and leaves those of another', async () => {
    const ids = [
      await human.make('contacts', { email: 'mine@acme.test', firstname: 'Ann' }),
      await human.make('contacts', { email: 'theirs@acme.test', firstname: 'Ann' }),
    ] as const;
    const [mine, theirs] = ['one', 'two'].map((session) => ({ author: { caller: 'agent', session } }));
    for (const [place, caller] of [mine, theirs].entries()) {
      const records = [{ id: ids[place], properties: { firstname: 'Bea' } }];
      await crm.toolbox.call('update_records', { objectType: 'contacts', records }, caller);
    }
    const see = async () => (await Promise.all(ids.map((id) => human.see('contacts', id, 'firstname')))).flat();
    expect(await see()).toEqual(['Bea', 'Bea']);
    await crm.toolbox.call('undo_changes', { session: 'this' }, mine);
    expect(await see()).toEqual(['Ann', 'Bea']);
  });

  it('takes back the calls of a time span, its ends included, and leaves those before and after', async () => {
    const clock = fakeClock();
    const office = await connect({ clock });
    onTestFinished(() => office.close());
    const { objects } = office.hubspot;
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd']) {
      ids.push((await objects.create('contacts', { properties: { email: `${name}@span.test`, firstname: 'Ann' } })).id);
    }
    const times: string[] = [];
    for (const id of ids) {
      await clock.advance(60_000);
      times.push(new Date(clock.now()).toISOString());
      const records = [{ id, properties: { firstname: 'Bea' } }];
      await office.call('update_records', { objectType: 'contacts', records });
    }
    const { data } = await office.call('undo_changes', { from: times[1], to: times[2] });
    expect(data).toMatchObject({ applied: 2, failed: [] });
    const found = await Promise.all(ids.map((id) => objects.get('contacts', id, { properties: ['firstname'] })));
    expect(found.map(({ properties }) => properties['firstname'])).toEqual(['Bea', 'Ann', 'Ann', 'Bea']);
  });

  it('says how to narrow what is too much, and which changes when none are named', async () => {
    expect((await undo({})).error).toMatchObject({ code: 'invalid_arguments' });
    expect((await undo({ callId: 'nope' })).error).toMatchObject({ code: 'not_found' });
    expect((await undo({ from: 'yesterday' })).error).toMatchObject({ code: 'invalid_arguments' });
    expect((await undo({ from: '2090-01-01' })).error).toMatchObject({ code: 'nothing_to_undo' });
  });
});
