/**
 * Bodies that public clients recorded from live calls outside the objects API (see objects/recorded-refusals.test.ts), and the
 * calls that bring them about here. Not among them, for the portal cannot be asked:
 * - 403 "You do not have permissions to view object type …": a user's permissions, which the portal does not model.
 * - contacts v1 (`validationResults`, `identityProfile`, merge-vids), companies v2, properties v1, lists v1, forms v1 and v2,
 *   content v2: APIs that HubSpot switched off or that no CRM agent calls; the portal answers 501 or 404.
 * - 404 of Tomcat, 401 for an empty `hapikey`: servers and keys that HubSpot has no more.
 * - 429 with `groupName`: one client saw it, HubSpot's documentation and others did not.
 */

import { expect, test } from 'vitest';
import { create, sendRaw } from './records.ts';
import { at, type Reply, type Talk, talkTo } from './talk.ts';

interface Recorded {
  readonly what: string;
  readonly status: number;
  /** Every member but the ids of the request. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly call: (talk: Talk, contact: string, company: string) => Promise<Reply>;
}

const raw = async (talk: Talk, path: string, body: string): Promise<Reply> => {
  const { status, headers, body: text } = await sendRaw(talk, path, body);
  return { status, headers, body: JSON.parse(String(text)) };
};

const list = (operationType: string, operator: string, property: string) => ({
  name: 'List',
  objectTypeId: '0-1',
  processingType: 'DYNAMIC',
  filterBranch: {
    filterBranchType: 'OR',
    filterBranches: [
      {
        filterBranchType: 'AND',
        filters: [{ filterType: 'PROPERTY', property, operation: { operationType, operator, values: ['a'] } }],
      },
    ],
  },
});

const recorded: readonly Recorded[] = [
  {
    what: 'a list where a filter takes one value (2021): no category',
    status: 400,
    body: {
      status: 'error',
      message: expect.stringMatching(
        /^Invalid input JSON on line 1, column \d+: Cannot deserialize .*`java\.lang\.String`.*START_ARRAY/,
      ),
    },
    call: (talk) =>
      raw(
        talk,
        '/crm/v3/objects/companies/search',
        '{"filters":[{"propertyName":"name","operator":"IN","value":["a"]}]}',
      ),
  },
  {
    what: 'a filter that says nothing (2022)',
    status: 400,
    body: {
      status: 'error',
      message:
        'Invalid input JSON on line 1, column 30: Cannot build Filter, some of required attributes are not set [propertyName, operator]',
    },
    call: (talk) => raw(talk, '/crm/v3/objects/contacts/search', '{"filterGroups":[{"filters":[{}]}]}'),
  },
  {
    what: 'an association without a body (2022)',
    status: 400,
    body: {
      status: 'error',
      message: 'Invalid JSON input: a request body was expected, but none found',
      category: 'VALIDATION_ERROR',
    },
    call: (talk, contact, company) =>
      talk('PUT', `/crm/v4/objects/contacts/${contact}/associations/company/${company}`),
  },
  {
    what: 'an association with a text (2023): no category',
    status: 400,
    body: {
      status: 'error',
      message:
        'Invalid input JSON on line 1, column 1: Cannot deserialize value of type `java.util.HashSet<com.hubspot.inbounddb.associations.base.AssociationSpec>` from String value (token `JsonToken.VALUE_STRING`)',
    },
    call: (talk, contact, company) =>
      talk('PUT', `/crm/v4/objects/contacts/${contact}/associations/company/${company}`, '[]'),
  },
  {
    what: 'a workflow without its type (2026)',
    status: 400,
    body: { status: 'error', message: expect.stringContaining('Some required fields were not set: [type') },
    call: (talk) => talk('POST', '/automation/v4/flows', { isEnabled: false, objectTypeId: '0-1', actions: [] }),
  },
  {
    what: 'a property group that is in use (2026): the whole refusal as JSON in a message',
    status: 400,
    body: {
      status: 'error',
      message: expect.stringMatching(
        /^\{.*"Can't delete or purge a group with active properties".*"VALIDATION_ERROR".*"PropertyGroupError\.GROUP_WITH_ACTIVE_PROPERTIES"\}$/,
      ),
    },
    call: async (talk) => {
      const group = { name: 'own', label: 'Own' };
      await talk('POST', '/crm/properties/2026-03/contacts/groups', group);
      const property = { name: 'x', label: 'X', groupName: 'own', type: 'string', fieldType: 'text' };
      await talk('POST', '/crm/properties/2026-03/contacts', property);
      return talk('DELETE', '/crm/properties/2026-03/contacts/groups/own');
    },
  },
  {
    what: 'a list operation for another type of property (2026)',
    status: 400,
    body: {
      status: 'error',
      message: expect.any(String),
      category: 'VALIDATION_ERROR',
      subCategory: 'ListError.INVALID_OPERATION_FOR_PROPERTY_TYPE',
    },
    call: (talk) => talk('POST', '/crm/lists/2026-03', list('MULTISTRING', 'IS_EQUAL_TO', 'lifecyclestage')),
  },
  {
    what: 'a word that is no operator of lists (2026)',
    status: 400,
    body: {
      status: 'error',
      message: expect.any(String),
      category: 'VALIDATION_ERROR',
      subCategory: 'ListError.ENUM_CONVERSION',
    },
    call: (talk) => talk('POST', '/crm/lists/2026-03', list('ENUMERATION', 'IS_NOT_KNOWN', 'lifecyclestage')),
  },
  {
    what: 'engagements of a type of objects that does not exist',
    status: 400,
    body: { status: 'error', message: "Invalid enum constant 'FAKE_TYPE' for class ObjectType" },
    call: (talk) => talk('GET', '/engagements/v1/engagements/associated/FAKE_TYPE/1/paged'),
  },
];

test.each(recorded)('$what', async ({ status, body, call }) => {
  const talk = await talkTo();
  const contact = await create(talk, 'contacts', { email: 'ada@example.com' });
  const company = await create(talk, 'companies', { name: 'Acme' });
  const reply = await call(talk, contact, company);
  const { correlationId, requestId: _requestId, ...rest } = Object(reply.body);
  expect([reply.status, rest]).toEqual([status, body]);
  expect(correlationId).toBe(reply.headers['x-hubspot-correlation-id']);
});

test('a token without the scopes for a record is told which', async () => {
  const talk = await talkTo({ tokens: new Map([['few', ['oauth']]]) });
  const reply = await talk('GET', '/crm/v3/objects/companies/1', undefined, 'few');
  expect(reply).toMatchObject({
    status: 403,
    body: {
      status: 'error',
      message:
        "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
      errors: [{ message: 'One or more of the following scopes are required.' }],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
      category: 'MISSING_SCOPES',
    },
  });
  expect(at(reply.body, 'errors', 0, 'context', 'requiredGranularScopes')).toContain('crm.objects.companies.read');
});

test('too many searches in a second are told so, without the headers of the burst', async () => {
  const talk = await talkTo({ limits: 'on' });
  const search = () => talk('POST', '/crm/v3/objects/COMPANY/search', {});
  for (let i = 0; i < 5; i++) expect((await search()).status).toBe(200);
  const reply = await search();
  expect(reply).toMatchObject({
    status: 429,
    body: { status: 'error', message: 'You have reached your secondly limit.' },
  });
  expect(Object.keys(reply.headers)).not.toContain('x-hubspot-ratelimit-remaining');
});

test('a record that is not there is a page of HTML to whoever takes anything', async () => {
  const { portal } = await talkTo();
  const reply = await portal.fetch({
    method: 'GET',
    url: 'http://127.0.0.1/crm/v3/objects/companies/23828159705',
    headers: { authorization: 'Bearer pat-na1-test', accept: '*/*' },
  });
  expect([reply.status, reply.headers['x-hubspot-notfound'], String(reply.body)]).toEqual([
    404,
    'true',
    '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html;charset=utf-8"/>\n<title>Error 404 Not Found</title>\n</head>\n<body><h2>HTTP ERROR 404</h2>\n<p>Resource not found</p>\n</body>\n</html>\n',
  ]);
});
