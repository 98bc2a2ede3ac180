import { beforeAll, describe, expect, test } from 'vitest';
import { fakeClock } from '../fake-clock.ts';
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

  test('knows of writes when the delay of indexing has passed, each as it was, and shows records as it knows them', async () => {
    const clock = fakeClock();
    const late = await talkTo({ clock, rules: { indexDelayMs: 5_000 } });
    const inCity = async (value: string) => {
      const body = { filters: [{ propertyName: 'city', operator: 'EQ', value }], properties: ['city', 'email'] };
      return results(await late('POST', path, body)).map((found) => at(found, 'properties', 'city'));
    };
    const id = await create(late, 'contacts', { email: 'a@b.co', city: 'Rome' });
    await clock.advance(4_999);
    expect(await inCity('Rome')).toEqual([]);
    await late('PATCH', `/crm/v3/objects/contacts/${id}`, { properties: { city: 'Oslo' } });
    await clock.advance(1);
    expect([await inCity('Rome'), await inCity('Oslo')]).toEqual([['Rome'], []]);
    await clock.advance(4_000);
    await late('DELETE', `/crm/v3/objects/contacts/${id}`);
    await clock.advance(1_000);
    expect([await inCity('Rome'), await inCity('Oslo')]).toEqual([[], ['Oslo']]);
    await clock.advance(4_000);
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
