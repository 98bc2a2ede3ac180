/** A portal full of contacts for the oracle, and random writes to it. */

import { type Arbitrary, constant, constantFrom, integer, oneof, option, record } from 'fast-check';
import { create, spec } from './records.ts';
import type { OracleRecord, OracleRequest } from './search-oracle.ts';
import { custom, domains, shown } from './search-requests.ts';
import { at, results, type Talk, talkTo } from './talk.ts';

const contacts = '/crm/v3/objects/contacts';

const values = record(
  Object.fromEntries(custom.map((name) => [name, option(constantFrom(...(domains[name]?.held ?? [])), { nil: '' })])),
  { requiredKeys: [] },
);

/** Some writes between searches; numbers choose among the records that are there. */
export const write = oneof(
  { weight: 6, arbitrary: record({ kind: constant('update' as const), who: integer({ min: 0 }), values }) },
  { weight: 2, arbitrary: record({ kind: constant('create' as const), values }) },
  { weight: 1, arbitrary: record({ kind: constant('archive' as const), who: integer({ min: 0 }) }) },
  {
    weight: 1,
    arbitrary: record({ kind: constant('merge' as const), who: integer({ min: 0 }), other: integer({ min: 0 }) }),
  },
  {
    weight: 2,
    arbitrary: record({
      kind: constantFrom('link' as const, 'unlink' as const),
      who: integer({ min: 0 }),
      other: integer({ min: 0 }),
    }),
  },
  { weight: 1, arbitrary: record({ kind: constantFrom('snapshot' as const, 'restore' as const) }) },
);

export type Write = typeof write extends Arbitrary<infer T> ? T : never;

export interface World {
  readonly talk: Talk;
  readonly companies: readonly string[];
  /** The records as they are read one after the other. */
  records: readonly OracleRecord[];
  /** Of the records that are there. */
  ids: readonly string[];
  made: number;
}

async function must(reply: ReturnType<Talk>): Promise<void> {
  const { status, body } = await reply;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
}

export async function openWorld(size: number, options: Parameters<typeof talkTo>[0] = {}): Promise<World> {
  const talk = await talkTo(options);
  for (const [name, { type, fieldType, held }] of Object.entries(domains)) {
    const options = [...new Set(held.flatMap((value) => value.split(';')))].map((value) => ({ label: value, value }));
    const property = {
      name,
      label: name,
      groupName: 'contactinformation',
      type,
      fieldType,
      ...(type === 'enumeration' && { options }),
      ...(type === 'bool' && { options: ['true', 'false'].map((value) => ({ label: value, value })) }),
    };
    await must(talk('POST', '/crm/v3/properties/contacts', property));
  }
  const companies = [];
  for (const name of ['Acme', 'Beta', 'Gamma']) companies.push(await create(talk, 'companies', { name }));
  const world: World = { talk, companies, records: [], ids: [], made: 0 };
  for (let i = 0; i < size; i++) {
    const held = custom.map((name, place): [string, string] => {
      const list = domains[name]?.held ?? [];
      return [name, (i + place) % 4 === 0 ? '' : (list[(i * 7 + place * 3) % list.length] ?? '')];
    });
    await perform(world, { kind: 'create', values: Object.fromEntries(held) });
  }
  talk.portal.control.snapshot('start');
  world.records = await readAll(talk);
  world.ids = world.records.map((one) => one.id);
  return world;
}

export async function perform(world: World, write: Write): Promise<void> {
  const { talk, companies } = world;
  const { ids } = world;
  const id = (chosen: number) => ids[chosen % ids.length] ?? '';
  const company = (chosen: number) => companies[chosen % companies.length] ?? '';
  switch (write.kind) {
    case 'create': {
      const i = world.made++;
      const known = {
        email: `p${i}@acme${i % 3}.example.com`,
        firstname: i % 2 ? 'Ada' : 'King',
        company: `Co ${i % 5}`,
      };
      const associations = i % 4 === 0 ? [{ to: { id: company(i) }, types: [spec(279)] }] : [];
      const made = await create(talk, 'contacts', { ...known, ...write.values }, associations);
      world.ids = [...ids, made];
      return;
    }
    case 'update':
      return must(talk('PATCH', `${contacts}/${id(write.who)}`, { properties: write.values }));
    case 'archive':
      await must(talk('DELETE', `${contacts}/${id(write.who)}`));
      world.ids = ids.filter((other) => other !== id(write.who));
      return;
    case 'merge':
      if (id(write.who) === id(write.other)) return;
      await must(
        talk('POST', `${contacts}/merge`, { primaryObjectId: id(write.who), objectIdToMerge: id(write.other) }),
      );
      // Neither id may be named in a merge again.
      world.ids = (await readAll(talk)).map((one) => one.id);
      return;
    case 'link':
    case 'unlink': {
      const pair = `/crm/v4/objects/contacts/${id(write.who)}/associations/`;
      if (write.kind === 'link') await must(talk('PUT', `${pair}default/companies/${company(write.other)}`));
      else await must(talk('DELETE', `${pair}companies/${company(write.other)}`));
      return;
    }
    case 'snapshot':
      talk.portal.control.snapshot('later');
      return;
    default:
      talk.portal.control.restore(talk.portal.control.snapshots().at(-1) ?? 'start');
      world.ids = (await readAll(talk)).map((one) => one.id);
  }
}

/** Every contact, read page by page without search. */
export async function readAll(talk: Talk): Promise<OracleRecord[]> {
  const all: OracleRecord[] = [];
  for (let after = ''; ; ) {
    const page = await talk('GET', `${contacts}?limit=100&properties=${shown.join()}&associations=companies${after}`);
    for (const found of results(page)) all.push(toRecord(found));
    const next = at(page.body, 'paging', 'next', 'after');
    if (typeof next !== 'string') return all;
    after = `&after=${next}`;
  }
}

function toRecord(found: unknown): OracleRecord {
  const linked = at(found, 'associations', 'companies', 'results');
  const company = Array.isArray(linked) ? linked.map((link: unknown) => text(at(link, 'id')) ?? '') : [];
  return {
    id: text(at(found, 'id')) ?? '',
    createdAt: text(at(found, 'createdAt')) ?? '',
    properties: Object.fromEntries(shown.map((name) => [name, text(at(found, 'properties', name))])),
    associated: { company },
  };
}

export async function search(talk: Talk, request: OracleRequest): Promise<{ total: unknown; found: unknown[] }> {
  const reply = await talk('POST', `${contacts}/search`, { ...request, properties: ['o_text'] });
  return { total: at(reply.body, 'total'), found: results(reply) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
