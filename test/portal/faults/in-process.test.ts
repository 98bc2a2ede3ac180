import { describe, expect, test } from 'vitest';
import type { HttpRequest, HttpResponse } from '../../../src/fetch.ts';
import { type Fault, readFault } from '../../../src/portal/faults/fault.ts';
import { type FakeClock, fakeClock } from '../../fake-clock.ts';
import { at, type Talk, talkTo } from '../talk.ts';

const contacts = '/crm/v3/objects/contacts';

/** An empty portal on a clock that stands still, with these faults. */
async function portal(...faults: Fault[]): Promise<{ talk: Talk; clock: FakeClock }> {
  const clock = fakeClock();
  const talk = await talkTo({ clock, limits: 'on', tier: 'professional' });
  for (const fault of faults) talk.portal.control.faults.add(fault);
  return { talk, clock };
}

function creation(email: string, signal?: AbortSignal): HttpRequest {
  return {
    method: 'POST',
    url: `https://api.hubapi.com${contacts}`,
    headers: { authorization: 'Bearer pat-x', 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ properties: { email } }),
    ...(signal && { signal }),
  };
}

/** Asking for it, for what no type would let through. */
const add = (fault: object) => () => readFault(fault);

async function count(talk: Talk): Promise<unknown> {
  talk.portal.control.faults.clear();
  return at((await talk('POST', `${contacts}/search`, {})).body, 'total');
}

function text({ body }: HttpResponse): string {
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
}

describe('a request that goes wrong after the portal did what it asks', () => {
  test.each(['500', '502', '503', '504', '521', '522', '523', '524'] as const)('is answered %s', async (status) => {
    const { talk } = await portal({ kind: `apply-then-${status}` });
    const answer = await talk.portal.fetch(creation('a@b.co'));
    expect(answer.status).toBe(Number(status));
    expect(answer.headers['content-type']).toBe('text/html');
    expect(text(answer)).toContain(`<title>${status} `);
    expect(await count(talk)).toBe(1);
  });

  test('loses its connection, in a way that does not say that nothing was sent', async () => {
    const { talk } = await portal({ kind: 'apply-then-reset' });
    const lost = await talk.portal.fetch(creation('a@b.co')).catch((error: unknown) => error);
    expect(lost).toMatchObject({ code: 'ECONNRESET' });
    expect(lost).not.toHaveProperty('notSent');
    expect(await count(talk)).toBe(1);
  });

  test('hangs until its caller gives up', async () => {
    const { talk, clock } = await portal({ kind: 'apply-then-hang' });
    const controller = new AbortController();
    const settled: string[] = [];
    const answer = talk.portal.fetch(creation('a@b.co', controller.signal)).catch((error: Error) => {
      settled.push(error.message);
    });
    await clock.advance(3_600_000);
    expect(settled).toEqual([]);
    controller.abort(new Error('enough'));
    await answer;
    expect(settled).toEqual(['enough']);
    expect(await count(talk)).toBe(1);
  });
});

describe('a request that goes wrong before the portal did anything', () => {
  test.each([
    ['drop', { code: 'ECONNRESET' }],
    ['502', { status: 502 }],
    ['423', { status: 423 }],
    ['477', { status: 477 }],
    ['429', { status: 429 }],
  ] as const)('leaves nothing behind: %s', async (kind, outcome) => {
    const { talk } = await portal({ kind });
    expect(await talk.portal.fetch(creation('a@b.co')).catch((error: unknown) => error)).toMatchObject(outcome);
    expect(await count(talk)).toBe(0);
  });

  test('was never sent, where its caller had given up before', async () => {
    const { talk } = await portal();
    const request = creation('a@b.co', AbortSignal.abort(new Error('too late')));
    await expect(talk.portal.fetch(request)).rejects.toThrow('too late');
    expect(await count(talk)).toBe(0);
  });

  test('hangs without having happened', async () => {
    const { talk } = await portal({ kind: 'hang' });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(talk.portal.fetch(creation('a@b.co', signal))).rejects.toThrow('enough');
    expect(await count(talk)).toBe(0);
  });

  test.each([
    ['TEN_SECONDLY_ROLLING', 'ten_secondly_rolling', 'TEN_SECONDLY_ROLLING', { max: '190', remaining: '0' }],
    ['ASSOCIATIONS', 'ten_secondly_rolling', 'TEN_SECONDLY_ROLLING', { max: '150', remaining: '0' }],
    ['SECONDLY', 'secondly', 'SECONDLY', {}],
    ['SEARCH', 'secondly', undefined, {}],
    ['DAILY', 'daily', 'DAILY', { 'daily-remaining': '0' }],
    ['ASSOCIATIONS_DAILY', 'daily', 'DAILY', { 'daily-remaining': '625000' }],
  ] as const)('is told of the limit %s as if it were reached', async (policy, words, policyName, headers) => {
    const { talk } = await portal({ kind: '429', policy });
    const refused = await talk('POST', contacts, {});
    expect(refused).toMatchObject({ status: 429, body: { message: `You have reached your ${words} limit.` } });
    expect(at(refused.body, 'policyName')).toBe(policyName);
    for (const [name, value] of Object.entries(headers)) {
      expect(refused.headers[`x-hubspot-ratelimit-${name}`]).toBe(value);
    }
    expect(refused.headers).not.toHaveProperty('retry-after');
  });

  test('is told when to come back, in the words that were asked for', async () => {
    const { talk } = await portal(
      { kind: '429', retryAfter: 2 },
      { kind: '477', retryAfter: 86_400 },
      { kind: '477' },
      { kind: '429', body: 'html' },
      { kind: '503', retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT', body: 'json' },
    );
    const told = [];
    for (let i = 0; i < 5; i++) {
      const { status, headers } = await talk('GET', contacts);
      told.push([status, headers['retry-after'], headers['content-type']]);
    }
    const json = 'application/json;charset=utf-8';
    expect(told).toEqual([
      [429, '2', json],
      [477, '86400', json],
      [477, '3600', json],
      [429, undefined, 'text/html'],
      [503, 'Wed, 21 Oct 2026 07:28:00 GMT', json],
    ]);
  });
});

describe('an answer that arrives badly', () => {
  test('is cut off: the caller cannot tell it from a lost connection', async () => {
    const { talk } = await portal({ kind: 'truncated' });
    await expect(talk.portal.fetch(creation('a@b.co'))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await count(talk)).toBe(1);
  });

  test('is JSON that ends in the middle', async () => {
    const { talk } = await portal({ kind: 'invalid-json' });
    const answer = await talk.portal.fetch(creation('a@b.co'));
    expect(answer.status).toBe(201);
    expect(() => JSON.parse(text(answer))).toThrow(SyntaxError);
    expect(await count(talk)).toBe(1);
  });

  test('drips in, and is whole when its time has passed', async () => {
    const { talk, clock } = await portal({ kind: 'drip', ms: 4_000 });
    const answer = talk.portal.fetch(creation('ü@b.co'));
    const before = clock.elapsed();
    const whole = await clock.settle(answer);
    expect(Math.round(clock.elapsed() - before)).toBe(4_000);
    expect(at(JSON.parse(text(whole)), 'properties', 'hs_object_id')).toMatch(/^\d+$/);
  });

  test('is late, both ways, by chance as much as it may be', async () => {
    const { talk, clock } = await portal({ kind: 'latency', ms: 100, jitterMs: 50, count: 'always' });
    const times = [];
    for (let i = 0; i < 20; i++) {
      const before = clock.elapsed();
      expect((await clock.settle(talk('GET', contacts))).status).toBe(200);
      times.push(clock.elapsed() - before);
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...times)).toBeLessThanOrEqual(300);
    expect(new Set(times).size).toBeGreaterThan(10);
  });

  test('is late and wrong, where both are asked for', async () => {
    const { talk, clock } = await portal({ kind: 'latency', ms: 100 }, { kind: '502' });
    expect(await clock.settle(talk('GET', contacts))).toMatchObject({ status: 502 });
    expect(clock.elapsed()).toBe(200);
  });
});

describe('a fault strikes', () => {
  test('the n-th of the requests that it is meant for, as often as it is told, and no other', async () => {
    const { talk } = await portal({
      kind: '423',
      method: 'POST',
      path: '/crm/*/objects/contacts/**',
      nth: 2,
      count: 2,
    });
    const statuses = [];
    for (const path of [`${contacts}/search`, contacts, `${contacts}/search`, `${contacts}/batch/read?x=1`]) {
      statuses.push((await talk('GET', path)).status, (await talk('POST', path, { inputs: [] })).status);
    }
    // The path `/crm/v3/objects/contacts` itself has no further segment.
    expect(statuses.filter((status) => status === 423)).toHaveLength(2);
    expect(statuses[5]).toBe(423);
    expect(statuses[7]).toBe(423);
    expect((await talk('POST', `${contacts}/search`, {})).status).toBe(200);
    expect(talk.portal.control.faults.list()).toMatchObject([{ id: '1', kind: '423', matched: 4, struck: 2 }]);
  });

  test('no sooner than the one that was set before it is done', async () => {
    const { talk } = await portal({ kind: '502' }, { kind: '503', count: 'always' });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await talk('GET', contacts)).status);
    expect(statuses).toEqual([502, 503, 503]);
    expect(talk.portal.control.faults.remove('2')).toBe(true);
    expect(talk.portal.control.faults.remove('2')).toBe(false);
    expect((await talk('GET', contacts)).status).toBe(200);
  });

  test('the index, until it is taken away', async () => {
    const { talk, clock } = await portal({ kind: 'index-delay', ms: 2_000 });
    await talk('POST', contacts, { properties: { email: 'a@b.co' } });
    const total = async () => at((await talk('POST', `${contacts}/search`, {})).body, 'total');
    expect(await total()).toBe(0);
    await clock.advance(1_999);
    expect(await total()).toBe(0);
    await clock.advance(1);
    expect(await total()).toBe(1);
    talk.portal.control.faults.clear();
    await talk('POST', contacts, { properties: { email: 'c@b.co' } });
    expect(await total()).toBe(2);
  });

  test('not at all, where what is asked for makes no sense, and the refusal says why', async () => {
    const { talk } = await portal();
    expect(add({ kind: 'explode' })).toThrow(/kind is one of apply-then-500, .*, index-delay\./);
    expect(add({})).toThrow(/needs a kind/);
    expect(add({ kind: 'drip' })).toThrow('drip needs ms, in milliseconds.');
    expect(add({ kind: '502', ms: 5 })).toThrow('ms means nothing for 502.');
    expect(add({ kind: '502', times: 5 })).toThrow(/^times means nothing in a fault; there are kind, /);
    expect(add({ kind: '502', nth: 0 })).toThrow('nth is a whole number from 1.');
    expect(add({ kind: '502', count: 'ever' })).toThrow('count is a whole number from 1 or "always".');
    expect(add({ kind: '502', path: 'crm' })).toThrow(/path starts with/);
    expect(add({ kind: '429', policy: 'HOURLY' })).toThrow(/policy is one of TEN_SECONDLY_ROLLING/);
    expect(add({ kind: '429', retryAfter: 'a\r\nb: c' })).toThrow(/retryAfter/);
    expect(() => talk.portal.control.faults.add({ kind: 'latency' })).toThrow('latency needs ms');
    expect(talk.portal.control.faults.list()).toEqual([]);
  });
});
