/** Cases S01 to S14: arguments that would lead a careless client elsewhere, or that say something else than they mean. */

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import { type Connection, connect } from '../harness.ts';
import { rowsOf } from '../rows.ts';
import { fastClock } from './fast-clock.ts';
import { type Place, saidArguments } from './said-arguments.ts';
import { sensibleWord, surfaces } from './surfaces.ts';

const SPEED = 200;
let connection: Connection;
let ann = '';

beforeAll(async () => {
  connection = await connect({ clock: fastClock(SPEED), config: { deadlineMs: 10_000 * SPEED } });
  const { hubspot } = connection;
  ann = (await hubspot.objects.create('contacts', { properties: { email: 'ann@acme.example' } })).id;
  await hubspot.objects.create('contacts', { properties: { email: 'admin@acme.test', firstname: 'Real' } });
});
afterAll(() => connection.close());
beforeEach(() => {
  connection.sent.length = 0;
  connection.requests.length = 0;
});

/** The name of the argument that stands at a place; of what stands in a list, the list's. */
function argumentAt(place: Place): string {
  const step = place.findLast(({ kind }) => kind === 'member');
  const name = step?.kind === 'member' ? step.name : '';
  return place.at(-1)?.kind === 'key' ? `${name}{key}` : name;
}

/** Says the text wherever a tool takes one of the arguments; gives the calls that were not refused for it. */
async function sayEverywhere(names: readonly string[], text: string) {
  const taken: string[] = [];
  let said = 0;
  for (const { tool, schema, places } of surfaces) {
    const real = { id: ann, ids: ann, from: ann, to: ann };
    const words = { random: seededRandom(5), word: (name: string) => sensibleWord(tool.name, name, said, real) };
    const meant = places.filter(
      (each) => names.includes(argumentAt(each)) && !spans.has(`${tool.name} ${argumentAt(each)}`),
    );
    for (const place of meant) {
      said += 1;
      const args = saidArguments(schema, { place, text }, words);
      const { isError, data, error } = await connection.call(tool.name, { ...Object(args) });
      const refused = isError || (Array.isArray(data['failed']) && data['failed'].length > 0);
      if (!refused || error['code'] === 'internal') taken.push(`${tool.name} ${argumentAt(place)}`);
    }
  }
  return { said, taken };
}

const TYPES = ['objectType', 'fromObjectType', 'toObjectType', 'toObjectTypes', 'associatedObjects'];
const PROPERTIES = ['propertyName', 'idProperty', 'propertiesWithHistory', 'groupBy', 'properties{key}'];
const IDS = ['id', 'ids', 'from', 'to', 'callId', 'jobId', 'record'];
/** Of e-mails and calls these are addresses, and of the journal they are times. */
const spans = new Set(
  ['log_activity', 'list_changes', 'undo_changes'].flatMap((tool) => [`${tool} from`, `${tool} to`]),
);

describe('an argument that leads elsewhere', { timeout: 120_000 }, () => {
  it.each([
    ['S01: as an object type', TYPES, '../../../settings/v3/users'],
    ['S02: as a property', PROPERTIES, '../../../../oauth/v1/access-tokens/x'],
    ['S03: as an object type', TYPES, 'contacts?archived=true&x='],
    ['S03: as an object type', TYPES, 'contacts#'],
    ['S03: as a property', PROPERTIES, 'email?archived=true&x='],
    ['S07: as an object type', TYPES, 'https://evil.test/x'],
    ['S07: as an object type', TYPES, '//evil.test'],
    ['S07: as a property', PROPERTIES, '//evil.test'],
    ['S05: as an id', IDS, '12/associations'],
    ['S05: as an id', IDS, '0x10'],
    ['S05: as an id', IDS, '1e3'],
    ['S05: as an id', IDS, '-12'],
    ['S05: as an id', IDS, '١٢٣'],
    ['S05: as an id', IDS, '9'.repeat(40)],
    ['S05: as an id', IDS, ''],
  ] as const)('%s is refused by every tool, and nothing of it is sent: %j = %j', async (_case, names, text) => {
    const { said, taken } = await sayEverywhere(names, text);
    expect(said).toBeGreaterThan(10);
    expect(taken).toEqual([]);
    const inBodyOrAddress = text === '' ? [] : connection.sent.filter((request) => request.includes(text));
    expect(inBodyOrAddress).toEqual([]);
    expect(
      connection.requests.filter((request) => !/^(GET|POST|PATCH|PUT|DELETE) \/(crm|account-info)/.test(request)),
    ).toEqual([]);
  });

  it('S05: an id of 19 digits stays what it is, and a number that has lost digits is refused', async () => {
    const id = '9007199254740993121';
    const { data, text } = await connection.call('get_records', { objectType: 'contacts', ids: [id] });
    expect(connection.sent.filter((request) => request.includes(`"${id}"`))).not.toEqual([]);
    expect(text).toContain(id);
    expect(data['failed']).toEqual([expect.objectContaining({ code: 'not_found' })]);
    const lost = await connection.call('get_records', { objectType: 'contacts', ids: [Number(id)] });
    expect(lost.error).toMatchObject({ code: 'invalid_arguments', message: expect.stringContaining('exactly') });
  });
});

const emails = (more: object) => [{ filters: [{ propertyName: 'email', ...more }] }];

describe('a search that HubSpot would refuse, or answer in part', () => {
  it.each([
    ['IN without values', { filterGroups: emails({ operator: 'IN' }) }, /values/],
    ['IN with no value', { filterGroups: emails({ operator: 'IN', values: [] }) }, /values/],
    ['BETWEEN without an end', { filterGroups: emails({ operator: 'BETWEEN', value: '1' }) }, /highValue/],
    ['EQ without a value', { filterGroups: emails({ operator: 'EQ' }) }, /value/],
    [
      'seven groups',
      { filterGroups: Array.from({ length: 7 }, () => emails({ operator: 'HAS_PROPERTY' })[0]) },
      /\b5\b/,
    ],
    [
      'seven filters',
      {
        filterGroups: [
          { filters: Array.from({ length: 7 }, () => ({ propertyName: 'email', operator: 'HAS_PROPERTY' })) },
        ],
      },
      /\b6\b/,
    ],
    ['3,001 characters', { query: 'x'.repeat(3_001) }, /3001 characters; HubSpot takes 2500/],
  ])('S09: %s is refused here, with what would do', async (_case, said, message) => {
    const { error } = await connection.call('search_records', { objectType: 'contacts', ...said });
    expect(error).toMatchObject({ code: expect.any(String), message: expect.stringMatching(message) });
    expect(connection.requests.filter((request) => request.endsWith('/search'))).toEqual([]);
  });

  it.each(['x', 'offset:x', 'id:1 OR 1=1', 'offset:99999999999999999999999', 'id:', '-1', 'eyJvZmZzZXQiOjF9'])(
    'S10: the cursor %j that no page gave is refused',
    async (after) => {
      for (const tool of ['search_records', 'list_changes', 'get_job']) {
        const args = tool === 'search_records' ? { objectType: 'contacts', after } : { after };
        const { isError, data } = await connection.call(tool, args);
        // Without a job there are no failures to page through.
        expect(isError || (tool === 'get_job' && Array.isArray(data['jobs']))).toBe(true);
      }
      expect(connection.requests.filter((request) => request.endsWith('/search'))).toEqual([]);
    },
  );
});

describe('a time that is none', () => {
  it.each(['-1', '5', '0', 'yesterday', '2026', '12/31/2020', '2026-02-30T99:00'])(
    'S05: %j takes nothing back, though JavaScript may read it as one',
    async (from) => {
      const { error } = await connection.call('undo_changes', { from, dryRun: true });
      expect(error).toMatchObject({ code: 'invalid_arguments', message: expect.stringContaining('is no time') });
      expect((await connection.call('list_changes', { to: from })).error).toMatchObject({ code: 'invalid_arguments' });
    },
  );
});

describe('a value that HubSpot does not have', () => {
  it.each([
    ['lead', 'lead'],
    ['Lead', 'lead'],
    ['LEAD', 'lead'],
    ['Marketing Qualified Lead', 'marketingqualifiedlead'],
  ])('S12: %j is taken for the option it can only mean', async (lifecyclestage, meant) => {
    const said = { objectType: 'contacts', records: [{ properties: { lifecyclestage } }], dryRun: true };
    const { data } = await connection.call('create_records', said);
    expect(rowsOf(data).flat()).toContain(meant);
  });

  it.each(['create_records', 'update_records', 'upsert_records'])(
    'S12: %s names the nearest options to one that there is not, and writes nothing',
    async (tool) => {
      const properties = { email: 'ann@acme.example', lifecyclestage: 'Leed' };
      const row = tool === 'update_records' ? { id: ann, properties } : { properties };
      const more = tool === 'upsert_records' ? { idProperty: 'email' } : {};
      const { isError, data } = await connection.call(tool, { objectType: 'contacts', records: [row], ...more });
      expect(isError).toBe(true);
      expect(data['failed']).toEqual([
        expect.objectContaining({ nearest: expect.arrayContaining([expect.stringContaining('lead')]) }),
      ]);
      expect(connection.sent.filter((request) => /batch\/(create|update|upsert)/.test(request))).toEqual([]);
    },
  );

  it('S14: an e-mail address that only looks like a known one is another, and said to be', async () => {
    const { call, hubspot } = connection;
    const email = '\u0430dmin@acme.test';
    const rows = {
      objectType: 'contacts',
      idProperty: 'email',
      records: [{ properties: { email, firstname: 'Fake' } }],
    };
    const shown = await call('upsert_records', { ...rows, dryRun: true });
    expect(shown.text).toContain('Cyrillic letters beside Latin ones');
    const done = await call('upsert_records', rows);
    expect(done.text).toContain('Cyrillic letters beside Latin ones');
    const [real] = await hubspot.objects.batchRead('contacts', ['admin@acme.test'], {
      idProperty: 'email',
      properties: ['firstname'],
    });
    expect(real?.outcome === 'applied' && real.value.properties['firstname']).toBe('Real');
    const plain = await call('upsert_records', {
      ...rows,
      records: [{ properties: { email: 'иван@почта.рф' } }],
      dryRun: true,
    });
    expect(plain.text).not.toContain('letters beside');
  });
});
