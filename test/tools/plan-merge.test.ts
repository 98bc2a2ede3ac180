import { afterEach, expect, it } from 'vitest';
import { type Connection, connect, type HarnessOptions } from '../harness.ts';
import { recordsOf } from '../rows.ts';

let crm: Connection | undefined;
afterEach(async () => {
  await crm?.close();
  crm = undefined;
});

async function office(options: HarnessOptions = {}): Promise<Connection> {
  crm = await connect(options);
  return crm;
}

const contact = async ({ hubspot }: Connection, properties: Record<string, string>) =>
  (await hubspot.objects.create('contacts', { properties })).id;

function lineOf(data: Record<string, unknown>, property: string) {
  return recordsOf(data).find((row) => row['property'] === property);
}

it('shows what is kept, from whom and why, what is lost and what follows, and writes nothing', async () => {
  const connection = await office();
  const ann = await contact(connection, {
    email: 'ann@acme.com',
    firstname: 'Ann',
    phone: '555',
    lifecyclestage: 'lead',
  });
  const other = await contact(connection, {
    email: 'ann.lee@acme.com',
    firstname: 'Ann',
    lastname: 'Lee',
    phone: '+49 30 901820',
    city: 'Berlin',
    lifecyclestage: 'customer',
  });
  const before = connection.requests.length;
  const { data, text } = await connection.call('plan_merge', { objectType: 'contacts', ids: [ann, other] });
  expect(data).toMatchObject({ survivor: other, losers: [ann], digest: expect.stringMatching(/^sha256:/) });
  expect(lineOf(data, 'phone')).toMatchObject({
    keep: '+49 30 901820',
    rule: 'valid over invalid',
    loses: `${ann}: 555`,
  });
  expect(lineOf(data, 'lifecyclestage')).toMatchObject({
    keep: 'customer',
    rule: 'furthest stage',
    loses: `${ann}: lead`,
  });
  // Nothing of an address is lost: it becomes a secondary one.
  expect(lineOf(data, 'email')).toMatchObject({ keep: 'ann.lee@acme.com', loses: null });
  // What only the survivor has needs no line.
  expect(lineOf(data, 'city')).toBe(undefined);
  expect(text).toMatch(/cannot be undone/);
  expect(text).toMatch(/secondary/);
  const sent = connection.requests.slice(before);
  expect(sent.filter((request) => !/^GET|batch\/read$/.test(request))).toEqual([]);
});

it('is the same in whatever order the records are named, and lets the caller choose who stays and which value', async () => {
  const connection = await office();
  const [a, b] = [
    await contact(connection, { email: 'a@acme.com', firstname: 'Al', city: 'Ulm' }),
    await contact(connection, { email: 'b@acme.com', firstname: 'Al', city: 'Bonn' }),
  ];
  const plan = async (more: object) =>
    (await connection.call('plan_merge', { objectType: 'contacts', ids: [a, b], ...more })).data;
  expect(await plan({})).toEqual(await plan({ ids: [b, a] }));
  const chosen = await plan({ survivorId: b, fields: { city: a } });
  expect(chosen).toMatchObject({ survivor: b, losers: [a] });
  expect(lineOf(chosen, 'city')).toMatchObject({ keep: 'Ulm', rule: 'chosen by the caller', loses: `${b}: Bonn` });
  // As a row of find_duplicates has them.
  expect(await plan({ ids: [`${a}:${b}`] })).toEqual(await plan({}));
  const more = await connection.call('plan_merge', { objectType: 'contacts', ids: [`${a}:${b}:+2`] });
  expect(more.error).toMatchObject({ code: 'invalid_arguments', next: expect.stringContaining('find_duplicates') });
  const alone = await connection.call('plan_merge', { objectType: 'contacts', ids: [a] });
  expect(alone.error).toMatchObject({ code: 'invalid_arguments', property: 'ids', next: expect.any(String) });
  // By address as well, as everywhere.
  expect(await plan({ ids: ['a@acme.com', 'b@acme.com'], survivorId: 'b@acme.com' })).toMatchObject({ survivor: b });
});

it('lets a person decide whose the record is', async () => {
  const connection = await office({ seed: 'demo' });
  const owners = recordsOf((await connection.call('list_owners', {})).data).map((row) => String(row['id']));
  const [one = '', other = ''] = owners;
  const [a, b] = [
    await contact(connection, { email: 'a@merge.test', hubspot_owner_id: one }),
    await contact(connection, { email: 'b@merge.test', hubspot_owner_id: other }),
  ];
  const { data, text } = await connection.call('plan_merge', { objectType: 'contacts', ids: [a, b] });
  expect(lineOf(data, 'hubspot_owner_id')).toMatchObject({ rule: 'owners differ', ask: true });
  expect(text).toMatch(/A person has to decide: hubspot_owner_id/);
});

it('refuses what is one already, what is two for sure, and what cannot be merged', async () => {
  const connection = await office();
  const { hubspot, call } = connection;
  const plan = (objectType: string, ids: readonly string[], more = {}) =>
    call('plan_merge', { objectType, ids, ...more });
  const [a, b, c] = [
    await contact(connection, { email: 'a@acme.com' }),
    await contact(connection, { email: 'b@acme.com' }),
    await contact(connection, { email: 'c@acme.com' }),
  ];
  expect((await plan('contacts', [a, a])).error['code']).toBe('repeated_record');
  expect((await plan('contacts', [a, '99999999999'])).error['code']).toBe('not_found');
  expect((await plan('products', ['1', '2'])).error['code']).toBe('not_possible');
  const merged = await hubspot.objects.merge('contacts', a, b);
  expect((await plan('contacts', [b, c])).error).toMatchObject({
    code: 'merged',
    next: expect.stringContaining(merged.id),
  });
  expect((await plan('contacts', [merged.id, c], { survivorId: a })).error['code']).toBe('invalid_arguments');

  await hubspot.properties.create('companies', {
    name: 'vat_number',
    label: 'VAT number',
    groupName: 'companyinformation',
    type: 'string',
    fieldType: 'text',
  });
  const company = async (properties: Record<string, string>) =>
    (await hubspot.objects.create('companies', { properties })).id;
  const [x, y, z] = [
    await company({ name: 'Acme', vat_number: 'DE1' }),
    await company({ name: 'Acme', vat_number: 'DE2' }),
    await company({ name: 'Acme' }),
  ];
  const known = await plan('companies', [x, y]);
  expect(known.data['digest']).toBe(undefined);
  expect(known.text).toMatch(/Refused: \d+ and \d+ have different vat_number/);
  const unknown = await plan('companies', [x, z], { fields: { vat_number: z } });
  expect(unknown.text).toMatch(/Refused: fields: \d+ has no vat_number/);
  // A property as people call it, and no silence about one that is not there.
  expect((await plan('companies', [x, z], { fields: { 'VAT number': x } })).data['survivor']).toBeDefined();
  expect((await plan('companies', [x, z], { fields: { vat_nummer: x } })).error).toMatchObject({
    code: 'unknown_property',
    nearest: ['vat_number'],
  });
  expect((await plan('companies', [x, z])).data['digest']).toEqual(expect.any(String));
});

it('tells nothing of properties that are denied, and of masked ones only that they differ', async () => {
  const connection = await office({
    policy: { properties: { 'contacts.jobtitle': { access: 'deny' }, 'contacts.city': { access: 'mask' } } },
  });
  const [a, b] = [
    await contact(connection, { email: 'a@acme.com', jobtitle: 'Secret agent', city: 'Hidden-on-Sea' }),
    await contact(connection, { email: 'b@acme.com', jobtitle: 'Secret double agent', city: 'Veiled-on-Avon' }),
  ];
  const { data, text } = await connection.call('plan_merge', { objectType: 'contacts', ids: [a, b] });
  expect(text).not.toMatch(/jobtitle|Secret|agent|Hidden-on|Veiled-on/);
  expect(data['leftAlone']).toContain('city');
  expect(lineOf(data, 'city')).toBe(undefined);
  const { digest } = data;
  const asked = { objectType: 'contacts', ids: [a, b], digest };
  await connection.call('merge_records', { ...asked, fields: { city: b } });
  await connection.call('merge_records', asked);
  expect(connection.questions.join()).not.toMatch(/Secret|Hidden-on|Veiled-on/);
});

it('reads in four requests what it shows, once the definitions are known', async () => {
  const connection = await office({ seed: 'demo' });
  const ids = [
    await contact(connection, { email: 'a@merge.test', city: 'Ulm' }),
    await contact(connection, { email: 'b@merge.test', city: 'Bonn' }),
  ];
  await connection.call('plan_merge', { objectType: 'contacts', ids });
  const before = connection.requests.length;
  await connection.call('plan_merge', { objectType: 'contacts', ids });
  expect(connection.requests.length - before).toBeLessThanOrEqual(4);
});

it('reads type by type, and says what it may not read, where HubSpot does not tell of all links together', async () => {
  const connection = await office();
  const { hubspot, portal } = connection;
  const ids = [await contact(connection, { email: 'a@acme.com' }), await contact(connection, { email: 'b@acme.com' })];
  const [one = '', other = ''] = ids;
  const company = await hubspot.objects.create('companies', { properties: { name: 'Acme' } });
  await hubspot.associations.associateDefault('contacts', 'companies', [{ from: one, to: company.id }]);
  const said = { objectType: 'contacts', ids, survivorId: other };
  const together = await connection.call('plan_merge', said);
  expect(together.text).toMatch(/Associations move along: 1 companies/);
  const body = JSON.stringify({ status: 'error', category: 'MISSING_SCOPES', message: 'This needs another scope.' });
  const barred = await connect({
    portal: {
      ...portal,
      fetch: async (request) =>
        /[?&]associations=|0-1\/0-136\/batch/.test(request.url)
          ? { status: 403, headers: { 'content-type': 'application/json' }, body }
          : portal.fetch(request),
    },
  });
  const apart = await barred.call('plan_merge', said);
  await barred.close();
  expect(apart.text).toMatch(/may not read leads/);
  expect(apart.data['digest']).toBe(together.data['digest']);
});

it('lets nobody choose what HubSpot would not keep, or what would allow what somebody refused', async () => {
  const connection = await office();
  await connection.hubspot.properties.create('contacts', {
    name: 'newsletter_opt_in',
    label: 'Newsletter',
    groupName: 'contactinformation',
    type: 'bool',
    fieldType: 'booleancheckbox',
    options: ['true', 'false'].map((value) => ({ label: value, value, displayOrder: 0, hidden: false })),
  });
  const [a, b] = [
    await contact(connection, { email: 'a@acme.com', lifecyclestage: 'lead', newsletter_opt_in: 'true' }),
    await contact(connection, { email: 'b@acme.com', lifecyclestage: 'customer', newsletter_opt_in: 'false' }),
  ];
  const plan = async (fields: object) =>
    (await connection.call('plan_merge', { objectType: 'contacts', ids: [a, b], fields })).data;
  for (const property of ['lifecyclestage', 'newsletter_opt_in']) {
    expect(await plan({ [property]: b })).toMatchObject({ digest: expect.any(String) });
    const refused = await plan({ [property]: a });
    expect(refused['digest']).toBe(undefined);
    expect(String(refused['notes'])).toMatch(new RegExp(`Refused: fields: ${property} cannot be chosen`));
  }
});

it('refuses what somebody said is two, saying who, when and why, until that is taken back', async () => {
  const connection = await office();
  const [a, b, c] = [
    await contact(connection, { email: 'a@acme.com', firstname: 'Ann' }),
    await contact(connection, { email: 'b@acme.com', firstname: 'Ann' }),
    await contact(connection, { email: 'c@acme.com', firstname: 'Ann' }),
  ];
  const plan = (ids: readonly string[]) => connection.call('plan_merge', { objectType: 'contacts', ids });
  const { digest } = (await plan([a, b])).data;
  const pair = `pair:contacts:${a}:${b}`;
  await connection.call('dismiss_finding', { fingerprints: [pair], reason: 'mother and daughter' });
  const { data } = await plan([c, b, a]);
  expect(data['digest']).toBe(undefined);
  expect(data['apart']).toEqual([
    { pair: `${a}:${b}`, by: 'harness/1.0.0', at: expect.stringMatching(/^20/), reason: 'mother and daughter' },
  ]);
  expect(String(data['notes'])).toMatch(
    new RegExp(`Refused: "harness/1.0.0" said on 20\\d\\d-.* that ${a} and ${b} are two`),
  );
  const merge = await connection.call('merge_records', { objectType: 'contacts', ids: [a, b], digest });
  expect(merge.error).toMatchObject({ code: 'cannot_merge', message: expect.stringContaining(pair) });
  expect((await plan([a, c])).data['digest']).toEqual(expect.any(String));
  // Under the id that one of them has by now, too.
  const { id: merged } = await connection.hubspot.objects.merge('contacts', a, c);
  expect((await plan([merged, b])).text).toContain(`${a} and ${b} are two`);
  await connection.call('dismiss_finding', { fingerprints: [pair], restore: true });
  expect((await plan([merged, b])).data['digest']).toEqual(expect.any(String));
});
