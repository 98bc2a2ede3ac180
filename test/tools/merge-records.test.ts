import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { recordsOf } from '../rows.ts';

let crm: Connection;
const opened: Connection[] = [];

async function open(options: HarnessOptions = {}): Promise<Connection> {
  const connection = await connect(options);
  opened.push(connection);
  return connection;
}

beforeEach(async () => {
  crm = await open();
});
afterEach(async () => {
  for (const connection of opened.splice(0).toReversed()) await connection.close();
});

const contact = async (properties: Record<string, string>, { hubspot } = crm) =>
  (await hubspot.objects.create('contacts', { properties })).id;

const pair = async (connection = crm): Promise<[string, string]> => [
  await contact(
    { email: 'ann@acme.com', firstname: 'Ann', city: 'Ulm', phone: '555', lifecyclestage: 'customer' },
    connection,
  ),
  await contact(
    { email: 'ann.lee@acme.com', firstname: 'Ann', city: 'Ulm', phone: '+4930901820', lastname: 'Lee' },
    connection,
  ),
];

async function planned(ids: readonly string[], more = {}, connection = crm) {
  const said = { objectType: 'contacts', ids, ...more };
  const { data } = await connection.call('plan_merge', said);
  return { said: { ...said, digest: data['digest'] }, plan: data };
}

const merges = ({ requests }: Connection) => requests.filter((request) => request.endsWith('/merge')).length;
const writes = ({ requests }: Connection) =>
  requests.filter((request) => /\/merge$|batch\/update$/.test(request)).length;

it('patches the record that stays, merges, looks again, and says where the record is now', async () => {
  const [ann, lee] = await pair();
  const { said } = await planned([ann, lee], { survivorId: ann });
  const { data } = await crm.call('merge_records', said);
  expect(data).toMatchObject({ applied: 2, failed: [], unknown: [] });
  expect(data['differences']).toBe(undefined);
  const [, merged] = recordsOf(data);
  expect(merged).toMatchObject({ survivor: ann, merged: lee });
  const record = await crm.hubspot.objects.get('contacts', lee, {
    properties: ['email', 'phone', 'lastname', 'lifecyclestage', 'hs_additional_emails'],
  });
  expect(record).toMatchObject({
    id: merged?.['id'],
    properties: {
      email: 'ann@acme.com',
      phone: '+4930901820',
      lastname: 'Lee',
      lifecyclestage: 'customer',
      hs_additional_emails: 'ann.lee@acme.com',
    },
  });
  expect(crm.questions).toHaveLength(1);
  expect(crm.questions[0]).toMatch(/is merged into contacts \d+ .* and gone/);
  expect(crm.questions[0]).toMatch(/cannot be undone/);
  // What a person is asked about is what happens, values and all.
  expect(crm.questions[0]).toMatch(/phone 555 → "\+4930901820"/);
});

it('follows the new ids of three records that become one', async () => {
  const [ann, lee] = await pair();
  const third = await contact({ email: 'a.lee@acme.com', firstname: 'Ann', jobtitle: 'CTO' });
  const { said, plan } = await planned([ann, lee, third]);
  const { data } = await crm.call('merge_records', said);
  expect(data).toMatchObject({ failed: [], unknown: [] });
  const merged = recordsOf(data).filter((row) => typeof row['merged'] === 'string');
  expect(merged.map((row) => row['merged'])).toEqual(plan['losers']);
  const now = merged.at(-1)?.['id'];
  for (const id of [ann, lee, third]) {
    expect(await crm.hubspot.objects.get('contacts', id, { properties: ['jobtitle', 'lastname'] })).toMatchObject({
      id: now,
      properties: { jobtitle: 'CTO', lastname: 'Lee' },
    });
  }
});

it.each([
  ['a value of the record that goes', (lee: string) => crm.hubspot.objects.update('contacts', lee, { city: 'Bonn' })],
  ['a value of a property that was empty', (lee: string) => crm.hubspot.objects.update('contacts', lee, { zip: '1' })],
  [
    'what it is associated with',
    async (lee: string) => {
      const { id } = await crm.hubspot.objects.create('companies', { properties: { name: 'Acme' } });
      await crm.hubspot.associations.associateDefault('contacts', 'companies', [{ from: lee, to: id }]);
    },
  ],
  [
    'one of what it is associated with, though not how many,',
    async (lee: string) => {
      const { hubspot } = crm;
      const now = await hubspot.associations.batchRead('contacts', 'companies', [lee]);
      const [old] = now.flatMap((row) => (row.outcome === 'applied' ? row.value.to : []));
      const { id } = await hubspot.objects.create('companies', { properties: { name: 'Other' } });
      await hubspot.associations.remove('contacts', 'companies', [{ from: lee, to: old?.toObjectId ?? '' }]);
      await hubspot.associations.associateDefault('contacts', 'companies', [{ from: lee, to: id }]);
    },
  ],
])('refuses when %s changed since the plan', async (_, change) => {
  const [ann, lee] = await pair();
  const company = await crm.hubspot.objects.create('companies', { properties: { name: 'First' } });
  await crm.hubspot.associations.associateDefault('contacts', 'companies', [{ from: lee, to: company.id }]);
  const { said } = await planned([ann, lee]);
  await change(lee);
  const before = writes(crm);
  const { error } = await crm.call('merge_records', said);
  expect(error).toMatchObject({ code: 'plan_changed', next: expect.stringContaining('plan_merge') });
  expect([writes(crm), crm.questions]).toEqual([before, []]);
});

it('takes the digest of no other call: other records, another survivor, other fields', async () => {
  const [ann, lee] = await pair();
  const third = await contact({ email: 'x@acme.com', firstname: 'Xi' });
  const { said } = await planned([ann, lee]);
  for (const more of [{ ids: [ann, third] }, { survivorId: ann }, { fields: { phone: ann } }, { digest: 'sha256:x' }]) {
    expect((await crm.call('merge_records', { ...said, ...more })).error['code']).toBe('plan_changed');
  }
  expect(merges(crm)).toBe(0);
});

it('merges nothing that a plan refuses, and shows in a dry run what it would do', async () => {
  const [ann, lee] = await pair();
  const { said } = await planned([ann, lee], { survivorId: ann });
  const { data, text } = await crm.call('merge_records', { ...said, dryRun: true });
  expect(data).toMatchObject({ dryRun: true, applied: 0 });
  expect(text).toMatch(/needs the approval of a person/);
  expect(recordsOf(data).map((row) => row['action'])).toContain('merge');
  expect([writes(crm), crm.questions]).toEqual([0, []]);
  const [a, b] = [
    await crm.hubspot.objects.create('companies', { properties: { name: 'Acme' } }),
    await crm.hubspot.objects.create('companies', { properties: { name: 'Acme' } }),
  ];
  const digest = 'sha256:any';
  const asked = { objectType: 'companies', ids: [a.id, b.id], digest, fields: { name: a.id, phone: b.id } };
  expect((await crm.call('merge_records', asked)).error['code']).toBe('cannot_merge');
});

it('writes once for one key, and is in the list of changes with the snapshot of what went', async () => {
  const [ann, lee] = await pair();
  const { said } = await planned([ann, lee], { survivorId: ann });
  const keyed = { ...said, idempotencyKey: 'k1' };
  const first = await crm.call('merge_records', keyed);
  const again = await crm.call('merge_records', keyed);
  expect(again.data).toMatchObject({ replayed: true, applied: 2, callId: first.data['callId'] });
  expect(merges(crm)).toBe(1);
  const merged = (await crm.hubspot.objects.get('contacts', ann)).id;
  expect(merged).not.toBe(ann);
  const listed = await crm.call('list_changes', { record: `contacts ${lee}` });
  expect(recordsOf(listed.data)[0]).toMatchObject({ tool: 'merge_records', applied: 2 });
  expect(String(recordsOf(listed.data)[0]?.['what'])).toMatch(/merge 1 contacts/);
  const fields = recordsOf((await crm.call('list_changes', { callId: first.data['callId'] })).data);
  expect(fields.filter((row) => row['record'] === `contacts ${lee}`)).toEqual(
    expect.arrayContaining([
      // By the id that it had, and the one that HubSpot has given it.
      expect.objectContaining({ field: 'merge', after: `into contacts ${ann}, which is contacts ${merged} now` }),
      expect.objectContaining({ field: 'email', before: 'ann.lee@acme.com' }),
      expect.objectContaining({ field: 'lastname', before: 'Lee' }),
    ]),
  );
});

it('cannot be undone, and says what is left to do', async () => {
  const [ann, lee] = await pair();
  const company = await crm.hubspot.objects.create('companies', { properties: { name: 'Zeta' } });
  await crm.hubspot.associations.associateDefault('contacts', 'companies', [{ from: lee, to: company.id }]);
  const { said } = await planned([ann, lee], { survivorId: ann });
  const { data } = await crm.call('merge_records', said);
  const before = writes(crm);
  const undone = await crm.call('undo_changes', { callId: data['callId'] });
  expect(undone.data).toMatchObject({ applied: 0, failed: [{ code: 'cannot_undo' }] });
  expect(undone.text).toMatch(/create_records with objectType contacts and the properties [^.]*lastname/);
  expect(undone.text).toMatch(new RegExp(`associate_records with companies ${company.id}`));
  expect(undone.text).toMatch(/take email off/);
  expect(writes(crm)).toBe(before);
});

it('leaves what earlier calls wrote to a record that was merged since as it is', async () => {
  const [ann, lee] = await pair();
  const earlier = await crm.call('update_records', {
    objectType: 'contacts',
    records: [{ id: lee, properties: { city: 'Bonn' } }],
  });
  const made = await crm.call('create_records', {
    objectType: 'contacts',
    records: [{ properties: { email: 'new@acme.com', firstname: 'Ann' } }],
  });
  const created = String(recordsOf(made.data)[0]?.['id']);
  const { said } = await planned([ann, lee, created], { survivorId: ann });
  await crm.call('merge_records', said);
  for (const { data } of [earlier, made]) {
    const undone = await crm.call('undo_changes', { callId: data['callId'] });
    expect(undone.data).toMatchObject({ applied: 0, failed: [{ code: 'cannot_undo' }] });
    expect(undone.text).toMatch(/was merged into contacts \d+ since/);
  }
});

it('merges what a scan has found, and the next scan no longer shows it', { timeout: 120_000 }, async () => {
  const connection = await open({ seed: 'demo', config: { deadlineMs: 60_000 } });
  const scan = async () =>
    recordsOf((await connection.call('find_duplicates', { objectType: 'contacts', limit: 50 })).data);
  const clusters = (await scan()).map((row) => String(row['ids']).split(':'));
  const merged: string[] = [];
  for (const ids of clusters) {
    const { said } = await planned(ids, {}, connection);
    if (said.digest === undefined) continue;
    const { data } = await connection.call('merge_records', said);
    expect(data).toMatchObject({ failed: [], unknown: [] });
    merged.push(...ids);
    if (merged.length >= 4) break;
  }
  expect(merged.length).toBeGreaterThanOrEqual(4);
  const left = (await scan()).flatMap((row) => String(row['ids']).split(':'));
  expect(left.filter((id) => merged.includes(id))).toEqual([]);
  expect(left.length).toBeGreaterThan(0);
});

describe('A person', () => {
  it.each(['none', 'decline', 'cancel'] as const)(
    'who has not said yes keeps it from happening: %s',
    async (approve) => {
      const connection = await open({ approve });
      const [ann, lee] = await pair(connection);
      const { said } = await planned([ann, lee], {}, connection);
      const { error } = await connection.call('merge_records', said);
      expect(error['code']).toMatch(/^approval_(?:unavailable|declined)$/);
      expect(writes(connection)).toBe(0);
    },
  );

  it('may be asked through a token where the policy says so, and a token is for the very merge that was shown', async () => {
    const connection = await open({ approve: 'none', policy: { approval: { withoutForm: { merge: 'token' } } } });
    const [ann, lee] = await pair(connection);
    const { said } = await planned([ann, lee], { survivorId: ann }, connection);
    const { error } = await connection.call('merge_records', said);
    expect(error['code']).toBe('approval_needed');
    const approvalToken = error['approvalToken'];
    const other = await planned([ann, lee], { survivorId: lee }, connection);
    expect((await connection.call('merge_records', { ...other.said, approvalToken })).isError).toBe(true);
    expect(writes(connection)).toBe(0);
    expect((await connection.call('merge_records', { ...said, approvalToken })).data).toMatchObject({ applied: 2 });
  });

  it('is not asked again for what HubSpot alone has set meanwhile, and a token merges once', async () => {
    const connection = await open({ approve: 'none', policy: { approval: { withoutForm: { merge: 'token' } } } });
    const [ann, lee] = await pair(connection);
    const { said } = await planned([ann, lee], { survivorId: ann }, connection);
    const { error } = await connection.call('merge_records', said);
    const approved = { ...said, approvalToken: error['approvalToken'] };
    // It was touched, and says what it said.
    await connection.hubspot.objects.update('contacts', lee, { city: 'Bonn' });
    await connection.hubspot.objects.update('contacts', lee, { city: 'Ulm' });
    expect((await connection.call('merge_records', approved)).data).toMatchObject({ applied: 2, failed: [] });
    expect((await connection.call('merge_records', approved)).error['code']).toBe('merged');
    expect(merges(connection)).toBe(1);
  });

  it('is asked, and the merge carried out and verified, in 13 requests', async () => {
    const [ann, lee] = await pair();
    const { said } = await planned([ann, lee], { survivorId: ann });
    const before = crm.requests.length;
    expect((await crm.call('merge_records', said)).data).toMatchObject({ applied: 2 });
    expect(crm.requests.length - before).toBeLessThanOrEqual(13);
  });

  it('sees which decision is theirs', async () => {
    const { connection, asked } = await disputed();
    await connection.call('merge_records', (await planned(asked.ids, asked.more, connection)).said);
    expect(connection.questions[0]).toMatch(/your decision: hubspot_owner_id/);
  });

  it('has to say what is theirs to decide where nobody is shown the merge', async () => {
    const { connection, asked, owner } = await disputed({ approval: { unasked: ['merge'] } });
    const { said } = await planned(asked.ids, asked.more, connection);
    const { error } = await connection.call('merge_records', said);
    expect(error).toMatchObject({ code: 'needs_decision', next: expect.stringContaining('fields') });
    const [a, b] = asked.ids;
    const decided = await planned(asked.ids, { ...asked.more, fields: { hubspot_owner_id: b } }, connection);
    expect((await connection.call('merge_records', decided.said)).data).toMatchObject({ applied: 2, failed: [] });
    const now = await connection.hubspot.objects.get('contacts', a, { properties: ['hubspot_owner_id'] });
    expect(now.properties['hubspot_owner_id']).toBe(owner);
  });
});

/** Two contacts of two owners. */
async function disputed(policy: NonNullable<HarnessOptions['policy']> = {}) {
  const connection = await open({ seed: 'demo', policy });
  const owners = recordsOf((await connection.call('list_owners', {})).data).map((row) => String(row['id']));
  const [one = '', owner = ''] = owners;
  const a = await contact({ email: 'a@merge.test', hubspot_owner_id: one }, connection);
  const b = await contact({ email: 'b@merge.test', hubspot_owner_id: owner }, connection);
  const ids: readonly [string, string] = [a, b];
  return { connection, owner, asked: { ids, more: { survivorId: a } } };
}

describe('The policy', () => {
  const unasked = { unasked: ['merge' as const] };

  it('may forbid it for a type, and is heard about what the record that stays is given', async () => {
    const rules = [{ operations: ['merge' as const], verdict: 'deny' as const }];
    const forbidding = await open({ policy: { rules } });
    const some = await pair(forbidding);
    const { said } = await planned(some, {}, forbidding);
    expect((await forbidding.call('merge_records', said)).error['code']).toBe('denied_by_policy');
    const phones = [{ operations: ['update' as const], properties: ['phone'], verdict: 'deny' as const }];
    const keeping = await open({ policy: { rules: phones, approval: unasked } });
    const [ann, lee] = await pair(keeping);
    const writing = await planned([ann, lee], { survivorId: ann }, keeping);
    expect((await keeping.call('merge_records', writing.said)).error['code']).toBe('denied_by_policy');
    expect([writes(forbidding), writes(keeping)]).toEqual([0, 0]);
  });

  it.each([
    ['perRun', 'run'],
    ['perDay', 'day'],
  ] as const)('caps merges: %s', async (cap, word) => {
    const connection = await open({ policy: { merges: { [cap]: 2 }, approval: unasked } });
    const merge = async (count: number, ids: readonly string[]) =>
      connection.call('merge_records', (await planned(ids.slice(0, count), {}, connection)).said);
    const people = async (count: number, tag: string) =>
      Promise.all(
        Array.from({ length: count }, (_, n) => contact({ email: `${tag}${n}@acme.com`, firstname: 'Al' }, connection)),
      );
    const four = await people(4, 'x');
    const refused = await merge(4, four);
    expect(refused.error).toMatchObject({ code: 'merge_cap', message: expect.stringContaining(`in one ${word}`) });
    expect(merges(connection)).toBe(0);
    expect((await merge(3, four)).data).toMatchObject({ applied: 2 });
    expect((await merge(2, await people(2, 'y'))).error['code']).toBe('merge_cap');
    expect(merges(connection)).toBe(2);
  });
});
