import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect({ seed: 'demo' });
});
afterAll(() => crm.close());

const list = (args: Record<string, unknown> = {}) => crm.call('list_owners', args);
const rows = (data: unknown) =>
  rowsOf(data).map(([id, name, email]) => [String(id), String(name), String(email)] as const);

describe('list_owners', () => {
  it('finds owners by part of a name or e-mail', async () => {
    const all = (await list()).data;
    const [id, name, email] = rows(all)[0] ?? ['', '', ''];
    expect(all['total']).toBe(rows(all).length);
    for (const find of [name.toUpperCase(), email.slice(0, 4), id]) {
      expect(rows((await list({ find })).data).map(([found]) => found)).toContain(id);
    }
  });

  it('finds deactivated owners, and says that they are', async () => {
    const [id, name] = rows((await list({ archived: true })).data)[0] ?? ['', ''];
    expect(rows((await list()).data).map(([active]) => active)).not.toContain(id);
    const { data } = await list({ find: name });
    expect(data).toMatchObject({ note: 'Only deactivated owners fit.', rows: [[id, name, expect.anything()]] });
  });
});

const search = (value: string) =>
  crm.call('search_records', {
    objectType: 'deals',
    properties: ['hubspot_owner_id'],
    filterGroups: [{ filters: [{ propertyName: 'hubspot_owner_id', operator: 'EQ', value }] }],
    limit: 5,
  });

describe('owners in a search', () => {
  it('are said by e-mail, by unique name or by id, and named in the answer', async () => {
    const [id, name, email] = rows((await list()).data).find(
      ([, each], _, all) => all.filter(([, other]) => other === each).length === 1,
    ) ?? ['', '', ''];
    const found = await Promise.all([search(email), search(name), search(id)]);
    expect(found[0]?.data['total']).toBe(found[2]?.data['total']);
    expect(found[1]?.data['total']).toBe(found[2]?.data['total']);
    expect(found[0]?.data['labels']).toMatchObject({ rows: [['hubspot_owner_id', id, name]] });
  });

  it('are refused with the candidates when two have the name', async () => {
    const all = rows((await list()).data);
    const [, namesake = ''] =
      all.find(([id, name]) => all.some(([other, same]) => other !== id && same === name)) ?? [];
    const { error } = await search(namesake);
    expect(error).toMatchObject({ code: 'ambiguous_owner' });
    expect(error['candidates']).toHaveLength(2);
  });

  it('may be deactivated ones', async () => {
    const [id, name] = rows((await list({ archived: true })).data)[0] ?? ['', ''];
    expect((await search(name)).data['total']).toBe((await search(id)).data['total']);
  });
});
