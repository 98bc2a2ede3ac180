import { describe, expect, it } from 'vitest';
import type { HubSpot } from '../../src/hubspot/index.ts';
import type { Answer, Script } from './script.ts';
import { broken, record, scripted, TOKEN } from './script.ts';

const read = (hubspot: HubSpot) => hubspot.objects.get('contacts', '1');
const update = (hubspot: HubSpot) => hubspot.objects.update('contacts', '1', { firstname: 'Ada' });
const create = (hubspot: HubSpot) => hubspot.objects.create('contacts', { properties: { firstname: 'Ada' } });
const merge = (hubspot: HubSpot) => hubspot.objects.merge('contacts', '1', '2');

const passing = [423, 429, 477, 500, 502, 503, 504, 521, 522, 523, 524];
const lasting = [400, 401, 403, 404, 405, 409, 415, 501];
const fine = { json: record('1') };
const archive = (hubspot: HubSpot) => hubspot.objects.archive('contacts', '1');

/** The first attempt is answered so, and the others well. */
const first =
  (answer: Answer): Script =>
  (_, count) =>
    count === 1 ? answer : fine;

const breaking =
  (notSent: boolean, then: Answer = fine): Script =>
  (_, count) => {
    if (count === 1) throw broken(notSent);
    return then;
  };

/** How many requests a call makes when each is answered so, and how it ends. */
async function attempts(call: (hubspot: HubSpot) => Promise<unknown>, script: Script) {
  const { hubspot, clock, asked } = scripted(script);
  const outcome = clock.settle(call(hubspot)).then(
    () => 'done',
    (error: unknown) => error,
  );
  return { outcome: await outcome, count: asked.length, elapsed: clock.elapsed(), times: asked.map(({ at }) => at) };
}

describe('retry', () => {
  it.each(passing)('repeats a read and an update on %d, three attempts in all', async (status) => {
    for (const call of [read, update]) expect(await attempts(call, () => ({ status }))).toMatchObject({ count: 3 });
  });

  it.each(lasting)('repeats nothing on %d', async (status) => {
    for (const call of [read, update, create])
      expect(await attempts(call, () => ({ status }))).toMatchObject({ count: 1 });
  });

  it.each(passing.filter((status) => status !== 429))('does not repeat a create or a merge on %d', async (status) => {
    for (const call of [create, merge]) expect(await attempts(call, () => ({ status }))).toMatchObject({ count: 1 });
  });

  it('repeats a create on 429, since HubSpot did nothing', async () => {
    expect(await attempts(create, first({ status: 429 }))).toMatchObject({ outcome: 'done', count: 2 });
  });

  it('repeats a create when nothing was sent, and not when the line broke later', async () => {
    expect(await attempts(create, breaking(true))).toMatchObject({ outcome: 'done', count: 2 });
    expect(await attempts(create, breaking(false))).toMatchObject({
      outcome: { code: 'network', sent: 'maybe', retryable: false },
      count: 1,
    });
    expect(await attempts(update, breaking(false))).toMatchObject({ outcome: 'done', count: 2 });
  });

  it('never repeats a daily 429', async () => {
    const daily = { status: 429, json: { policyName: 'DAILY' } };
    expect(await attempts(read, () => daily)).toMatchObject({
      count: 1,
      outcome: { code: 'daily_limit', retryable: false },
    });
  });

  it('waits at least two seconds for a locked record', async () => {
    const { times } = await attempts(read, first({ status: 423 }));
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(2_000);
  });

  it('waits a random time that grows with the attempts', async () => {
    const { times } = await attempts(read, () => ({ status: 503 }));
    const [one = 0, two = 0, three = 0] = times;
    expect(two - one).toBeLessThanOrEqual(1_000);
    expect(three - two).toBeLessThanOrEqual(2_000);
    expect(two - one).toBeGreaterThan(0);
  });

  it.each([
    ['seconds on 503', 503, '4', 4_000],
    ['seconds on 429', 429, '4', 4_000],
    ['what can only be milliseconds on 429', 429, '2500', 2_500],
    ['seconds on 477, however many', 477, '20', 20_000],
    ['a date', 503, 'Sun, 22 Nov 2026 00:00:05 GMT', 5_000],
  ])('waits as long as Retry-After says: %s', async (_, status, header, ms) => {
    const { times } = await attempts(read, first({ status, headers: { 'retry-after': header } }));
    expect(times).toEqual([0, ms]);
  });

  it('gives up at once when Retry-After lies beyond the deadline, and says when to come back', async () => {
    expect(await attempts(read, first({ status: 477, headers: { 'retry-after': '86400' } }))).toMatchObject({
      count: 1,
      elapsed: 0,
      outcome: { code: 'unavailable', retryAfterMs: 86_400_000, retryable: true },
    });
  });

  it('repeats a read whose answer came broken, and not a create', async () => {
    const cut = first({ body: '{"id":"1","prop' });
    expect(await attempts(read, cut)).toMatchObject({ outcome: 'done', count: 2 });
    expect(await attempts(create, cut)).toMatchObject({ outcome: { code: 'bad_answer', sent: 'maybe' }, count: 1 });
  });

  it('S57: does not follow a redirect, and does not repeat it', async () => {
    const redirect = first({ status: 302, headers: { location: 'https://elsewhere.test' } });
    expect(await attempts(read, redirect)).toMatchObject({ count: 1, outcome: { code: 'bad_answer', sent: 'yes' } });
  });

  it('leaves a write in doubt when a refusal follows an attempt without an answer', async () => {
    const missing = { status: 404, json: { category: 'OBJECT_NOT_FOUND', message: 'resource not found' } };
    expect(await attempts(archive, breaking(false, missing))).toMatchObject({
      outcome: { code: 'not_found', sent: 'maybe' },
    });
  });
});

describe('the token', () => {
  it('is read again on 401, and even a create is sent again with a new one', async () => {
    const tokens = [TOKEN, 'pat-na1-rotated-rotated'];
    const { hubspot, clock, asked } = scripted(({ token }) => (token === TOKEN ? { status: 401 } : fine), {
      token: () => tokens.shift() ?? '',
    });
    await clock.settle(create(hubspot));
    expect(asked.map(({ token }) => token)).toEqual([TOKEN, 'pat-na1-rotated-rotated']);
  });

  it('is not sent a second time after 401 when it is still the same', async () => {
    const { outcome, count } = await attempts(read, () => ({
      status: 401,
      json: { category: 'INVALID_AUTHENTICATION' },
    }));
    expect(count).toBe(1);
    expect(outcome).toMatchObject({ code: 'unauthorized', retryable: false });
  });

  it('costs no row its outcome when it cannot be read in the middle of a batch', async () => {
    const tokens = [TOKEN];
    const { hubspot, clock } = scripted(
      ({ body }) => ({ json: { results: body.inputs.map((_, index) => record(String(index))) } }),
      { token: () => tokens.shift() ?? unreadable() },
    );
    const inputs = Array.from({ length: 150 }, () => ({ properties: {} }));
    const rows = await clock.settle(hubspot.objects.batchCreate('contacts', inputs));
    expect(rows[0]).toMatchObject({ outcome: 'applied' });
    expect(rows[149]).toMatchObject({ outcome: 'not_sent', error: { code: 'unauthorized', sent: 'no' } });
  });

  it('leaves a write in doubt that it cannot be read for a second time', async () => {
    const tokens = [TOKEN];
    const { hubspot, clock } = scripted((_, count) => ({ status: count === 1 ? 502 : 401 }), {
      token: () => tokens.shift() ?? unreadable(),
    });
    await expect(clock.settle(archive(hubspot))).rejects.toMatchObject({ code: 'unauthorized', sent: 'maybe' });
  });

  it('reaches no error, whatever HubSpot or the network says', async () => {
    const other = 'pat-eu1-99999999-8888-7777-6666-555555555555';
    const scripts: Script[] = [
      () => ({ status: 401, json: { message: `${TOKEN} is not ${other}`, errors: [{ message: TOKEN, code: TOKEN }] } }),
      () => ({ status: 400, json: { message: 'x', context: { token: [TOKEN] }, correlationId: TOKEN } }),
      () => ({ status: 502, body: `<html>${TOKEN}</html>` }),
      () => {
        throw new Error(`bad header: Bearer ${TOKEN}`);
      },
    ];
    for (const script of scripts) {
      const { outcome } = await attempts(create, script);
      const text = outcome instanceof Error ? JSON.stringify(outcome) + outcome.message + String(outcome.stack) : '';
      expect(text).not.toBe('');
      expect(text).not.toContain('11111111-2222');
      expect(text).not.toContain('99999999-8888');
    }
  });

  it('is refused before any request when it could not stand in a header', async () => {
    for (const token of ['', '   ', 'two words', 'line\nbreak']) {
      const { hubspot, clock, asked } = scripted(() => fine, { token: () => token });
      await expect(clock.settle(read(hubspot))).rejects.toMatchObject({ code: 'unauthorized', sent: 'no' });
      expect(asked).toHaveLength(0);
    }
  });
});

function unreadable(): never {
  throw new Error('ENOENT');
}
