import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';

let crm: Connection;
beforeAll(async () => {
  crm = await connect();
});
afterAll(() => crm.close());

const list = (args: Record<string, unknown> = {}) => crm.call('list_properties', { objectType: 'contacts', ...args });

describe('list_properties', () => {
  it('is a dictionary of 350 properties within 5,000 tokens', async () => {
    const { text, data } = await list();
    const tokens = encode(text).length;
    expect(rowsOf(data).length).toBeGreaterThan(100);
    expect(tokens / rowsOf(data).length).toBeLessThan(5000 / 350);
  });

  it('says what a name does not say by itself, and what cannot be written', async () => {
    const byName = new Map(rowsOf((await list()).data).map((row) => [row[0], row]));
    expect(byName.get('firstname')).toEqual(['firstname', null, 'string']);
    expect(byName.get('jobtitle')).toEqual(['jobtitle', null, 'string']);
    expect(byName.get('hs_object_id')?.[2]).toBe('number*');
  });

  it('finds by words in name, label or options, the best first', async () => {
    expect(rowsOf((await list({ find: 'life stage' })).data)[0]?.[0]).toBe('lifecyclestage');
    expect(rowsOf((await list({ find: 'marketing qualified' })).data).map(([name]) => name)).toContain(
      'lifecyclestage',
    );
    expect((await list({ find: 'no such thing' })).data['total']).toBe(0);
  });

  it('gives options and descriptions of those named', async () => {
    const { data } = await list({ names: ['Lifecycle Stage'] });
    expect(data).toMatchObject({ total: 1, columns: ['name', 'label', 'type', 'group', 'unique', 'description'] });
    expect(data['options']).toMatchObject({ rows: expect.arrayContaining([['lifecyclestage', 'lead', 'Lead']]) });
  });

  it('answers an unknown name with the nearest', async () => {
    expect((await list({ names: ['emial'] })).error).toMatchObject({
      code: 'unknown_property',
      nearest: expect.arrayContaining(['email']),
    });
  });

  it('gives those it knows beside a name it does not know', async () => {
    const { data } = await list({ names: ['email', 'jobtitel'] });
    expect(rowsOf(data).map(([name]) => name)).toEqual(['email']);
    expect(data['note']).toMatch(/no property "jobtitel".* Nearest: jobtitle/);
  });

  it('asks HubSpot once, however often it is called', async () => {
    await list();
    const before = crm.requests.length;
    await list({ find: 'phone' });
    expect(crm.requests).toHaveLength(before);
  });
});
