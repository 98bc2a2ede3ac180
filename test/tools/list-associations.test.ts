import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
let acme = '';
let people: string[] = [];

beforeAll(async () => {
  crm = await connect();
  const { objects, associations } = crm.hubspot;
  acme = (await objects.create('companies', { properties: { name: 'Acme' } })).id;
  const rows = await objects.batchCreate(
    'contacts',
    ['Ann', 'Bob', 'Cid'].map((firstname) => ({ properties: { firstname, email: `${firstname}@acme.test` } })),
  );
  people = rows.map((row) => (row.outcome === 'applied' ? row.value.id : ''));
  await associations.associateDefault(
    'companies',
    'contacts',
    people.map((to) => ({ from: acme, to })),
  );
  await associations.createLabel('companies', 'contacts', { name: 'decision_maker', label: 'Decision maker' });
  const label = (await associations.labels('companies', 'contacts')).find((type) => type.label === 'Decision maker');
  const types = [{ associationCategory: 'USER_DEFINED' as const, associationTypeId: label?.typeId ?? 0 }];
  await associations.associate('companies', 'contacts', [{ from: acme, to: people[1] ?? '', types }]);
});
afterAll(() => crm.close());

const list = (args: Record<string, unknown>) =>
  crm.call('list_associations', { objectType: 'companies', ids: [acme], toObjectType: 'contacts', ...args });

describe('list_associations', () => {
  it('gives the associated records with labels and chosen properties', async () => {
    const { data } = await list({ properties: ['firstname'] });
    expect(data).toMatchObject({ total: 3, columns: ['companies', 'contacts', 'labels', 'firstname'] });
    expect(data['rows']).toEqual(
      expect.arrayContaining([
        [acme, people[0], null, 'Ann'],
        [acme, people[1], 'Decision maker', 'Bob'],
      ]),
    );
  });

  it('gives those with one label', async () => {
    expect((await list({ label: 'decision-maker' })).data).toMatchObject({
      total: 1,
      rows: [[acme, people[1], 'Decision maker', 'bob@acme.test']],
    });
  });

  it('pages', async () => {
    const seen: string[] = [];
    for (let after: unknown, guard = 0; guard < 5; guard++) {
      const { data } = await list({ limit: 2, ...(after === undefined ? {} : { after }) });
      seen.push(...rowsOf(data).map((row) => String(row[1])));
      after = data['nextCursor'];
      if (after === undefined) break;
    }
    expect(new Set(seen)).toEqual(new Set(people));
    expect(seen).toHaveLength(people.length);
  });

  it('takes many records, by e-mail too, and names those that do not exist', async () => {
    const { data } = await list({
      objectType: 'contacts',
      ids: ['ann@acme.test', people[2], 'nobody@acme.test'],
      toObjectType: 'company',
      properties: ['name'],
    });
    expect(data['rows']).toEqual([
      [people[0], acme, null, 'Acme'],
      [people[2], acme, null, 'Acme'],
    ]);
    expect(data['failed']).toMatchObject([{ index: 2, id: 'nobody@acme.test', code: 'not_found' }]);
  });

  it('cuts long texts and says how to read on', async () => {
    await crm.hubspot.objects.update('contacts', people[2] ?? '', { message: 'x'.repeat(500) });
    const { data } = await list({ properties: ['message'] });
    expect(data['rows']).toContainEqual([acme, people[2], null, `${'x'.repeat(200)}…[+300]`]);
    expect(data['note']).toContain('get_records');
  });

  it('answers an unknown label with those there are', async () => {
    const { error } = await list({ label: 'boss' });
    expect(error).toMatchObject({ code: 'unknown_association_label' });
    expect(JSON.stringify(error['allowed'])).toContain('Decision maker');
  });

  it('refuses a cursor that is none, or of another call', async () => {
    expect((await list({ after: 'page2' })).error['code']).toBe('invalid_cursor');
    const { nextCursor } = (await list({ limit: 1 })).data;
    expect((await list({ limit: 1, after: nextCursor })).isError).toBe(false);
    expect((await list({ label: 'Decision maker', after: nextCursor })).error['code']).toBe('invalid_cursor');
  });

  it('refuses types that HubSpot never associates, before any request', async () => {
    const before = crm.requests.length;
    const { error } = await list({ toObjectType: 'products' });
    expect(error['code']).toBe('not_possible');
    expect(crm.requests).toHaveLength(before);
  });
});
