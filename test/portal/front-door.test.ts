import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { HttpRequest } from '../../src/fetch.ts';
import { fakeClock } from '../fake-clock.ts';
import { create, sendRaw } from './records.ts';
import { at, talkTo } from './talk.ts';

const search = '/crm/v3/objects/contacts/search';

describe('who may ask', () => {
  test('a bearer that the portal does not know, or none, is answered 401', async () => {
    const talk = await talkTo({ tokens: new Map([['secret', ['crm.objects.contacts.read']]]) });
    for (const token of ['pat-na1-test', 'secret2']) {
      const reply = await talk('GET', '/crm/v3/objects/contacts', undefined, token);
      expect(reply).toMatchObject({ status: 401, body: { status: 'error', category: 'INVALID_AUTHENTICATION' } });
      expect(JSON.stringify(reply.body)).not.toContain(token);
    }
    const bare = await talk.portal.fetch({ method: 'GET', url: '/crm/v3/objects/contacts', headers: {} });
    expect(bare.status).toBe(401);
    expect((await talk('GET', '/crm/v3/objects/contacts', undefined, 'secret')).status).toBe(200);
  });

  test('a token without the scope is told which scopes would do, and nothing happens', async () => {
    const talk = await talkTo({ tokens: new Map([['reader', ['crm.objects.contacts.read']]]) });
    const body = { properties: { email: 'a@b.co' } };
    const reply = await talk('POST', '/crm/objects/2026-09/contacts', body, 'reader');
    expect(reply.status).toBe(403);
    expect(reply.body).toEqual({
      status: 'error',
      message:
        "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
      correlationId: at(reply.body, 'correlationId'),
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: ['crm.objects.contacts.write'] },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
      category: 'MISSING_SCOPES',
    });
    expect((await talk('POST', search, {}, 'reader')).body).toMatchObject({ total: 0 });
    expect((await talk('GET', '/crm/v3/objects/tickets', undefined, 'reader')).status).toBe(403);
  });
});

describe('limits', () => {
  test('a burst is counted per token over ten rolling seconds, in the headers and then with a 429', async () => {
    const clock = fakeClock();
    const talk = await talkTo({ clock, limits: 'on', tier: 'starter' });
    const get = (token?: string) => talk('GET', '/crm/v3/objects/contacts', undefined, token);
    expect((await get()).headers).toMatchObject({
      'x-hubspot-ratelimit-max': '100',
      'x-hubspot-ratelimit-remaining': '99',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '250000',
      'x-hubspot-ratelimit-daily-remaining': '249999',
    });
    await clock.advance(6_000);
    for (let i = 1; i < 100; i++) expect((await get()).status).toBe(200);
    const refused = await get();
    expect(refused).toMatchObject({
      status: 429,
      headers: { 'x-hubspot-ratelimit-remaining': '0' },
      body: {
        status: 'error',
        message: 'You have reached your ten_secondly_rolling limit.',
        errorType: 'RATE_LIMIT',
        policyName: 'TEN_SECONDLY_ROLLING',
      },
    });
    expect(refused.headers).not.toHaveProperty('retry-after');
    expect((await get('pat-other')).status).toBe(200);
    await clock.advance(3_999);
    expect((await get()).status).toBe(429);
    await clock.advance(1);
    expect((await get()).status).toBe(200);
    expect((await get()).status).toBe(429);
  });

  test('searches are five a second for the whole account, and say nothing of the burst', async () => {
    const clock = fakeClock();
    const talk = await talkTo({ clock, limits: 'on', tier: 'professional' });
    for (let i = 0; i < 5; i++) {
      const reply = await talk('POST', search, {}, `pat-${i}`);
      expect(reply.status).toBe(200);
      expect(Object.keys(reply.headers).filter((name) => name.includes('ratelimit'))).toEqual([
        'x-hubspot-ratelimit-daily',
        'x-hubspot-ratelimit-daily-remaining',
      ]);
    }
    const refused = await talk('POST', search, {});
    expect(refused.status).toBe(429);
    expect(refused.body).toEqual({
      status: 'error',
      message: 'You have reached your secondly limit.',
      correlationId: at(refused.body, 'correlationId'),
      category: 'RATE_LIMITS',
    });
    await clock.advance(1_000);
    expect((await talk('POST', search, {})).status).toBe(200);
  });

  test('associations have a burst of their own', async () => {
    const talk = await talkTo({ limits: 'on', tier: 'professional' });
    const read = () => talk('POST', '/crm/v4/associations/contacts/companies/batch/read', { inputs: [] });
    for (let i = 0; i < 150; i++) await read();
    expect((await read()).status).toBe(429);
    expect((await talk('GET', '/crm/v3/objects/contacts')).status).toBe(200);
  });

  test("a day's calls are counted for the account until midnight in its time zone", async () => {
    // A quarter of an hour before midnight in New York, on the day that summer time ends there.
    const clock = fakeClock({ start: Date.parse('2026-11-02T04:45:00Z') });
    const talk = await talkTo({ clock, limits: 'on', tier: 'professional' });
    const left = async () =>
      Number((await talk('GET', '/crm/v3/objects/contacts')).headers['x-hubspot-ratelimit-daily-remaining']);
    expect([await left(), await left()]).toEqual([624_999, 624_998]);
    await clock.advance(15 * 60_000 - 1);
    expect(await left()).toBe(624_997);
    await clock.advance(1);
    expect(await left()).toBe(624_999);
  });
});

describe('what is asked', () => {
  test('is looked up without its version, and refused as HubSpot refuses', async () => {
    const talk = await talkTo();
    const status = async (...request: Parameters<typeof talk>) => (await talk(...request)).status;
    expect(await talk('GET', '/crm/v3/objects/widgets')).toMatchObject({
      status: 400,
      body: { message: 'Unable to infer object type from: widgets' },
    });
    expect(await status('GET', '/crm/v3/objects/contacts/404')).toBe(404);
    expect(await status('GET', '/crm/v3/objects/contacts/..%2F..%2Fowners')).toBe(404);
    expect(await status('PUT', '/crm/v3/objects/contacts')).toBe(405);
    expect(await status('GET', '/crm/v3/objects/contracts')).toBe(501);
    expect(await talk('GET', '/marketing/v3/emails')).toMatchObject({
      status: 501,
      body: { category: 'NOT_EMULATED', message: expect.stringContaining('GET /marketing/v3/emails') },
    });
    // HubSpot's 2026-09 has no list of one record's associations; its earlier versions do.
    const id = await create(talk, 'contacts', { email: 'a@b.co' });
    expect(await status('GET', `/crm/objects/2026-03/contacts/${id}/associations/companies`)).toBe(200);
    expect(await status('GET', `/crm/objects/2026-09/contacts/${id}/associations/companies`)).toBe(404);
  });

  test('that is a record which is not there is a page of HTML for whoever takes anything', async () => {
    const { portal } = await talkTo();
    const get = (accept: string) =>
      portal.fetch({
        method: 'GET',
        url: '/crm/v3/objects/companies/23828159705',
        headers: { authorization: 'Bearer pat-x', accept },
      });
    expect(await get('*/*')).toMatchObject({
      status: 404,
      headers: { 'content-type': 'text/html;charset=iso-8859-1' },
      body: expect.stringContaining('<h2>HTTP ERROR 404</h2>'),
    });
    expect((await get('application/json')).headers['content-type']).toBe('application/json;charset=utf-8');
  });

  test('must be JSON of the right shape, and the refusal says where it is not', async () => {
    const talk = await talkTo();
    const path = '/crm/v3/objects/contacts';
    const refused = async (body: string, headers?: Record<string, string>, where = path) => {
      const reply = await sendRaw(talk, where, body, headers);
      return [reply.status, at(JSON.parse(String(reply.body)), 'message')];
    };
    expect(await refused('')).toEqual([400, 'Invalid JSON input: a request body was expected, but none found']);
    expect(await refused('{"properties":[]}')).toEqual([
      400,
      'Invalid input JSON on line 1, column 15: Cannot deserialize value of type `java.util.LinkedHashMap<java.lang.String,java.lang.String>` from Array value (token `JsonToken.START_ARRAY`)',
    ]);
    expect(await refused('{\n  "properties": {"email": "a@b.co",}\n}')).toEqual([
      400,
      expect.stringMatching(/^Invalid input JSON on line 2, column 36: /),
    ]);
    expect(await refused('{}')).toEqual([
      400,
      'Invalid input JSON on line 1, column 2. Some required fields were not set: [properties]',
    ]);
    expect(await refused('{"filterGroups":[{"filters":[{"value":"x"}]}]}', {}, search)).toEqual([
      400,
      'Invalid input JSON on line 1, column 30: Cannot build Filter, some of required attributes are not set [propertyName, operator]',
    ]);
    expect(await refused('a=b', { 'content-type': 'application/x-www-form-urlencoded' })).toEqual([
      415,
      expect.any(String),
    ]);
    expect(await refused(`{"properties":{"email":"${'a'.repeat(11_000_000)}"}}`)).toEqual([413, expect.any(String)]);
  });
});

test('a file keeps what was written, and is another process’s to open only afterwards', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'portal-test-'));
  const file = join(folder, 'portal.db');
  try {
    const first = await talkTo({ file });
    const id = await create(first, 'contacts', { email: 'a@b.co' });
    await expect(talkTo({ file })).rejects.toThrow(/in use by another process/);
    first.portal.close();
    const second = await talkTo({ file });
    expect(second.portal.describe()).toMatchObject({ records: { contacts: 1 }, file });
    expect((await second('GET', `/crm/v3/objects/contacts/${id}`)).status).toBe(200);
    expect((await second('POST', '/crm/v3/objects/contacts', { properties: { email: 'a@b.co' } })).status).toBe(409);
    second.portal.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the envelope', () => {
  const headers = { authorization: 'Bearer pat-x', accept: 'application/json' };
  const ask = async (request: Partial<HttpRequest> & { readonly url: string }) => {
    const { portal } = await talkTo();
    return portal.fetch({ method: 'GET', headers, ...request });
  };

  test('a path that HubSpot does not have is not found, in HTML for whoever takes anything', async () => {
    expect(await ask({ url: '/no/such/thing' })).toMatchObject({
      status: 404,
      headers: { 'content-type': 'application/json;charset=utf-8', 'x-hubspot-correlation-id': expect.any(String) },
    });
    expect(await ask({ url: '/no/such/thing', headers: { ...headers, accept: '*/*' } })).toMatchObject({
      status: 404,
      headers: { 'content-type': 'text/html;charset=iso-8859-1', 'x-hubspot-notfound': 'true' },
    });
    expect((await ask({ url: '/no/such/thing', headers: {} })).status).toBe(401);
  });

  test('a URL that is too long is refused with 414, and a method that a path does not take with an empty 405', async () => {
    const long = `/crm/v3/objects/contacts?properties=${'a'.repeat(17_000)}`;
    expect((await ask({ url: long })).status).toBe(414);
    expect((await ask({ url: long.slice(0, 15_000) })).status).toBe(200);
    expect(await ask({ method: 'PUT', url: '/crm/v3/objects/contacts' })).toMatchObject({ status: 405, body: '' });
  });

  test('an empty or legacy hapikey beside a bearer changes nothing, and alone opens nothing', async () => {
    for (const hapikey of ['', 'demo', '7fff1e36-2d40-4ae1-bbb1-5266d59564fb']) {
      const url = `/crm/v3/objects/contacts?hapikey=${hapikey}`;
      expect((await ask({ url })).status).toBe(200);
      expect(await ask({ url, headers: {} })).toMatchObject({ status: 401 });
    }
  });

  test.each(['b', '----=_Part_0_1.5'])(
    'a multipart body is read by boundaries that browsers do not make, too, and refused where it ends too soon: %s',
    async (boundary) => {
      // The content holds what is nearly a delimiter.
      const content = Buffer.from(`\0\xff--${boundary}\r\n--${boundary}x\r\n--boundary-------------------`, 'latin1');
      const part = (disposition: string) => `--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n\r\n`;
      const start = [Buffer.from(part('name="file"; filename="a.bin"')), content];
      const options = `${part('name="options"')}{"access":"PUBLIC_INDEXABLE"}\r\n${part('name="folderPath"')}/a\r\n`;
      const whole = Buffer.concat([...start, Buffer.from(`\r\n${options}--${boundary}--\r\n`)]);
      const type = { ...headers, 'content-type': `multipart/form-data; boundary="${boundary}"` };
      const url = '/files/v3/files';
      const refused = await ask({ method: 'POST', url, headers: type, body: Buffer.concat(start) });
      expect([refused.status, refused.body]).toEqual([400, expect.stringContaining('multipart')]);
      const taken = await ask({ method: 'POST', url, headers: type, body: whole });
      expect([taken.status, taken.body]).toEqual([201, expect.stringContaining(`"size":${content.length}`)]);
    },
  );

  test('a URL that is none is refused, and so is one whose escapes mean nothing', async () => {
    expect((await ask({ url: 'http://[' })).status).toBe(400);
    for (const path of ['%zz', '%', '%ff']) expect((await ask({ url: `/crm/v3/objects/${path}/1` })).status).toBe(400);
  });
});
