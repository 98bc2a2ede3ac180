/** Nothing that anybody can send makes the portal fail, or do a part of what it refuses. */

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/clock.ts';
import type { HttpMethod, HttpRequest } from '../../src/fetch.ts';
import type { Route } from '../../src/portal/route.ts';
import { routes } from '../../src/portal/routes.ts';
import { versionsOf } from '../../src/portal/versions.ts';
import { type Talk, talkTo } from './talk.ts';

/** Each on a new portal: what is sent also archives records and definitions. */
const ROUNDS = 40;
const RUNS = 250;

const nasty = [
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  '0x10',
  '٣',
  'NaN',
  'null',
  'true',
  '[]',
  '{}',
  '..',
  '../owners',
  '%',
  '%zz',
  '%00',
  'a\0b',
  'ü',
  '😀',
  '\u202e',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  "'; DROP TABLE x",
  '9'.repeat(40),
  'a'.repeat(300),
  '1970-01-01',
  '2026-13-45',
  '-271821-04-20',
  '(',
  '(((((a+)+)+)+)+$',
  '*',
  'a,b',
  ';a;b',
];
const words = `
  contacts companies deals tickets notes tasks products line_items quotes users 0-1 0-2 0-3 2-1 p_machines email
  firstname lifecyclestage dealstage amount closedate hs_object_id hubspot_owner_id default appointmentscheduled
  contactinformation MANUAL DYNAMIC a@b.co 1 2 3 279 280 HUBSPOT_DEFINED USER_DEFINED EQ IN BETWEEN HAS_PROPERTY
  string text number enumeration select CSV PRIVATE LIST VIEW PROPERTY OR AND
`
  .trim()
  .split(/\s+/);
/** Names of members that some body has somewhere. */
const members = `
  properties inputs id ids idProperty associations to from types associationCategory associationTypeId
  filterGroups filters propertyName operator value values highValue sorts direction query limit after name label
  labels type fieldType groupName options displayOrder stages metadata probability stageId primaryObjectId
  objectIdToMerge objectId objectTypeId processingType filterBranch filterBranches filterBranchType filterType
  property operation operationType includeObjectsWithNoValueSet recordIdsToAdd recordIdsToRemove parentFolderId
  exportType format exportName objectProperties objectType language files fileName fileFormat fileImportPage
  columnMappings importOperations fields context legalConsentOptions consent access folderPath folderId url ttl
  eventType active targetUrl throttling revisionId isEnabled actions flowType enrollmentCriteria tokenKey
  grant_type calculationFormula expression ruleArguments hasUniqueValue objectWriteTraceId primaryDisplayProperty
  requiredProperties singular plural associatedObjects inverseLabel maxToObjectIds category typeId
  createNewContactIfMissing
`
  .trim()
  .split(/\s+/);

const word = fc.oneof(fc.constantFrom(...nasty), fc.constantFrom(...words), fc.string({ maxLength: 12 }));
const leaf = fc.oneof(word, word, fc.integer(), fc.double(), fc.boolean(), fc.constantFrom(null, '\ud800'));

const anyJson = fc.letrec<{ value: unknown; object: unknown }>((tie) => ({
  value: fc.oneof({ maxDepth: 6 }, leaf, tie('object'), fc.array(tie('value'), { maxLength: 4 })),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...members), word), tie('value'), { maxKeys: 6 }),
})).value;

const ref = fc.constantFrom('1', '2', '3', '4', '5', '6', '7', '8', '9', 'x');
const filter = fc.record(
  { propertyName: word, operator: word, value: leaf, values: fc.array(leaf, { maxLength: 3 }), highValue: leaf },
  { requiredKeys: ['propertyName', 'operator'] },
);
const anyValues = fc.dictionary(fc.constantFrom(...words), leaf, { maxKeys: 4 });
/** Those that are right for one type or another. */
const values = fc.oneof(
  anyValues,
  fc.record({ email: fc.emailAddress(), firstname: word }, { requiredKeys: ['email'] }),
  fc.record({ name: word, domain: fc.domain() }, { requiredKeys: ['name'] }),
  fc.record(
    { dealname: word, dealstage: fc.constant('closedwon'), pipeline: fc.constant('default'), amount: leaf },
    { requiredKeys: ['dealname', 'dealstage'] },
  ),
);
const types = fc.array(fc.record({ associationCategory: word, associationTypeId: leaf }), { maxLength: 2 });
const inputs = fc.array(
  fc.record(
    { id: fc.oneof(ref, word), properties: values, idProperty: word, objectWriteTraceId: word },
    { requiredKeys: [] },
  ),
  { maxLength: 4 },
);
const pair = fc.record(
  { from: fc.record({ id: ref }), to: fc.record({ id: ref }), types },
  { requiredKeys: ['from', 'to'] },
);
const stage = fc.record({
  label: word,
  displayOrder: leaf,
  metadata: fc.record({ probability: fc.constantFrom('0.1', '1.0', 'x') }),
});

/** Bodies that are nearly right, which come further than any others, by the paths that take them. */
const nearly: readonly (readonly [RegExp, fc.Arbitrary<unknown>])[] = [
  [/objects\/\{objectType\}(\/\{objectId\})?$/, fc.record({ properties: values }, { requiredKeys: ['properties'] })],
  [/objects\/\{objectType\}$/, fc.record({ properties: values, associations: fc.array(anyJson, { maxLength: 2 }) })],
  [/objects.*batch/, fc.record({ inputs })],
  [
    /objects.*(merge|gdpr)/,
    fc.record({ primaryObjectId: ref, objectIdToMerge: ref, objectId: ref }, { requiredKeys: [] }),
  ],
  [
    /search/,
    fc.record({ filterGroups: fc.array(fc.record({ filters: fc.array(filter, { maxLength: 3 }) }), { maxLength: 3 }) }),
  ],
  [/search/, fc.record({ query: word, limit: leaf, after: leaf, sorts: anyJson }, { requiredKeys: [] })],
  [/associations.*batch/, fc.record({ inputs: fc.array(pair, { maxLength: 3 }) })],
  [/associations/, types],
  [
    /labels/,
    fc.record({ name: word, label: word, inverseLabel: word, associationTypeId: leaf }, { requiredKeys: ['label'] }),
  ],
  [
    /properties/,
    fc.record({ name: word, label: word, type: word, fieldType: word, groupName: word, options: anyJson }),
  ],
  [/groups/, fc.record({ name: word, label: word, displayOrder: leaf })],
  [/stages/, stage],
  [/pipelines/, fc.record({ label: word, displayOrder: fc.integer(), stages: fc.array(stage, { maxLength: 3 }) })],
  [
    /schemas/,
    fc.record({
      name: word,
      labels: fc.record({ singular: word, plural: word }),
      properties: anyJson,
      requiredProperties: anyJson,
    }),
  ],
  [
    /lists/,
    fc.record(
      { name: word, objectTypeId: word, processingType: word, filterBranch: anyJson },
      { requiredKeys: ['name'] },
    ),
  ],
  [/lists/, fc.array(fc.oneof(ref, leaf), { maxLength: 3 })],
  [/token|oauth/, fc.record({ tokenKey: word, grant_type: word, client_id: word })],
];

/** Any of those for the path, or any at all. */
function bodyFor(path: string): fc.Arbitrary<unknown> {
  const fitting = nearly.filter(([pattern]) => pattern.test(path)).map(([, body]) => body);
  return fc.oneof(
    ...fitting.map((arbitrary) => ({ weight: 8, arbitrary })),
    ...nearly.map(([, arbitrary]) => ({ weight: 1, arbitrary })),
    { weight: 2, arbitrary: anyJson },
  );
}

const part = fc
  .tuple(
    fc.constantFrom('file', 'files', 'importRequest', 'options', 'folderPath'),
    fc.oneof(word, fc.json(), fc.constant('{"access":"PRIVATE"}'), fc.constant('/a')),
    fc.integer({ min: 0, max: 9 }).map((n) => n > 0),
  )
  .map(([name, content, whole]) => {
    const head = `--b\r\ncontent-disposition: form-data; name="${name}"; filename="a.csv"\r\n\r\n`;
    return `${head}${content}${whole ? '\r\n' : ''}`;
  });
const multipart = fc.tuple(fc.array(part, { maxLength: 3 }), fc.boolean()).map(([parts, whole]) => ({
  body: `${parts.join('')}${whole ? '--b--\r\n' : ''}`,
  contentType: 'multipart/form-data; boundary=b',
}));
const other = fc.record({
  body: fc.oneof(word, fc.uint8Array({ maxLength: 200 }), fc.constant('grant_type=refresh_token&a=%zz')),
  contentType: fc.constantFrom(
    '',
    'text/plain',
    'application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
  ),
});

interface Payload {
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

function payloadFor(path: string): fc.Arbitrary<Payload | undefined> {
  const text = bodyFor(path).map((value) => JSON.stringify(value));
  const json = text.map((body) => ({ body, contentType: 'application/json' }));
  const broken = fc.tuple(text, fc.nat()).map(([body, cut]) => {
    return { body: body.slice(0, cut % (body.length + 1)), contentType: 'application/json; charset=utf-8' };
  });
  return fc.oneof(
    { weight: 8, arbitrary: json },
    { weight: 1, arbitrary: fc.oneof(broken, other, fc.constant(undefined)) },
    { weight: /^\/(files|crm\/imports)/.test(path) ? 8 : 1, arbitrary: multipart },
  );
}

const query = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom('limit', 'after', 'before', 'properties', 'propertiesWithHistory', 'associations', 'archived'),
      fc.constantFrom(
        'idProperty',
        'hapikey',
        'email',
        'includeFilters',
        'createdAfter',
        'listIds',
        'objectType',
        'since',
      ),
      word,
    ),
    word,
  ),
  { maxLength: 3 },
);

const likelyBy = {
  type: ['contacts', 'companies', 'deals'],
  property: ['email', 'firstname', 'amount', 'tier'],
  group: ['contactinformation', 'companyinformation'],
  pipeline: ['default'],
  stage: ['appointmentscheduled', 'closedwon'],
};

/** What stands for a placeholder: by its name something that is likely, else anything. */
function segmentFor(placeholder: string): fc.Arbitrary<string> {
  const known = Object.entries(likelyBy).find(([name]) => placeholder.toLowerCase().includes(name));
  const likely = known === undefined ? ref : fc.constantFrom(...known[1]);
  return fc.oneof({ weight: 6, arbitrary: likely }, { weight: 1, arbitrary: word });
}

function pathOf(route: Route): fc.Arbitrary<string> {
  const segments = route.path.split('/').slice(1);
  const filled = segments.map((segment) => (segment.startsWith('{') ? segmentFor(segment) : fc.constant(segment)));
  return fc.tuple(fc.constantFrom(...versionsOf(route)), fc.tuple(...filled)).map(([version, parts]) => {
    const [area = '', ...rest] = parts.map((part) => encodeURIComponent(part));
    return `/${(version === 'none' ? [area, ...rest] : [area, version, ...rest]).join('/')}`;
  });
}

const methods: readonly HttpMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Much more often than the others: most of what can be half done is here. */
const writes = routes.filter(({ method, path }) => path.startsWith('/crm/objects/{objectType}') && method !== 'GET');

const requests: fc.Arbitrary<HttpRequest> = fc
  .tuple(
    fc.oneof(fc.constantFrom(...routes), fc.constantFrom(...routes), fc.constantFrom(...writes)),
    fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constantFrom(...methods) }),
  )
  .chain(([route, method]) =>
    fc
      .tuple(pathOf(route), query, payloadFor(route.path), fc.constantFrom('application/json', '*/*', '', 'text/html'))
      .map(([path, parameters, sent, accept]) => {
        const search = new URLSearchParams(parameters);
        return {
          method: method ?? route.method,
          url: `https://api.hubapi.com${path}${search.size > 0 ? `?${search.toString()}` : ''}`,
          headers: { authorization: 'Bearer pat-x', accept, ...(sent && { 'content-type': sent.contentType }) },
          ...(sent !== undefined && { body: sent.body }),
        };
      }),
  );

/** A portal with a few records, whose ids are small numbers. */
async function portal(): Promise<Talk> {
  // A clock that moves only when something was written tells whether anything was.
  const talk = await talkTo({ time: { frozen: true }, random: { ...seededRandom(7), float: () => 0 } });
  for (const objectType of ['contacts', 'companies', 'deals']) {
    for (let i = 1; i <= 3; i++) {
      const properties = {
        email: `${i}@b.co`,
        firstname: `${i}`,
        name: `${i}`,
        dealname: `${i}`,
        dealstage: 'closedwon',
      };
      const taken = { contacts: ['email', 'firstname'], companies: ['name'], deals: ['dealname', 'dealstage'] }[
        objectType
      ];
      const body = {
        properties: Object.fromEntries(Object.entries(properties).filter(([name]) => taken?.includes(name))),
      };
      expect((await talk('POST', `/crm/v3/objects/${objectType}`, body)).status).toBe(201);
    }
  }
  return talk;
}

test(`${ROUNDS * RUNS} requests of any kind to every route are never answered 5xx, and do nothing where they are refused`, async () => {
  const seen = new Map<number, number>();
  for (let round = 0; round < ROUNDS; round++) {
    const talk = await portal();
    const { clock } = talk.portal.control;
    const answer = async (request: HttpRequest) => {
      const before = clock.now();
      const { status, body } = await talk.portal.fetch(request);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      if (status >= 500 && status !== 501) throw new Error(`It was answered ${status}: ${body.toString()}`);
      if (status >= 400 && clock.now() !== before) throw new Error(`It was refused with ${status}, and wrote.`);
    };
    await fc.assert(fc.asyncProperty(requests, answer), { numRuns: RUNS, endOnFailure: true });
    expect((await talk('GET', '/crm/v3/objects/contacts')).status).toBe(200);
    talk.portal.close();
  }
  // Most were refused, for many reasons, and enough were not.
  expect(seen.get(200)).toBeGreaterThan(500);
  expect(seen.get(400)).toBeGreaterThan(1_000);
  for (const status of [201, 204, 404, 405, 415]) expect(seen.get(status)).toBeGreaterThan(20);
}, 60_000);
