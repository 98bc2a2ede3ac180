import { describe, expect, test } from 'vitest';
import { create } from './records.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

const DEFAULT = '/crm/data-quality/objects/2027-03-beta/duplicates/default';

const pairsOf = async (talk: Talk, query: string) => {
  const reply = await talk('GET', `${DEFAULT}?${query}`);
  return results(reply).map((pair) => [at(pair, 'objectId'), at(pair, 'duplicateObjectId')]);
};

describe('pairs of duplicates', () => {
  test('are people with the same name and telephone or the same mailbox, the likelier ones first', async () => {
    const talk = await talkTo();
    const ada = { firstname: 'Ada', lastname: 'Lovelace', email: 'ada@acme.example', phone: '+1 (212) 555-0101' };
    const first = await create(talk, 'contacts', ada);
    const again = await create(talk, 'contacts', { ...ada, firstname: 'ADA', email: 'a.d.a+crm@acme.example' });
    const called = await create(talk, 'contacts', { firstname: 'Ada', lastname: 'Lovelace', phone: '12125550101' });
    await create(talk, 'contacts', { firstname: 'Ada', lastname: 'Byron', zip: '10001' });
    await create(talk, 'contacts', { firstname: 'Charles', lastname: 'Babbage', phone: '+1 212 555 0101' });
    const reply = await talk('GET', `${DEFAULT}?objectType=contacts`);
    expect(reply.body).toMatchObject({ total: 3 });
    expect(results(reply)[0]).toMatchObject({
      objectTypeId: '0-1',
      objectId: first,
      duplicateObjectId: again,
      score: 1,
      confidence: 'HIGH',
      matchingProperties: ['firstname', 'lastname', 'email', 'phone'],
    });
    const scores = results(reply).map((pair) => Number(at(pair, 'score')));
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(await pairsOf(talk, `objectType=contacts&objectId=${called}`)).toEqual([
      [first, called],
      [again, called],
    ]);
  });

  test('are companies with the same domain or name, whatever stands around them', async () => {
    const talk = await talkTo();
    const acme = await create(talk, 'companies', { name: 'Acme Inc.', domain: 'acme.example', country: 'US' });
    const twin = await create(talk, 'companies', { name: 'ACME', domain: 'acme-shop.example', country: 'US' });
    const other = await create(talk, 'companies', { name: 'Acme Services', domain: 'www.acme.example', country: 'DE' });
    await create(talk, 'companies', { name: 'Byte', domain: 'byte.example', country: 'US' });
    expect(await pairsOf(talk, `objectType=0-2&objectId=${twin}`)).toEqual([]);
    await talk('PATCH', `/crm/v3/objects/companies/${twin}`, { properties: { domain: '' } });
    expect(await pairsOf(talk, 'objectType=companies')).toEqual([[acme, twin]]);
    await talk('PATCH', `/crm/v3/objects/companies/${other}`, { properties: { name: 'Acme, Inc', country: 'US' } });
    expect(await pairsOf(talk, `objectType=companies&objectId=${other}`)).toEqual([
      [acme, other],
      [twin, other],
    ]);
  });

  test('follow every write: a merged, archived or changed record is in no pair', async () => {
    const talk = await talkTo();
    const same = { firstname: 'Ada', lastname: 'Lovelace', phone: '2125550101' };
    const ids: string[] = [];
    for (let i = 0; i < 4; i++) ids.push(await create(talk, 'contacts', same));
    const total = async () => at((await talk('GET', `${DEFAULT}?objectType=contacts`)).body, 'total');
    expect(await total()).toBe(6);
    await talk('PATCH', `/crm/v3/objects/contacts/${ids[0]}`, { properties: { lastname: 'Byron', phone: '' } });
    expect(await total()).toBe(3);
    await talk('POST', '/crm/v3/objects/contacts/merge', { primaryObjectId: ids[1], objectIdToMerge: ids[2] });
    expect(await total()).toBe(1);
    await talk('DELETE', `/crm/v3/objects/contacts/${ids[3]}`);
    expect(await total()).toBe(0);
  });

  test('come in pages, and a bad question is refused', async () => {
    const talk = await talkTo();
    for (let i = 0; i < 6; i++) await create(talk, 'contacts', { firstname: 'A', lastname: 'B', zip: '1' });
    const seen: unknown[] = [];
    for (let after: unknown = '0'; typeof after === 'string'; ) {
      const page = await talk('GET', `${DEFAULT}?objectType=contacts&limit=4&after=${after}`);
      expect(at(page.body, 'total')).toBe(15);
      seen.push(...results(page).map((pair) => at(pair, 'id')));
      after = at(page.body, 'paging', 'next', 'after');
    }
    expect(new Set(seen).size).toBe(15);
    for (const query of ['', 'objectType=deals', 'objectType=contacts&limit=201', 'objectType=contacts&after=x']) {
      expect(await talk('GET', `${DEFAULT}?${query}`)).toMatchObject({
        status: 400,
        body: { category: 'VALIDATION_ERROR' },
      });
    }
    expect(results(await talk('GET', `${DEFAULT.replace('default', 'custom-rules')}?objectType=contacts`))).toEqual([]);
    expect((await talk('GET', `${DEFAULT.replace('default', 'custom-rules')}/7`)).status).toBe(404);
  });

  test('are found among the flaws of the demo seed', async () => {
    const talk = await talkTo({ seed: 'demo' });
    for (const type of ['contacts', 'companies']) {
      expect(at((await talk('GET', `${DEFAULT}?objectType=${type}`)).body, 'total')).toBeGreaterThan(0);
    }
  });
});
