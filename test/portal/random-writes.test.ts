import { assert, asyncProperty } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { recordsIn, stateOf } from './portal-state.ts';
import { furnish, idsOf, write, writes } from './random-writes.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

const types = ['contacts', 'companies', 'deals', 'tickets'] as const;

/** Association type ids by `type id`, as one record sees them. */
async function links(talk: Talk, from: string, id: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const to of types) {
    for (const row of results(await talk('GET', `/crm/v4/objects/${from}/${id}/associations/${to}`))) {
      const kinds = at(row, 'associationTypes');
      const ids = Array.isArray(kinds) ? kinds.map((kind) => JSON.stringify(kind)) : [];
      found.set(`${to} ${String(at(row, 'toObjectId'))}`, ids);
    }
  }
  return found;
}

interface Seen {
  readonly type: string;
  readonly id: string;
  readonly links: ReadonlyMap<string, string[]>;
}

describe('whatever is written', () => {
  let talk: Talk;
  beforeAll(async () => {
    talk = await talkTo({ tier: 'enterprise' });
    await furnish(talk);
    talk.portal.control.snapshot('furnished');
  });

  test('links are the same from both sides, counts are right, and history ends in the present', {
    timeout: 60_000,
  }, async () => {
    let most = 0;
    await assert(
      asyncProperty(writes(60), async (all) => {
        talk.portal.control.restore('furnished');
        await write(talk, all);
        const seen: Seen[] = [];
        for (const type of types) {
          for (const id of await idsOf(talk, type)) seen.push({ type, id, links: await links(talk, type, id) });
        }
        most = Math.max(most, ...seen.map((record) => record.links.size));
        expectSymmetry(seen);
        await expectCounts(talk, seen);
        await expectHistory(talk, seen);
        expectListSizes(talk);
      }),
      { numRuns: 15 },
    );
    // It looked at more than empty portals.
    expect(most).toBeGreaterThan(1);
  });
});

function expectSymmetry(seen: readonly Seen[]): void {
  const byName = new Map(seen.map((record) => [`${record.type} ${record.id}`, record]));
  for (const { type, id, links: own } of seen) {
    for (const [other, kinds] of own) {
      const back = byName.get(other)?.links.get(`${type} ${id}`) ?? [];
      expect({ type, id, other, kinds: back.length }).toEqual({ type, id, other, kinds: Math.max(1, kinds.length) });
    }
  }
}

async function expectCounts(talk: Talk, seen: readonly Seen[]): Promise<void> {
  for (const type of types) {
    const found = await talk('POST', `/crm/v3/objects/${type}/search`, { limit: 1 });
    const there = seen.filter((record) => record.type === type).length;
    expect({ type, total: at(found.body, 'total') }).toEqual({ type, total: there });
  }
  for (const { type, id, links: own } of seen) {
    const counted = { companies: 'contacts', deals: 'contacts' }[type];
    if (counted === undefined) continue;
    const reply = await talk('GET', `/crm/v3/objects/${type}/${id}?properties=num_associated_contacts`);
    const linked = [...own.keys()].filter((other) => other.startsWith(`${counted} `)).length;
    const count = at(reply.body, 'properties', 'num_associated_contacts');
    expect({ type, id, count }).toEqual({ type, id, count: String(linked) });
  }
}

const written = {
  contacts: ['firstname', 'email'],
  companies: ['name'],
  deals: ['dealname', 'dealstage', 'pipeline'],
  tickets: ['subject', 'hs_pipeline_stage'],
};

/** Replayed from the oldest version to the newest, a property's history gives its present value. */
async function expectHistory(talk: Talk, seen: readonly Seen[]): Promise<void> {
  for (const { type, id } of seen) {
    const names = Object.entries(written).find(([name]) => name === type)?.[1] ?? [];
    const reply = await talk(
      'GET',
      `/crm/v3/objects/${type}/${id}?properties=${names.join(',')}&propertiesWithHistory=${names.join(',')}`,
    );
    for (const name of names) {
      const versions = at(reply.body, 'propertiesWithHistory', name);
      const values = Array.isArray(versions) ? versions.map((version) => at(version, 'value')) : [];
      const present = at(reply.body, 'properties', name) ?? '';
      expect({ type, id, name, value: values[0] ?? '' }).toEqual({ type, id, name, value: present });
    }
  }
}

/** A list holds records that are there, each once; a dynamic one exactly those that its filter means. */
function expectListSizes(talk: Talk): void {
  const { file } = stateOf(talk);
  const live = new Map(
    recordsIn({ ...file, records: { contacts: file.records['contacts'] ?? [] } })
      .filter(({ archived }) => !archived)
      .map((record) => [record.id, record]),
  );
  for (const { listId, memberIds, processingType } of file.lists) {
    expect(
      memberIds.filter((id) => !live.has(id)),
      `list ${listId}`,
    ).toEqual([]);
    expect(new Set(memberIds).size).toBe(memberIds.length);
    if (processingType !== 'DYNAMIC') continue;
    const meant = [...live.values()].filter(({ properties }) => /ada/i.test(properties['firstname'] ?? ''));
    expect({ listId, memberIds }).toEqual({ listId, memberIds: meant.map(({ id }) => id) });
  }
}
