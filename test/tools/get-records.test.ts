import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
let ann = '';
let gone = '';
const body = Array.from({ length: 1500 }, (_, line) => `line ${line}`).join('\n');

beforeAll(async () => {
  crm = await connect();
  const { objects } = crm.hubspot;
  ann = (
    await objects.create('contacts', { properties: { email: 'ann@acme.test', firstname: 'Ann', jobtitle: 'Intern' } })
  ).id;
  await objects.update('contacts', ann, { jobtitle: 'Chief' });
  gone = (await objects.create('contacts', { properties: { email: 'gone@acme.test' } })).id;
  await objects.archive('contacts', gone);
});
afterAll(() => crm.close());

const get = (args: Record<string, unknown>) => crm.call('get_records', { objectType: 'contacts', ...args });

describe('get_records', () => {
  it('reads by id, in the order asked', async () => {
    const other = await crm.hubspot.objects.create('contacts', { properties: { firstname: 'Zed' } });
    const { data } = await get({ ids: [other.id, ann], properties: ['firstname'] });
    expect(data).toMatchObject({
      columns: ['id', 'firstname'],
      rows: [
        [other.id, 'Zed'],
        [ann, 'Ann'],
      ],
    });
  });

  it('reads contacts by e-mail, said as id or through idProperty', async () => {
    for (const args of [{ ids: ['ann@acme.test'] }, { ids: ['Ann@acme.test'], idProperty: 'email' }]) {
      expect((await get({ ...args, properties: ['firstname'] })).data['rows']).toEqual([[ann, 'Ann']]);
    }
  });

  it('names the records that do not exist, and still gives the others', async () => {
    const { data, isError } = await get({ ids: ['999999999999', ann, 'Ann Lee'], properties: ['firstname'] });
    expect(isError).toBe(false);
    expect(data['rows']).toEqual([[ann, 'Ann']]);
    expect(data['failed']).toMatchObject([
      { index: 0, id: '999999999999', code: 'not_found' },
      { index: 2, id: 'Ann Lee', code: 'invalid_argument', message: expect.stringContaining('search_records') },
    ]);
  });

  it('gives everything that has a value for *', async () => {
    const { data } = await get({ ids: [ann], properties: ['*'] });
    const columns = data['columns'];
    expect(columns).toEqual(expect.arrayContaining(['email', 'firstname', 'jobtitle']));
    expect(columns).not.toContain('lastname');
  });

  it('tells who set which value when', async () => {
    const { data } = await get({ ids: [ann], properties: ['jobtitle'], propertiesWithHistory: ['Job Title'] });
    expect(data['history']).toMatchObject({
      columns: ['id', 'property', 'value', 'timestamp', 'source'],
      rows: [
        [ann, 'jobtitle', 'Chief', expect.any(String), expect.any(String)],
        [ann, 'jobtitle', 'Intern', expect.any(String), expect.any(String)],
      ],
    });
  });

  it('says that an archived record is found by its id', async () => {
    const { data } = await get({ ids: ['nobody@acme.test'], archived: true });
    expect(data['failed']).toMatchObject([{ code: 'not_found', message: expect.stringContaining('Use the id.') }]);
  });

  it('reads archived records only when asked to', async () => {
    expect((await get({ ids: [gone] })).data).toMatchObject({ rows: [], failed: [{ code: 'not_found' }] });
    expect((await get({ ids: [gone], archived: true, properties: ['email'] })).data['rows']).toEqual([
      [gone, 'gone@acme.test'],
    ]);
  });

  it('gives a long text in pieces that make up the whole', async () => {
    const note = await crm.hubspot.objects.create('notes', {
      properties: { hs_note_body: body, hs_timestamp: '2026-01-01T00:00:00Z' },
    });
    let read = '';
    for (let guard = 0; guard < 10; guard++) {
      const { data } = await get({
        objectType: 'notes',
        ids: [note.id],
        properties: ['hs_note_body'],
        textOffset: read.length,
      });
      const piece = String(rowsOf(data)[0]?.[1]);
      read += piece.replace(/…\[\+\d+\]$/, '');
      if (read.length === body.length) break;
      expect(data['note']).toContain(`textOffset ${read.length}`);
    }
    expect(read).toBe(body);
  });

  it('cuts long earlier values, and long texts of associated records, and says how to read on', async () => {
    const { objects } = crm.hubspot;
    const { id } = await objects.create('contacts', { properties: { firstname: 'Lou', message: 'x'.repeat(5000) } });
    await objects.update('contacts', id, { message: 'short' });
    const earlier = { ids: [id], properties: ['message'], propertiesWithHistory: ['message'] };
    const { data } = await get(earlier);
    expect(JSON.stringify(data['history'])).toContain(`${'x'.repeat(4000)}…[+1000]`);
    expect(data['note']).toContain('textOffset 4000');
    const rest = await get({ ...earlier, textOffset: 4000 });
    expect(JSON.stringify(rest.data['history'])).toContain(`"${'x'.repeat(1000)}"`);
    expect(rest.data['note']).toBeUndefined();

    const note = await crm.call('log_note', {
      notes: [{ body, associations: [{ toObjectType: 'contacts', to: id }] }],
    });
    expect(note.isError).toBe(false);
    const linked = await get({ ids: [id], associations: [{ objectType: 'notes', properties: ['hs_note_body'] }] });
    expect(linked.data['note']).toContain('get_records');
  });

  it('refuses a property that names no single record', async () => {
    const { error } = await get({ ids: ['Ann'], idProperty: 'firstname' });
    expect(error).toMatchObject({ code: 'not_unique', allowed: expect.arrayContaining(['email']) });
  });
});
