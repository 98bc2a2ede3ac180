import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
const ids: Record<string, string> = {};

const stage = (label: string, displayOrder: number) => ({ label, displayOrder, metadata: { probability: '1.0' } });

beforeAll(async () => {
  crm = await connect();
  const create = async (type: string, rows: readonly Record<string, string>[]) => {
    const created = await crm.hubspot.objects.batchCreate(
      type,
      rows.map((properties) => ({ properties })),
    );
    return created.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
  };
  const contacts = await create('contacts', [
    {
      email: 'Ann.Lee@acme.test',
      firstname: 'Ann',
      lastname: 'Lee',
      lifecyclestage: 'lead',
      jobtitle: 'Chief Tea Officer',
    },
    { email: 'bob@acme.test', firstname: 'Bob', lastname: 'Ray', lifecyclestage: 'customer', message: 'x'.repeat(500) },
    { email: 'cid@other.test', firstname: 'Cid', lastname: 'Day', lifecyclestage: 'lead' },
  ]);
  const [acme = ''] = await create('companies', [{ name: 'Acme', domain: 'acme.test' }]);
  const renewals = await crm.hubspot.pipelines.create('deals', {
    label: 'Renewals',
    displayOrder: 1,
    stages: [stage('Renewed', 0), stage('Closed Won', 1)],
  });
  await create('deals', [
    { dealname: 'Kept', amount: '5', pipeline: renewals.id, dealstage: renewals.stages[0]?.id ?? '' },
    { dealname: 'Big', amount: '1000', pipeline: 'default', dealstage: 'closedwon', closedate: '2026-01-31T23:30:00Z' },
    {
      dealname: 'Small',
      amount: '10.5',
      pipeline: 'default',
      dealstage: 'appointmentscheduled',
      closedate: '2026-02-01T12:00:00Z',
    },
  ]);
  Object.assign(ids, {
    renewals: renewals.id,
    renewed: renewals.stages[0]?.id,
    ann: contacts[0],
    bob: contacts[1],
    cid: contacts[2],
    acme,
  });
  const pairs = [contacts[0] ?? '', contacts[1] ?? ''].map((from) => ({ from, to: acme }));
  await crm.hubspot.associations.associateDefault('contacts', 'companies', pairs);
});
afterAll(() => crm.close());

const search = (args: Record<string, unknown>) => crm.call('search_records', args);
const filter = (...filters: Record<string, unknown>[]) => [{ filters }];

const countClosed = async (operator: string, value: string) =>
  (await search({ objectType: 'deals', filterGroups: filter({ propertyName: 'closedate', operator, value }) })).data[
    'total'
  ];

const stageIn = (...values: string[]) => filter({ propertyName: 'dealstage', operator: 'IN', values });

describe('search_records', () => {
  it('gives columns, rows and the total, and the same as text', async () => {
    const { data, text } = await search({ objectType: 'contacts', properties: ['email', 'firstname'], limit: 2 });
    expect(data).toMatchObject({
      total: 3,
      columns: ['id', 'email', 'firstname'],
      rows: [
        [ids['ann'], 'ann.lee@acme.test', 'Ann'],
        [ids['bob'], 'bob@acme.test', 'Bob'],
      ],
    });
    expect(text).toContain(`id\temail\tfirstname\n${ids['ann']}\tann.lee@acme.test\tAnn\n`);
  });

  it('goes on where a page ended', async () => {
    const first = await search({ objectType: 'contacts', properties: ['email'], limit: 2 });
    const rest = await search({
      objectType: 'contacts',
      properties: ['email'],
      limit: 2,
      after: first.data['nextCursor'],
    });
    expect(rest.data).toMatchObject({ total: 3, rows: [[ids['cid'], 'cid@other.test']] });
    expect(rest.data['nextCursor']).toBeUndefined();
  });

  it('refuses the cursor of another search, which would give its pages and total', async () => {
    const page = await search({ objectType: 'contacts', limit: 1 });
    const after = page.data['nextCursor'];
    expect(String(after).length).toBeLessThan(32);
    const others = [
      { objectType: 'companies' },
      { objectType: 'contacts', query: 'bob' },
      { objectType: 'contacts', sorts: [{ propertyName: 'email' }] },
      { objectType: 'contacts', filterGroups: filter({ propertyName: 'email', operator: 'HAS_PROPERTY' }) },
    ];
    for (const other of others) {
      expect((await search({ ...other, after })).error).toMatchObject({
        code: 'invalid_cursor',
        message: expect.stringContaining('leave `after` out'),
      });
    }
    expect((await search({ objectType: 'contacts', limit: 2, after })).data['total']).toBe(3);
  });

  it.each([['-email'], [{ propertyName: 'email', direction: 'desc' }], [{ propertyName: 'Email', direction: 'DESC' }]])(
    'takes the sort %j and operators in lower case',
    async (sort) => {
      const filterGroups = filter({ propertyName: 'email', operator: 'has property' });
      const { data } = await search({ objectType: 'contacts', properties: ['email'], sorts: [sort], filterGroups });
      expect(rowsOf(data).map(([, email]) => email)).toEqual(['cid@other.test', 'bob@acme.test', 'ann.lee@acme.test']);
    },
  );

  it.each(['contact', 'Contacts', 'CONTACT', '0-1', 'people'])('knows contacts as %j', async (objectType) => {
    expect((await search({ objectType, query: 'bob' })).data['rows']).toHaveLength(1);
  });

  it('takes options and properties by label', async () => {
    const { data } = await search({
      objectType: 'contacts',
      properties: ['Email'],
      filterGroups: filter({ propertyName: 'Lifecycle Stage', operator: 'EQ', value: 'LEAD' }),
    });
    expect(data).toMatchObject({ total: 2, columns: ['id', 'email'] });
  });

  it('takes stages by label, and says what ids stand for unless they speak for themselves', async () => {
    const plain = await search({
      objectType: 'deals',
      properties: ['dealstage'],
      filterGroups: stageIn('closedwon', 'Appointment Scheduled'),
    });
    expect(plain.data).toMatchObject({ total: 2 });
    expect(plain.data['labels']).toBeUndefined();
    const opaque = await search({ objectType: 'deals', filterGroups: stageIn('renewed') });
    expect(opaque.data['labels']).toEqual({
      columns: ['property', 'id', 'label'],
      rows: [
        ['pipeline', ids['renewals'], 'Renewals'],
        ['dealstage', ids['renewed'], 'Renewed'],
      ],
    });
  });

  it('looks for a stage in the pipeline that the same filters name', async () => {
    const won = { propertyName: 'dealstage', operator: 'EQ', value: 'Closed Won' };
    const inPipeline = (value: string) => filter({ propertyName: 'Pipeline', operator: 'EQ', value }, won);
    expect((await search({ objectType: 'deals', filterGroups: filter(won) })).error['code']).toBe('ambiguous_stage');
    expect((await search({ objectType: 'deals', filterGroups: inPipeline('sales pipeline') })).data['total']).toBe(1);
    expect((await search({ objectType: 'deals', filterGroups: inPipeline('renewals') })).data['total']).toBe(0);
  });

  it('takes a bare day as all of it, in the portal’s time zone', async () => {
    const { data } = await crm.call('get_account');
    const wonOn = new Intl.DateTimeFormat('sv-SE', { timeZone: String(data['timeZone']) }).format(
      new Date('2026-01-31T23:30:00Z'),
    );
    expect(await countClosed('EQ', wonOn)).toBe(wonOn === '2026-02-01' ? 2 : 1);
    expect(await countClosed('LTE', wonOn)).toBe(wonOn === '2026-02-01' ? 2 : 1);
    expect(await countClosed('GT', '2026-02-01')).toBe(0);
    expect(await countClosed('GTE', '2026-01-31')).toBe(2);
  });

  it('finds strings in a list whatever their case', async () => {
    const { data } = await search({
      objectType: 'contacts',
      filterGroups: filter({ propertyName: 'firstname', operator: 'IN', values: ['Ann', 'CID'] }),
    });
    expect(data['total']).toBe(2);
  });

  it('takes several values where one was expected as any of them', async () => {
    const { data } = await search({
      objectType: 'contacts',
      filterGroups: filter({ propertyName: 'email', operator: 'EQ', values: ['Ann.Lee@acme.test', 'bob@acme.test'] }),
    });
    expect(data['total']).toBe(2);
  });

  it('takes numbers as numbers', async () => {
    const { data } = await search({
      objectType: 'deals',
      filterGroups: filter({ propertyName: 'amount', operator: 'GT', value: 10 }),
    });
    expect(data['total']).toBe(2);
  });

  it('brings associated records along, each once, in two requests however many rows there are', async () => {
    const before = crm.requests.length;
    const { data } = await search({
      objectType: 'contacts',
      properties: ['email'],
      associations: [{ objectType: 'company', properties: ['name'] }],
    });
    expect(data).toMatchObject({
      columns: ['id', 'email', 'companies'],
      rows: [
        [ids['ann'], 'ann.lee@acme.test', ids['acme']],
        [ids['bob'], 'bob@acme.test', ids['acme']],
        [ids['cid'], 'cid@other.test', null],
      ],
      associated: { companies: { columns: ['id', 'name'], rows: [[ids['acme'], 'Acme']] } },
    });
    expect(crm.requests.slice(before).filter((request) => request.includes('batch'))).toHaveLength(2);
  });

  it('finds records by what they are associated with', async () => {
    const { data } = await search({
      objectType: 'contacts',
      filterGroups: filter({ propertyName: 'associations.company', operator: 'EQ', value: ids['acme'] }),
    });
    expect(data['total']).toBe(2);
  });

  it('cuts long texts and says how to read on', async () => {
    const { data, text } = await search({ objectType: 'contacts', query: 'bob', properties: ['message'] });
    expect(data['rows']).toEqual([[ids['bob'], `${'x'.repeat(200)}…[+300]`]]);
    expect(text).toContain('get_records');
  });

  it('says the same of long texts in associated records', async () => {
    const { data } = await search({
      objectType: 'companies',
      query: 'acme',
      properties: ['name'],
      associations: [{ objectType: 'contacts', properties: ['message'] }],
    });
    expect(JSON.stringify(data['associated'])).toContain('…[+300]');
    expect(data['note']).toContain('get_records');
  });

  it('answers an unknown property with the nearest names', async () => {
    const { error } = await search({ objectType: 'contacts', properties: ['frist_name'] });
    expect(error).toMatchObject({ code: 'unknown_property', property: 'frist_name', next: 'list_properties' });
    expect(error['nearest']).toContain('firstname');
  });

  it('says of a name that is like none only that there is none, and where the names are', async () => {
    const { error } = await search({ objectType: 'contacts', properties: ['qqqqqq'] });
    expect(error).toEqual({
      code: 'unknown_property',
      message: 'Contacts have no property "qqqqqq".',
      retryable: false,
      property: 'qqqqqq',
      next: 'list_properties',
    });
  });

  it('answers an unknown option with those allowed', async () => {
    const { error } = await search({
      objectType: 'contacts',
      filterGroups: filter({ propertyName: 'lifecyclestage', operator: 'EQ', value: 'leed' }),
    });
    expect(error).toMatchObject({
      code: 'unknown_option',
      property: 'lifecyclestage',
      nearest: expect.arrayContaining(['lead']),
    });
  });

  it.each([
    ['an unknown type', { objectType: 'dealz' }, 'unknown_object_type'],
    [
      'EQ without a value',
      { objectType: 'contacts', filterGroups: filter({ propertyName: 'email', operator: 'EQ', value: '' }) },
      'invalid_filter',
    ],
    [
      'BETWEEN with one bound',
      { objectType: 'deals', filterGroups: filter({ propertyName: 'amount', operator: 'BETWEEN', value: 1 }) },
      'invalid_filter',
    ],
    [
      'more filterGroups than HubSpot takes',
      {
        objectType: 'deals',
        filterGroups: Array.from({ length: 6 }, () => ({
          filters: [{ propertyName: 'amount', operator: 'HAS_PROPERTY' }],
        })),
      },
      'too_many_filters',
    ],
    [
      'more values than a search can hold',
      {
        objectType: 'contacts',
        filterGroups: filter({
          propertyName: 'lifecyclestage',
          operator: 'IN',
          values: Array.from({ length: 50_000 }, (_, place) => `Stage ${place}`),
        }),
      },
      'too_many_values',
    ],
    [
      'a date that is none',
      { objectType: 'deals', filterGroups: filter({ propertyName: 'closedate', operator: 'GT', value: 'whenever' }) },
      'invalid_value',
    ],
  ])('refuses %s before a search', async (_, args, code) => {
    const before = crm.requests.length;
    const { error } = await search(args);
    expect(error['code']).toBe(code);
    expect(crm.requests.slice(before).filter((request) => request.includes('search'))).toEqual([]);
  });

  it('gives a page of 100 contacts in at most 2,700 tokens', async () => {
    const demo = await connect({ seed: 'demo' });
    const { text, data } = await demo.call('search_records', {
      objectType: 'contacts',
      properties: ['email', 'firstname', 'lastname', 'lifecyclestage'],
      limit: 100,
    });
    expect(rowsOf(data)).toHaveLength(100);
    expect(encode(text).length).toBeLessThanOrEqual(2700);
    await demo.close();
  });

  it('asks for nothing it does not need', async () => {
    const fresh = await connect();
    await fresh.call('search_records', { objectType: 'contacts', query: 'nobody' });
    expect(
      fresh.requests.filter((request) => !request.includes('search') && !/introspect|access-token/.test(request)),
    ).toEqual([]);
    await fresh.close();
  });
});

describe('Right after a write', () => {
  it('search_records and aggregate_records know of it, however far HubSpot’s index lags', async () => {
    const lagging = await connect();
    lagging.portal.control.faults.add({ kind: 'index-delay', ms: 10_000 });
    const made = await lagging.call('create_records', {
      objectType: 'contacts',
      records: [{ properties: { email: 'fresh@acme.test', firstname: 'Fresh' } }],
    });
    const id = rowsOf(made.data)[0]?.[1];
    const filterGroups = [{ filters: [{ propertyName: 'firstname', operator: 'EQ', value: 'Fresh' }] }];
    const found = await lagging.call('search_records', { objectType: 'contacts', filterGroups });
    const counted = await lagging.call('aggregate_records', { objectType: 'contacts', filterGroups });
    await lagging.close();
    expect(rowsOf(found.data).map(([each]) => each)).toEqual([id]);
    expect(found.data).toMatchObject({ total: 1, note: expect.stringContaining('written seconds ago') });
    expect(counted.data).toMatchObject({ total: 1, rows: [[1]] });
  });
});
