import {
  assert,
  asyncProperty,
  constant,
  constantFrom,
  double,
  integer,
  jsonValue,
  oneof,
  string,
  tuple,
} from 'fast-check';
import { expect, test } from 'vitest';
import { routes } from '../../src/portal/routes.ts';
import { create, sendRaw, spec } from './records.ts';
import { at, type Talk, talkTo } from './talk.ts';

/** Everything in the portal that a request to `path` could change. */
async function state(talk: Talk, path: string): Promise<string> {
  if (path.startsWith('/crm/v3/properties')) return JSON.stringify((await talk('GET', path)).body);
  const pages = [
    '/crm/v3/objects/contacts?limit=100&properties=email,firstname,lifecyclestage&associations=companies',
    '/crm/v3/objects/contacts?limit=100&archived=true',
    '/crm/v3/objects/companies?limit=100&properties=name,num_associated_contacts&associations=contacts',
    '/crm/v4/associations/contacts/companies/labels',
    '/crm/v3/pipelines/deals',
  ];
  const replies = await Promise.all(pages.map((page) => talk('GET', page)));
  return JSON.stringify(replies.map(({ body }) => body));
}

/** `value` with whatever stands at one place in it replaced. */
function replaceAt(value: unknown, place: number, by: unknown): unknown {
  let left = place;
  const walk = (inner: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([key, member]) => [key, walk(member)]));
  };
  return walk(value);
}

test('bad bodies are refused with a 4xx and change nothing, whatever is wrong with them', async () => {
  const talk = await talkTo();
  const contact = await create(talk, 'contacts', { email: 'a@b.co', firstname: 'Ada' });
  const company = await create(talk, 'companies', { name: 'Acme' });
  const row = { properties: { email: 'new@b.co', firstname: 'x' }, objectWriteTraceId: 't' };
  const pair = { from: { id: contact }, to: { id: company }, types: [spec(1)] };
  const requests: readonly (readonly [string, unknown])[] = [
    ['/crm/v3/objects/contacts', { ...row, associations: [{ to: { id: company }, types: [spec(279)] }] }],
    ['/crm/v3/objects/contacts/batch/create', { inputs: [{ properties: { email: 'first@b.co' } }, row] }],
    [
      '/crm/v3/objects/contacts/batch/update',
      {
        inputs: [
          { id: contact, properties: { firstname: 'B' } },
          { id: '1', ...row },
        ],
      },
    ],
    ['/crm/v3/objects/contacts/batch/upsert', { inputs: [{ id: 'u@b.co', idProperty: 'email', ...row }] }],
    ['/crm/v3/objects/contacts/batch/read', { inputs: [{ id: contact }], properties: ['email'], idProperty: 'email' }],
    ['/crm/v3/objects/contacts/batch/archive', { inputs: [{ id: '1' }] }],
    ['/crm/v3/objects/contacts/merge', { primaryObjectId: contact, objectIdToMerge: '5' }],
    [
      '/crm/v3/objects/contacts/search',
      {
        filterGroups: [
          { filters: [{ propertyName: 'email', operator: 'EQ', value: 'x', values: ['a'], highValue: 'z' }] },
        ],
        sorts: [{ propertyName: 'email', direction: 'ASCENDING' }],
        query: 'a',
        limit: 10,
        after: '0',
        properties: ['email'],
      },
    ],
    ['/crm/v4/associations/contacts/companies/batch/create', { inputs: [pair] }],
    ['/crm/v4/associations/contacts/companies/batch/associate/default', { inputs: [pair] }],
    ['/crm/v4/associations/contacts/companies/batch/archive', { inputs: [{ ...pair, to: [pair.to] }] }],
    ['/crm/v4/associations/contacts/companies/batch/labels/archive', { inputs: [pair] }],
    ['/crm/v4/associations/contacts/companies/labels', { name: 'n', label: 'N', inverseLabel: 'M' }],
    [
      '/crm/v3/properties/companies',
      {
        name: 'p',
        label: 'P',
        groupName: 'companyinformation',
        type: 'enumeration',
        fieldType: 'select',
        options: [{ label: 'A', value: 'a', displayOrder: 0, hidden: false }],
      },
    ],
    [
      '/crm/v3/pipelines/deals',
      { label: 'P', displayOrder: 1, stages: [{ label: 'S', displayOrder: 0, metadata: { probability: '0.5' } }] },
    ],
  ];
  const nasty = oneof(
    jsonValue({ maxDepth: 2 }),
    constantFrom('__proto__', 'constructor', 'toString', '\0', '\ud800', '%', '*', '9'.repeat(400), '-1', '1e999'),
    integer(),
    double(),
    string({ maxLength: 8 }),
    constant({ __proto__: null, constructor: 'x' }),
  );
  let refused = 0;
  await assert(
    asyncProperty(
      constantFrom(...requests),
      integer({ min: 0, max: 14 }),
      nasty,
      integer({ min: 0, max: 400 }),
      async ([path, good], place, by, cut) => {
        const before = await state(talk, path);
        const whole = JSON.stringify(replaceAt(good, place, by));
        const text = cut < whole.length / 4 ? whole.slice(0, cut) : whole;
        const reply = await sendRaw(talk, path, text);
        expect({ path, text, status: reply.status }).toMatchObject({
          status: expect.toSatisfy((s: number) => s < 500),
        });
        if (reply.status < 400) return;
        refused++;
        expect(JSON.parse(String(reply.body))).toMatchObject({ status: 'error', message: expect.any(String) });
        expect(await state(talk, path)).toBe(before);
      },
    ),
    { numRuns: 600 },
  );
  expect(refused).toBeGreaterThan(150);
});

test('bad paths and parameters are refused with a 4xx on every route', async () => {
  const talk = await talkTo();
  const segment = oneof(
    string({ maxLength: 6 }),
    constantFrom('..', '%', '%00', 'contacts', '0-1', '1', '__proto__', 'a%2Fb', '2-1'),
  );
  const query = tuple(
    constantFrom('limit', 'after', 'idProperty', 'associations', 'properties', 'propertiesWithHistory', 'archived'),
    oneof(string({ maxLength: 6 }), constantFrom('-1', '1e9', 'contacts', 'email', '__proto__', 'true')),
  );
  await assert(
    asyncProperty(
      constantFrom(...routes),
      tuple(segment, segment, segment, segment),
      query,
      async (route, segments, [name, value]) => {
        let i = 0;
        const filled = route.path.replaceAll(/\{\w+\}/g, () => segments[i++ % 4]?.replaceAll(/[\s?#\\]/g, 'x') ?? '');
        const [, area = '', ...rest] = filled.split('/');
        const path = `/${area}/v3/${rest.join('/')}?${new URLSearchParams([[name, value]]).toString()}`;
        const reply = await talk(route.method, path, {});
        expect({ path, status: reply.status }).toMatchObject({
          status: expect.toSatisfy((s: number) => s < 500 || s === 501),
        });
        // Files of exports are answered by a storage, which says so in XML.
        const ofStorage = typeof reply.body === 'string' && /<Error><Code>\w+<.Code><Message>/.test(reply.body);
        const explained =
          reply.status < 400 || reply.status === 405 || at(reply.body, 'status') === 'error' || ofStorage;
        expect({ path, explained }).toEqual({ path, explained: true });
      },
    ),
    { numRuns: 1_500 },
  );
});
