import { describe, expect, it } from 'vitest';
import { sleep } from '../../src/clock.ts';
import type { HubSpot } from '../../src/hubspot/index.ts';
import { HubSpotError } from '../../src/hubspot/index.ts';
import type { Answer } from './script.ts';
import { scripted } from './script.ts';

const fine = { json: { results: [] }, afterMs: 50 };
const down: Answer = { status: 503, afterMs: 50 };
const read = (hubspot: HubSpot) => hubspot.objects.list('contacts');
const codeOf = (error: unknown) => (error instanceof HubSpotError ? error.code : error);

describe('While HubSpot fails for a minute', () => {
  it('two hundred callers send it hardly more than their calls, and are well again soon after', async () => {
    const headers = { 'x-hubspot-ratelimit-max': '190', 'x-hubspot-ratelimit-remaining': '150' };
    const { hubspot, clock, asked } = scripted(({ at }) => (at < 60_000 ? { ...down, headers } : { ...fine, headers }));
    let calls = 0;
    let lastFailure = 0;
    let after = 0;
    const codes = new Set<unknown>();
    const caller = async (_: unknown, index: number) => {
      while (clock.elapsed() < 80_000) {
        calls += 1;
        try {
          await read(hubspot);
          after += 1;
        } catch (error) {
          codes.add(codeOf(error));
          lastFailure = clock.elapsed();
        }
        // Ten at a time: each moment of a patient clock costs ten milliseconds of real time.
        await sleep(clock, 9_000 + 100 * (index % 20));
      }
    };
    const all = Array.from({ length: 200 }, caller);
    await clock.advance(60_000);
    const during = calls;
    expect(asked.length).toBeLessThanOrEqual(during * 1.1);
    // The breaker: far less than everything that was wanted.
    expect(asked.length).toBeLessThan(during * 0.75);
    await clock.advance(20_000);
    expect(codes).toEqual(new Set(['unavailable']));
    expect(lastFailure).toBeLessThan(79_000);
    expect(after).toBeGreaterThan(100);
    void all;
  }, 60_000);

  it('repeats of all calls together stay within a tenth, where each call alone would make two', async () => {
    // One in four fails for good, which does not open the breaker.
    const { hubspot, clock, asked } = scripted(({ path }) => (path.endsWith('/bad') ? down : fine));
    let calls = 0;
    for (let round = 0; round < 40; round += 1) {
      const types = ['contacts', 'companies', 'deals', 'bad'];
      const some = types.map((type) => hubspot.objects.list(type).catch(() => undefined));
      calls += some.length;
      await clock.advance(1_000);
    }
    await clock.advance(20_000);
    expect(asked.length).toBeLessThanOrEqual(calls * 1.1);
    expect(asked.length).toBeGreaterThan(calls);
  });
});

describe('The breaker', () => {
  it('opens on sustained server errors, and says when to come back', async () => {
    const { asked, call } = await after(30, down);
    const sent = asked.length;
    expect(sent).toBeLessThan(30);
    const error = await call();
    expect(error).toMatchObject({ code: 'unavailable', sent: 'no', retryable: true });
    expect(error).toHaveProperty('retryAfterMs');
    expect(asked).toHaveLength(sent);
  });

  it('lets one call find out whether HubSpot works again, and then all of them', async () => {
    const { state, clock, asked, call, hubspot } = await after(30, down);
    await clock.advance(20_000);
    const sent = asked.length;
    const several = await clock.settle(Promise.allSettled([1, 2, 3, 4, 5].map(() => read(hubspot))));
    expect(several.every(({ status }) => status === 'rejected')).toBe(true);
    expect(asked).toHaveLength(sent + 1);
    state.answer = fine;
    await clock.advance(30_000);
    expect(await call()).not.toBeInstanceOf(Error);
    expect(await call()).not.toBeInstanceOf(Error);
  });

  it.each([400, 401, 403, 404, 409, 423, 429])('never opens on %d', async (status) => {
    const { asked, call } = await after(25, { status });
    const sent = asked.length;
    await call();
    expect(asked.length).toBeGreaterThan(sent);
  });
});

/** So many calls, one after the other, each answered so. */
async function after(count: number, answer: Answer) {
  const state = { answer };
  const { hubspot, clock, asked } = scripted(() => state.answer);
  const call = () => clock.settle(read(hubspot).catch((error: unknown) => error));
  for (let each = 0; each < count; each += 1) await call();
  return { state, clock, asked, call, hubspot };
}
