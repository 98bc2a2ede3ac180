/** Searches that HubSpot refuses, driven by its own client. */

import { describe, expect, test } from 'vitest';
import { hubspot, refusal } from './hubspot.ts';
import { ask } from './search.ts';

function one(filter: object) {
  return { filterGroups: [{ filters: [filter] }] };
}

describe('HubSpot’s client is refused', () => {
  const filter = 'com.hubspot.inbounddb.publicobject.core.v3.search.Filter';
  const email = { propertyName: 'email', operator: 'HAS_PROPERTY' };
  const group = (count: number) => ({ filters: Array.from({ length: count }, () => email) });

  const unfit: readonly (readonly [string, object, RegExp])[] = [
    [
      'a sixth group',
      { filterGroups: Array.from({ length: 6 }, () => group(1)) },
      /^too many filterGroups \(count: 6, max allowed: 5\)$/,
    ],
    [
      'a seventh filter in a group',
      { filterGroups: [group(7)] },
      /^too many filters in a group \(count: 7, max allowed: 6\)$/,
    ],
    [
      'a nineteenth filter',
      { filterGroups: [group(6), group(6), group(6), group(1)] },
      /^too many filters \(count: 19, max allowed: 18\)$/,
    ],
    ['a second sort', { sorts: ['email', 'city'] }, /^too many sorts \(count: 2, max allowed: 1\)$/],
    ['more than 200 a page', { limit: 201 }, /^Invalid limit 201/],
    ['more than 10,000 results', { limit: 100, after: '9950' }, /^Only the first 10000 results/],
    ['a cursor that is no number', { after: 'next' }, /^Invalid after next/],
    ['a long body', { query: 'x'.repeat(3_000) }, /^The request body is too long/],
    [
      'a property that there is not',
      one({ propertyName: 'nonsense', operator: 'EQ', value: '1' }),
      /^Property "nonsense" does not exist$/,
    ],
    [
      'links with custom objects',
      one({ propertyName: 'associations.2-1', operator: 'EQ', value: '1' }),
      /^Property "associations\.2-1" does not exist$/,
    ],
  ];

  test('what is too much or does not fit, and told why', async () => {
    const { client } = await hubspot();
    for (const [what, request, message] of unfit) {
      const { code, body } = await refusal(ask(client, 'contacts', request));
      expect({ what, code, body }).toMatchObject({
        what,
        code: 400,
        body: {
          status: 'error',
          message: expect.stringMatching(message),
          category: 'VALIDATION_ERROR',
          correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      });
    }
  });

  const unreadable: readonly (readonly [string, object, string])[] = [
    [
      'IN without values',
      { propertyName: 'hs_object_id', operator: 'IN' },
      `Cannot construct instance of \`${filter}\`, problem: operator IN requires values`,
    ],
    [
      'BETWEEN without its end',
      { propertyName: 'createdate', operator: 'BETWEEN', value: '1' },
      `Cannot construct instance of \`${filter}\`, problem: operator BETWEEN requires a highValue`,
    ],
    [
      'EQ with nothing',
      { propertyName: 'email', operator: 'EQ', value: '' },
      `Cannot construct instance of \`${filter}\`, problem: operator EQ requires a value`,
    ],
    [
      'an operator that there is not',
      { propertyName: 'email', operator: 'LIKE', value: 'a' },
      'Cannot deserialize value of type `FilterOperatorEnum` from String "LIKE"',
    ],
  ];

  test('filters that cannot be read, without a category', async () => {
    const { client } = await hubspot();
    for (const [what, value, message] of unreadable) {
      const { code, body } = await refusal(ask(client, 'contacts', one(value)));
      expect({ what, code, body }).toEqual({
        what,
        code: 400,
        body: { status: 'error', message: expect.stringContaining(message), correlationId: expect.any(String) },
      });
    }
  });

  test('a time in words, and nobody learns why', async () => {
    const { client } = await hubspot();
    const soon = one({ propertyName: 'createdate', operator: 'GT', value: 'soon' });
    expect(await refusal(ask(client, 'contacts', soon))).toEqual({
      code: 400,
      body: { status: 'error', message: 'There was a problem with the request.', correlationId: expect.any(String) },
    });
  });

  test('properties that are not searched: previews as HTML, bodies of e-mails, and what is highly sensitive', async () => {
    const { client } = await hubspot({ tier: 'enterprise' });
    // The client's types do not know that properties may be sensitive.
    const health = {
      name: 'health',
      label: 'Health',
      groupName: 'contactinformation',
      type: 'string',
      fieldType: 'text',
      dataSensitivity: 'highly_sensitive',
    };
    expect(
      (await client.apiRequest({ method: 'POST', path: '/crm/v3/properties/contacts', body: health })).status,
    ).toBe(201);
    for (const [objectType, propertyName] of [
      ['notes', 'hs_body_preview_html'],
      ['emails', 'hs_email_html'],
      ['contacts', 'health'],
    ] as const) {
      const request = one({ propertyName, operator: 'HAS_PROPERTY' });
      expect(await refusal(ask(client, objectType, request))).toMatchObject({
        code: 400,
        body: { message: `Property "${propertyName}" cannot be searched`, category: 'VALIDATION_ERROR' },
      });
    }
  });
});
