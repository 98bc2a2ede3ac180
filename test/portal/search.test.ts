import { array, assert, asyncProperty, constantFrom, integer, option, record, tuple } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { create, spec } from './records.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

const path = '/crm/v3/objects/contacts/search';

interface Filter {
  readonly propertyName: string;
  readonly operator: string;
  readonly value?: string;
  readonly highValue?: string;
  readonly values?: readonly string[];
}

/** A value as text; nothing as the empty one. */
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function emails(talk: Talk, body: unknown): Promise<unknown[]> {
  const reply = await talk('POST', path, body);
  if (reply.status !== 200) throw new Error(JSON.stringify(reply.body));
  return results(reply).map((found) => at(found, 'properties', 'email'));
}

describe('a search', () => {
  let talk: Talk;
  let company = '';
  const find = (...filters: Filter[]) => emails(talk, { filterGroups: [{ filters }] });
  const one = (propertyName: string, operator: string, value?: string) =>
    find({ propertyName, operator, ...(value !== undefined && { value }) });

  beforeAll(async () => {
    talk = await talkTo();
    const people = [
      {
        email: 'ada.king@acme.com',
        firstname: 'Ada',
        jobtitle: 'VP Sales, EMEA',
        lifecyclestage: 'customer',
        annualrevenue: '5',
      },
      { email: 'bob@beta.io', firstname: 'bob', jobtitle: 'Sales', lifecyclestage: 'lead' },
      { email: 'cy@acme.com', firstname: 'Cy', hs_lead_status: 'NEW' },
    ];
    const ids = [];
    for (const person of people) ids.push(await create(talk, 'contacts', person));
    company = await create(talk, 'companies', { name: 'Acme' }, [{ to: { id: ids[2] }, types: [spec(280)] }]);
    await create(talk, 'contacts', { email: 'gone@acme.com' }).then((id) =>
      talk('DELETE', `/crm/v3/objects/contacts/${id}`),
    );
  });

  test('finds texts without regard to case, but options exactly, and IN only in lower case', async () => {
    expect(await one('firstname', 'EQ', 'ADA')).toEqual(['ada.king@acme.com']);
    expect(await one('lifecyclestage', 'EQ', 'Customer')).toEqual([]);
    expect(await find({ propertyName: 'firstname', operator: 'IN', values: ['Ada', 'bob'] })).toEqual(['bob@beta.io']);
    expect(await find({ propertyName: 'firstname', operator: 'NOT_IN', values: ['ada'] })).toEqual([
      'bob@beta.io',
      'cy@acme.com',
    ]);
  });

  test('finds tokens, and parts of them with a star', async () => {
    expect(await one('jobtitle', 'CONTAINS_TOKEN', 'sales')).toEqual(['ada.king@acme.com', 'bob@beta.io']);
    expect(await one('jobtitle', 'CONTAINS_TOKEN', 'sale')).toEqual([]);
    expect(await one('jobtitle', 'CONTAINS_TOKEN', 'sale* EMEA')).toEqual(['ada.king@acme.com']);
    expect(await one('email', 'CONTAINS_TOKEN', '*@acme.com')).toEqual(['ada.king@acme.com', 'cy@acme.com']);
    expect(await one('email', 'CONTAINS_TOKEN', 'acme.com')).toEqual(['ada.king@acme.com', 'cy@acme.com']);
    expect(await one('email', 'NOT_CONTAINS_TOKEN', '*acme*')).toEqual(['bob@beta.io']);
  });

  test('finds what is and what is not there, associated records, and words in the default properties', async () => {
    expect(await one('jobtitle', 'NOT_HAS_PROPERTY')).toEqual(['cy@acme.com']);
    expect(await one('jobtitle', 'HAS_PROPERTY')).toHaveLength(2);
    expect(await one('associations.company', 'EQ', company)).toEqual(['cy@acme.com']);
    expect(await emails(talk, { query: 'ACME ki' })).toEqual(['ada.king@acme.com']);
    expect(await emails(talk, { filters: [{ propertyName: 'firstname', operator: 'EQ', value: 'Cy' }] })).toHaveLength(
      1,
    );
  });

  test('sorts by one property, pages by offset, and counts everything', async () => {
    const body = { sorts: [{ propertyName: 'firstname', direction: 'DESCENDING' }], limit: 2 };
    const first = await talk('POST', path, body);
    expect(results(first).map((found) => at(found, 'properties', 'firstname'))).toEqual(['Cy', 'bob']);
    expect(first.body).toMatchObject({ total: 3, paging: { next: { after: '2' } } });
    const second = await talk('POST', path, { ...body, after: '2' });
    expect(results(second)).toHaveLength(1);
    expect(at(second.body, 'paging')).toBeUndefined();
  });

  test('sees what was just written, archived and merged', async () => {
    const fresh = await talkTo();
    const id = await create(fresh, 'contacts', { email: 'a@b.co', city: 'Rome' });
    const inCity = (value: string) => emails(fresh, { filters: [{ propertyName: 'city', operator: 'EQ', value }] });
    expect(await inCity('rome')).toEqual(['a@b.co']);
    await fresh('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { city: 'Oslo' } });
    expect([await inCity('Rome'), await inCity('Oslo')]).toEqual([[], ['a@b.co']]);
    const other = await create(fresh, 'contacts', { email: 'b@b.co', city: 'Oslo' });
    await fresh('POST', '/crm/v3/objects/contacts/merge', { primaryObjectId: other, objectIdToMerge: id });
    expect(await inCity('Oslo')).toEqual(['b@b.co']);
    await fresh('DELETE', `/crm/v3/objects/contacts/${other}`);
    expect(await inCity('Oslo')).toEqual([]);
  });

  test('has limits', async () => {
    const filter = { propertyName: 'email', operator: 'HAS_PROPERTY' };
    const filters = (count: number) => Array.from({ length: count }, () => filter);
    const groups = (...counts: number[]) => ({ filterGroups: counts.map((count) => ({ filters: filters(count) })) });
    for (const body of [groups(6, 6, 6), groups(1, 1, 1, 1, 1), { limit: 200, after: '9800' }]) {
      expect((await talk('POST', path, body)).status).toBe(200);
    }
    for (const body of [
      groups(1, 1, 1, 1, 1, 1),
      groups(7),
      groups(5, 5, 5, 4),
      { limit: 201 },
      { limit: 0 },
      { after: 'x' },
      { limit: 200, after: '9801' },
      { sorts: ['email', 'city'] },
      { query: 'x'.repeat(3_000) },
      { filters: [{ propertyName: 'nonsense', operator: 'EQ', value: '1' }] },
      { filters: [{ propertyName: 'createdate', operator: 'GT', value: 'soon' }] },
      { filters: [{ propertyName: 'email', operator: 'EQ' }] },
      { filters: [{ propertyName: 'email', operator: 'IN', value: 'a@b.co' }] },
      { filters: [{ propertyName: 'email', operator: 'LIKE', value: 'a' }] },
      { filters: [{ propertyName: 'associations.company', operator: 'GT', value: '1' }] },
    ]) {
      const { status } = await talk('POST', path, body);
      expect({ body, status }).toEqual({ body, status: 400 });
    }
  });
});

describe('against a plain oracle', () => {
  const words = ['Ada', 'ada', 'Bob', 'Ada King', 'king'];
  const numbers = ['-1', '0', '2', '10'];
  const days = ['2026-01-01', '2026-01-02', '2026-02-01'];
  const stages = ['lead', 'customer', 'other'];

  type Person = Readonly<Record<string, string | undefined>>;
  const domains: Readonly<Record<string, readonly string[]>> = {
    city: words,
    numemployees_asked: numbers,
    start_day: days,
    lifecyclestage: stages,
  };
  const names = Object.keys(domains);
  const operators = [
    'EQ',
    'NEQ',
    'LT',
    'LTE',
    'GT',
    'GTE',
    'BETWEEN',
    'IN',
    'NOT_IN',
    'HAS_PROPERTY',
    'NOT_HAS_PROPERTY',
  ];

  const filter = constantFrom(...names).chain((propertyName) => {
    const value = constantFrom(...(domains[propertyName] ?? []));
    return record({
      propertyName: constantFrom(propertyName),
      operator: constantFrom(...operators),
      value,
      highValue: value,
      values: array(value, { minLength: 1, maxLength: 3 }),
    });
  });
  const person = record({
    city: option(constantFrom(...words), { nil: undefined }),
    numemployees_asked: option(constantFrom(...numbers), { nil: undefined }),
    start_day: option(constantFrom(...days), { nil: undefined }),
    lifecyclestage: option(constantFrom(...stages), { nil: undefined }),
  });

  /** What HubSpot's page says, written down a second time: one record, one filter, values compared as they are. */
  function holds(who: Person, { propertyName, operator, value, highValue, values = [] }: Filter): boolean {
    const own = who[propertyName];
    if (operator === 'HAS_PROPERTY') return own !== undefined;
    if (operator === 'NOT_HAS_PROPERTY') return own === undefined;
    if (own === undefined) return false;
    const isText = propertyName === 'city';
    const key = (said: string | undefined) =>
      propertyName === 'numemployees_asked' ? Number(said) : isText ? String(said).toLowerCase() : String(said);
    // Lists are compared with the lower-case text as they were sent.
    const listed = values.some((said) => (isText ? said : key(said)) === key(own));
    switch (operator) {
      case 'EQ':
        return key(own) === key(value);
      case 'NEQ':
        return key(own) !== key(value);
      case 'LT':
        return key(own) < key(value);
      case 'LTE':
        return key(own) <= key(value);
      case 'GT':
        return key(own) > key(value);
      case 'GTE':
        return key(own) >= key(value);
      case 'BETWEEN':
        return key(own) >= key(value) && key(own) <= key(highValue);
      case 'IN':
        return listed;
      default:
        return !listed;
    }
  }

  test('random filters over random records, changed in between, find the same', async () => {
    const talk = await talkTo();
    for (const [name, type, fieldType] of [
      ['numemployees_asked', 'number', 'number'],
      ['start_day', 'date', 'date'],
    ]) {
      const property = { name, label: name, groupName: 'contactinformation', type, fieldType };
      expect((await talk('POST', '/crm/v3/properties/contacts', property)).status).toBe(201);
    }
    const ids: string[] = [];
    for (let i = 0; i < 25; i++) ids.push(await create(talk, 'contacts', { email: `p${i}@b.co` }));
    const people = new Map<string, Person>(ids.map((id) => [id, {}]));

    await assert(
      asyncProperty(
        array(tuple(integer({ min: 0, max: 24 }), person), { maxLength: 4 }),
        array(array(filter, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 }),
        constantFrom(...names),
        constantFrom('ASCENDING', 'DESCENDING'),
        async (changes, groups, propertyName, direction) => {
          for (const [index, values] of changes) {
            const id = ids[index] ?? '';
            people.set(id, values);
            // Cleared first, since a lifecycle stage only moves forward.
            const cleared = Object.fromEntries(names.map((name) => [name, '']));
            await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: cleared });
            const set = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
            await talk('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: set });
          }
          const reply = await talk('POST', path, {
            filterGroups: groups.map((filters) => ({ filters })),
            sorts: [{ propertyName, direction }],
            properties: [propertyName],
            limit: 100,
          });
          const found = results(reply);
          const expected = ids.filter((id) =>
            groups.some((filters) => filters.every((one) => holds(people.get(id) ?? {}, one))),
          );
          expect(new Set(found.map((record) => at(record, 'id')))).toEqual(new Set(expected));
          expect(found).toHaveLength(expected.length);
          expect(at(reply.body, 'total')).toBe(expected.length);
          const keys = found.map((record) => text(at(record, 'properties', propertyName)).toLowerCase());
          const present = keys.filter((key) => key !== '');
          const inOrder = [...present].sort((a, b) =>
            propertyName === 'numemployees_asked' ? Number(a) - Number(b) : a < b ? -1 : 1,
          );
          expect(keys.slice(0, present.length)).toEqual(direction === 'ASCENDING' ? inOrder : inOrder.toReversed());
        },
      ),
      { numRuns: 400 },
    );
  });
});
