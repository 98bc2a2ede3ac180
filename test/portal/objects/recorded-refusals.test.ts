/** Bodies that public clients recorded from live calls to the objects API, and the calls that bring them about here. */

import { expect, test } from 'vitest';
import type { HttpMethod } from '../../../src/fetch.ts';
import { create } from '../records.ts';
import { at, type Reply, type Talk, talkTo } from '../talk.ts';

interface Recorded {
  readonly what: string;
  readonly status: number;
  /** Without the correlation id; `$id` and `$portal` stand for this portal's. */
  readonly body: unknown;
  readonly call: (talk: Talk, id: string) => Promise<Reply>;
}

const send = (method: HttpMethod, path: string, body?: unknown) => (talk: Talk, id: string) =>
  talk(method, path.replace('$id', id), body);
const valuesInvalid = (...problems: readonly unknown[]) =>
  `Property values were not valid: ${JSON.stringify(problems)}`;

const recorded: readonly Recorded[] = [
  {
    what: 'an address that a contact has (2024)',
    status: 409,
    body: { status: 'error', message: 'Contact already exists. Existing ID: $id', category: 'CONFLICT' },
    call: send('POST', '/crm/v3/objects/contacts', { properties: { email: 'a@b.co' } }),
  },
  {
    what: 'a batch of such addresses: the first conflict only (2021)',
    status: 409,
    body: { status: 'error', message: 'Contact already exists. Existing ID: $id', category: 'CONFLICT' },
    call: send('POST', '/crm/v3/objects/contacts/batch/create', {
      inputs: ['a@b.co', 'A@b.co'].map((email) => ({ properties: { email } })),
    }),
  },
  {
    what: 'properties as an array: no category (2023)',
    status: 400,
    body: {
      status: 'error',
      message:
        'Invalid input JSON on line 1, column 15: Cannot deserialize value of type `java.util.LinkedHashMap<java.lang.String,java.lang.String>` from Array value (token `JsonToken.START_ARRAY`)',
    },
    call: send('PATCH', '/crm/v3/objects/contacts/$id', { properties: [] }),
  },
  {
    what: 'a stage of no pipeline (2023)',
    status: 400,
    body: {
      status: 'error',
      message: valuesInvalid({
        isValid: false,
        message:
          'registered is not a valid pipeline stage ID. Valid options are: pipelineId=default : [appointmentscheduled, qualifiedtobuy, presentationscheduled, decisionmakerboughtin, contractsent, closedwon, closedlost]',
        error: 'INVALID_OPTION',
        name: 'dealstage',
      }),
      category: 'VALIDATION_ERROR',
    },
    call: send('POST', '/crm/v3/objects/deals', { properties: { dealname: 'x', dealstage: 'registered' } }),
  },
  {
    what: 'a property that does not exist beside a bad option (2026)',
    status: 400,
    body: {
      message: valuesInvalid(
        {
          isValid: false,
          message: 'Property "bogus_prop" does not exist',
          error: 'PROPERTY_DOESNT_EXIST',
          name: 'bogus_prop',
          localizedErrorMessage: 'Property "bogus_prop" does not exist',
          portalId: '$portal',
        },
        {
          isValid: false,
          message: 'Japan Summer was not one of the allowed options',
          error: 'INVALID_OPTION',
          name: 'lifecyclestage',
        },
      ).replace('"$portal"', '$portal'),
      category: 'VALIDATION_ERROR',
    },
    call: send('PATCH', '/crm/v3/objects/contacts/$id', {
      properties: { bogus_prop: 'x', lifecyclestage: 'Japan Summer' },
    }),
  },
  {
    what: 'a bad address',
    status: 400,
    body: {
      status: 'error',
      message: valuesInvalid({
        isValid: false,
        message: 'Email address dsfsafas@ is invalid',
        error: 'INVALID_EMAIL',
        name: 'email',
      }),
      category: 'VALIDATION_ERROR',
    },
    call: send('POST', '/crm/v3/objects/contacts', { properties: { email: 'dsfsafas@' } }),
  },
  {
    what: 'no body where one is expected (2022)',
    status: 400,
    body: {
      status: 'error',
      message: 'Invalid JSON input: a request body was expected, but none found',
      category: 'VALIDATION_ERROR',
    },
    call: send('POST', '/crm/v3/objects/contacts'),
  },
  {
    what: 'required properties that were not set',
    status: 400,
    body: {
      status: 'error',
      message: 'Error creating TICKET. Some required properties were not set.',
      context: { properties: ['subject', 'hs_pipeline_stage'] },
      category: 'VALIDATION_ERROR',
    },
    call: send('POST', '/crm/v3/objects/tickets', { properties: {} }),
  },
  {
    what: 'one id twice in a batch',
    status: 400,
    body: {
      status: 'error',
      message: 'Duplicate IDs found in batch input: [$id]. IDs must be unique',
      context: { ids: ['$id'] },
      category: 'VALIDATION_ERROR',
    },
    call: (talk, id) =>
      talk('POST', '/crm/v3/objects/contacts/batch/update', {
        inputs: [1, 2].map((trace) => ({ id, properties: {}, objectWriteTraceId: `t${trace}` })),
      }),
  },
  {
    what: 'an association type of another portal',
    status: 400,
    body: {
      status: 'error',
      message: 'One or more associations are invalid',
      context: {
        associationSpec: ['USER_DEFINED=3'],
        INVALID_ASSOCIATION_TYPE_ID: ['USER_DEFINED=3 is not a valid association definition id'],
      },
      category: 'VALIDATION_ERROR',
    },
    call: (talk, id) =>
      talk('POST', '/crm/v3/objects/deals', {
        properties: { dealname: 'x', dealstage: 'closedwon' },
        associations: [{ to: { id }, types: [{ associationCategory: 'USER_DEFINED', associationTypeId: 3 }] }],
      }),
  },
];

test.each(recorded)('$what', async ({ status, body, call }) => {
  const talk = await talkTo();
  const id = await create(talk, 'contacts', { email: 'a@b.co' });
  const reply = await call(talk, id);
  expect(reply.status).toBe(status);
  const portal = String(talk.portal.describe().portalId);
  const expected: unknown = JSON.parse(JSON.stringify(body).replaceAll('$id', id).replaceAll('$portal', portal));
  expect(reply.body).toMatchObject(Object(expected));
  expect(
    Object.keys(Object(reply.body))
      .filter((name) => !['status', 'correlationId', 'errors'].includes(name))
      .sort(),
  ).toEqual(
    Object.keys(Object(expected))
      .filter((name) => name !== 'status')
      .sort(),
  );
  expect(at(reply.body, 'correlationId')).toBe(reply.headers['x-hubspot-correlation-id']);
});
