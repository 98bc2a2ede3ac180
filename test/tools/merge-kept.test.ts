import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom, systemClock } from '../../src/clock.ts';
import { createJournal, memoryDisk } from '../../src/journal/index.ts';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { recordsOf } from '../rows.ts';

const opened: Connection[] = [];
afterEach(async () => {
  for (const connection of opened.splice(0).toReversed()) await connection.close();
});

/** Merges without a form. */
async function open({ policy, ...options }: HarnessOptions = {}): Promise<Connection> {
  const connection = await connect({ ...options, policy: { approval: { unasked: ['merge'] }, ...policy } });
  opened.push(connection);
  return connection;
}

async function make({ hubspot }: Connection, type: string, all: readonly Record<string, string>[]): Promise<string[]> {
  const ids: string[] = [];
  for (const properties of all) ids.push((await hubspot.objects.create(type, { properties })).id);
  return ids;
}

async function planned(connection: Connection, objectType: string, ids: readonly string[]) {
  const said = { objectType, ids, survivorId: ids[0] };
  const { data, text } = await connection.call('plan_merge', said);
  return { said: { ...said, digest: data['digest'] }, text };
}

const merge = async (connection: Connection, objectType: string, ids: readonly string[]) =>
  (await connection.call('merge_records', (await planned(connection, objectType, ids)).said)).data;

describe('What HubSpot keeps beside the survivor’s own', () => {
  it('is verified: the addresses of all that became one', async () => {
    const crm = await open();
    const ids = await make(crm, 'contacts', [
      { firstname: 'Ann' },
      { firstname: 'Ann', email: 'ann@acme.test' },
      { firstname: 'Ann', email: 'Ann.Lee@Acme.test' },
      { firstname: 'Ann', email: 'lee@acme.test' },
    ]);
    const [one = '', two = '', three = '', four = ''] = ids;
    const pair = await merge(crm, 'contacts', [three, four]);
    const now = String(recordsOf(pair).at(-1)?.['id']);
    const data = await merge(crm, 'contacts', [one, two, now]);
    expect(data).toMatchObject({ failed: [], unknown: [] });
    expect([pair['differences'], data['differences']]).toEqual([undefined, undefined]);
    const record = await crm.hubspot.objects.get('contacts', one, { properties: ['email', 'hs_additional_emails'] });
    const { email, hs_additional_emails: others } = record.properties;
    const all = [email, ...(others ?? '').split(';')].map((each) => (each ?? '').toLowerCase());
    expect(all.toSorted((a, b) => a.localeCompare(b))).toEqual(['ann.lee@acme.test', 'ann@acme.test', 'lee@acme.test']);
  });

  it('is verified: the domains of companies, but for one that was written over', async () => {
    const crm = await open();
    const ids = await make(crm, 'companies', [
      { name: 'Acme', domain: 'acme.test' },
      { name: 'Acme', domain: 'acme.example' },
      { name: 'Acme', domain: 'acme.test' },
    ]);
    const said = { objectType: 'companies', ids, survivorId: ids[0], fields: { domain: ids[1] } };
    const { data: plan } = await crm.call('plan_merge', said);
    const { data } = await crm.call('merge_records', { ...said, digest: plan['digest'] });
    expect(data).toMatchObject({ failed: [], unknown: [] });
    expect(data['differences']).toBe(undefined);
  });

  it('stops the merges that follow when it is not there, and says what is missing', async () => {
    const { portal, hubspot } = await open();
    const crm = await open({
      portal: {
        ...portal,
        async fetch(request) {
          const answer = await portal.fetch(request);
          return {
            ...answer,
            body: String(answer.body).replace(/"hs_additional_emails":"[^"]*"/g, '"hs_additional_emails":null'),
          };
        },
      },
    });
    const ids = await make(
      crm,
      'contacts',
      [1, 2, 3].map((n) => ({ email: `ann${n}@acme.test`, firstname: 'Ann' })),
    );
    const data = await merge(crm, 'contacts', ids);
    expect(data).toMatchObject({
      applied: 1,
      differences: [
        { property: 'hs_additional_emails', asked: expect.stringMatching(/^;ann[23]@acme.test$/), found: '' },
      ],
      failed: [{ sent: false, code: 'conflict' }],
    });
    expect(
      new Set(await Promise.all(ids.map(async (id) => (await hubspot.objects.get('contacts', id)).id))),
    ).toHaveLength(2);
  });
});

describe('Links to objects of the portal’s own', () => {
  it('are in the plan, in its digest, and in the snapshot of what went', async () => {
    const crm = await open();
    const { hubspot } = crm;
    const { objectTypeId } = await hubspot.schemas.create({
      name: 'boats',
      labels: { singular: 'Boat', plural: 'Boats' },
      primaryDisplayProperty: 'boat_name',
      requiredProperties: [],
      searchableProperties: [],
      properties: [{ name: 'boat_name', label: 'Name', type: 'string', fieldType: 'text' }],
      associatedObjects: ['CONTACT'],
    });
    const [stays = '', goes = ''] = await make(crm, 'contacts', [
      { email: 'ann@acme.test', firstname: 'Ann' },
      { email: 'lee@acme.test', firstname: 'Ann' },
    ]);
    const [boat = '', other = ''] = await make(crm, objectTypeId, [{ boat_name: 'Titania' }, { boat_name: 'Oberon' }]);
    await hubspot.associations.associateDefault('contacts', objectTypeId, [{ from: goes, to: boat }]);
    const { said, text } = await planned(crm, 'contacts', [stays, goes]);
    expect(text).toMatch(/Associations move along: 1 boats/);
    await hubspot.associations.associateDefault('contacts', objectTypeId, [{ from: goes, to: other }]);
    expect((await crm.call('merge_records', said)).error['code']).toBe('plan_changed');
    const data = await merge(crm, 'contacts', [stays, goes]);
    expect(data).toMatchObject({ failed: [], unknown: [] });
    const undone = await crm.call('undo_changes', { callId: data['callId'] });
    expect(undone.text).toMatch(new RegExp(`associate_records with boats ${boat}, ${other}`));
  });
});

describe('A merge that was planned', () => {
  it('is refused when one of the records is gone by then, and when it lives on in another', async () => {
    const crm = await open();
    const people = [1, 2, 3, 4, 5].map((n) => ({ email: `ann${n}@acme.test`, firstname: 'Ann' }));
    const [a = '', b = '', c = '', d = '', e = ''] = await make(crm, 'contacts', people);
    const first = await planned(crm, 'contacts', [a, b]);
    await crm.hubspot.objects.archive('contacts', b);
    expect((await crm.call('merge_records', first.said)).error['code']).toBe('not_found');
    const second = await planned(crm, 'contacts', [c, d]);
    const { id } = await crm.hubspot.objects.merge('contacts', d, e);
    expect((await crm.call('merge_records', second.said)).error).toMatchObject({
      code: 'merged',
      next: expect.stringContaining(id),
    });
    expect((await crm.call('merge_records', { ...first.said, ids: [a, a] })).error['code']).toBe('repeated_record');
    expect((await crm.call('merge_records', { ...first.said, objectType: 'line_items' })).error['code']).toBe(
      'not_possible',
    );
    expect(crm.requests.filter((request) => request.endsWith('/merge'))).toHaveLength(1);
  });

  it('leaves nothing of a denied property in the journal, and of a masked one no value', async () => {
    const disk = memoryDisk();
    const crm = await open({
      journal: createJournal({ disk, clock: systemClock, random: seededRandom(3) }),
      policy: { properties: { 'contacts.jobtitle': { access: 'deny' }, 'contacts.email': { access: 'mask' } } },
    });
    const [a = '', b = ''] = await make(crm, 'contacts', [
      { email: 'hidden.one@veiled.test', firstname: 'Ann', jobtitle: 'Secret agent' },
      { email: 'hidden.two@veiled.test', firstname: 'Ann', jobtitle: 'Double agent' },
    ]);
    const data = await merge(crm, 'contacts', [a, b]);
    expect(data).toMatchObject({ applied: 1, failed: [], unknown: [] });
    expect(data['differences']).toBe(undefined);
    const kept: string[] = [];
    for (const log of await disk.list('logs'))
      kept.push(Buffer.from(await disk.read(`logs/${log}`, 0, 1_000_000)).toString());
    expect(kept.join()).toContain('merge');
    expect(kept.join()).not.toMatch(/agent|hidden\.(one|two)/);
  });

  it('tells of what it has written when HubSpot allows no more merges of the record', async () => {
    const { portal } = await open();
    const message = 'Cannot have more than 250 identities on a profile';
    const crm = await open({
      portal: {
        ...portal,
        fetch: async (request) =>
          request.url.endsWith('/merge')
            ? {
                status: 414,
                headers: { 'content-type': 'application/json' },
                body: JSON.stringify({ status: 'error', message }),
              }
            : portal.fetch(request),
      },
    });
    const ids = await make(crm, 'contacts', [
      { email: 'ann@acme.test', firstname: 'Ann', phone: '555' },
      { email: 'lee@acme.test', firstname: 'Ann', phone: '+49 30 901820' },
      { email: 'ann.lee@acme.test', firstname: 'Ann' },
    ]);
    const data = await merge(crm, 'contacts', ids);
    expect(data).toMatchObject({
      applied: 1,
      unknown: [],
      failed: [
        { sent: true, message: expect.stringContaining('250 identities'), next: expect.stringContaining('plan_merge') },
        { sent: false },
      ],
    });
    expect(recordsOf(data)[0]).toMatchObject({ id: ids[0] });
  });
});
