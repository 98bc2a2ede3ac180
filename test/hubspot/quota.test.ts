import { describe, expect, it } from 'vitest';
import { HubSpotError } from '../../src/hubspot/index.ts';
import { fakeClock } from '../fake-clock.ts';
import { entrant, narrowQuota, record, scripted } from './script.ts';

const stop = new HubSpotError('stop', { code: 'cancelled', sent: 'no', retryable: false });

const found = { total: 1, results: [record('1')] };

/** HubSpot's own counting: what remains after a request, or undefined when it is one too many in a rolling window. */
function portalLimit(limit: number, windowMs: number) {
  const counted: number[] = [];
  return (at: number): number | undefined => {
    const used = counted.filter((other) => other > at - windowMs).length;
    if (used >= limit) return undefined;
    counted.push(at);
    return limit - used - 1;
  };
}

const secondly = { status: 429, json: { policyName: 'SECONDLY', message: 'You have reached your secondly limit.' } };

const daily = { status: 429, json: { policyName: 'DAILY', message: 'You have reached your daily limit.' } };

describe('quota', () => {
  it('lets twenty parallel searches all succeed within 5 seconds and without a 429', async () => {
    const count = portalLimit(5, 1_000);
    let refused = 0;
    const { hubspot, clock } = scripted(({ at }) => {
      if (count(at) !== undefined) return { json: found, afterMs: 80 };
      refused += 1;
      return secondly;
    });
    const searches = Array.from({ length: 20 }, () => hubspot.objects.search('contacts', {}));
    await clock.settle(Promise.all(searches));
    expect(refused).toBe(0);
    expect(clock.elapsed()).toBeLessThan(5_000);
  });

  it('does not make a call wait while there is quota', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ json: { results: [] }, afterMs: 10 }));
    await clock.settle(Promise.all(Array.from({ length: 100 }, () => hubspot.objects.list('contacts'))));
    expect(asked.map(({ at }) => at)).toEqual(Array.from({ length: 100 }, () => 0));
  });

  it('takes the limit and the window from the headers', async () => {
    const headers = {
      'x-hubspot-ratelimit-max': '190',
      'x-hubspot-ratelimit-remaining': '189',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '650000',
      'x-hubspot-ratelimit-daily-remaining': '649999',
    };
    const { hubspot, clock } = scripted(() => ({ json: { results: [] }, headers }));
    await clock.settle(hubspot.objects.list('contacts'));
    expect(hubspot.quota()).toMatchObject({
      burst: { limit: 190, remaining: 189, windowMs: 10_000, waiting: 0 },
      associations: { limit: 150 },
      search: { limit: 5, remaining: 5 },
      daily: { limit: 650_000, remaining: 649_999 },
    });
  });

  it('sends waiting calls by priority, and those of one priority in order', async () => {
    const { clock, quota, order, held } = await busy();
    const enter = async (name: string, priority: number) => {
      const slot = await quota.enter('burst', entrant({ priority }));
      order.push(name);
      slot.end('answered');
    };
    const calls = [enter('first', 5), enter('bulk', 9), enter('chat', 1), enter('second', 5)];
    held.end('answered');
    await clock.settle(Promise.all(calls));
    expect(order).toEqual(['chat', 'first', 'second', 'bulk']);
  });

  it('lets nobody overtake a waiting call when a slot comes back', async () => {
    const { clock, quota, order, held } = await busy();
    const waiting = quota.enter('burst', entrant()).then(() => order.push('waiting'));
    await clock.advance(0);
    held.end('not_sent');
    const late = quota.enter('burst', entrant()).then(() => order.push('late'));
    await clock.advance(0);
    expect(order).toEqual(['waiting']);
    await waiting;
    void late;
  });

  it('refuses at once when too many calls wait', async () => {
    const clock = fakeClock({ patient: true });
    const quota = narrowQuota(clock, 1, 3);
    await quota.enter('burst', entrant());
    const calls = Array.from({ length: 6 }, () => quota.enter('burst', entrant()));
    const refused: unknown[] = [];
    for (const call of calls) call.catch((error: unknown) => refused.push(error));
    await clock.advance(0);
    expect(clock.elapsed()).toBe(0);
    expect(refused).toHaveLength(3);
    for (const error of refused) expect(error).toMatchObject({ code: 'queue_full', sent: 'no', retryable: true });
  });

  it('lets a cancelled call leave the line at once, and gives its turn to the next', async () => {
    const { clock, quota, order, held } = await busy();
    const cancel = new AbortController();
    const first = quota.enter('burst', entrant({ signal: cancel.signal }));
    const second = quota.enter('burst', entrant()).then(() => order.push('second'));
    await clock.advance(0);
    cancel.abort(stop);
    await expect(first).rejects.toBe(stop);
    held.end('answered');
    await clock.settle(second);
    expect(order).toEqual(['second']);
    expect(clock.elapsed()).toBe(1_001);
  });

  it('lets a call go that is cancelled while it asks for a slot', async () => {
    const { clock, quota } = await busy();
    const cancel = new AbortController();
    const call = quota.enter('burst', entrant({ signal: cancel.signal }));
    cancel.abort(stop);
    await expect(clock.settle(call)).rejects.toBe(stop);
    expect(quota.state().burst).toMatchObject({ waiting: 0 });
  });

  it('counts nobody who has left the line among those who wait', async () => {
    const clock = fakeClock({ patient: true });
    const quota = narrowQuota(clock, 1, 3);
    await quota.enter('burst', entrant());
    void quota.enter('burst', entrant());
    for (let round = 0; round < 3; round += 1) {
      const cancel = new AbortController();
      const left = [1, 2].map(() => quota.enter('burst', entrant({ signal: cancel.signal })));
      await clock.advance(0);
      cancel.abort(stop);
      for (const call of left) await expect(call).rejects.toBe(stop);
    }
    let refusal: unknown;
    quota.enter('burst', entrant()).catch((error: unknown) => {
      refusal = error;
    });
    await clock.advance(0);
    expect(refusal).toBeUndefined();
    expect(quota.state().burst).toMatchObject({ waiting: 2 });
  });

  it('freezes the budget for everybody after a 429, and then goes on', async () => {
    const times: number[] = [];
    const { hubspot, clock } = scripted(({ at }, count) => {
      times.push(at);
      return count === 1 ? { ...secondly, headers: { 'retry-after': '3' } } : { json: found };
    });
    const first = hubspot.objects.search('contacts', {});
    await clock.advance(0);
    const second = hubspot.objects.search('contacts', {});
    await clock.settle(Promise.all([first, second]));
    expect(times).toEqual([0, 3_000, 3_000]);
  });

  it('tells a call at once that HubSpot asked for a longer wait than the call has', async () => {
    const { hubspot, clock, asked } = scripted(() => ({ ...secondly, headers: { 'retry-after': '40' } }));
    const refused = { code: 'rate_limited', retryable: true };
    const search = () => clock.settle(hubspot.objects.search('contacts', {}));
    await expect(search()).rejects.toMatchObject({ ...refused, retryAfterMs: 40_000 });
    await clock.advance(5_000);
    await expect(search()).rejects.toMatchObject({ ...refused, retryAfterMs: 35_000, sent: 'no' });
    expect(clock.elapsed()).toBe(5_000);
    expect(asked).toHaveLength(1);
  });

  it('leaves the other budgets alone when one is frozen', async () => {
    const { hubspot, clock } = scripted(({ path }) =>
      path.endsWith('/search') ? secondly : { json: { results: [] } },
    );
    void hubspot.objects.search('contacts', {}).catch(() => {});
    await clock.advance(0);
    await clock.settle(hubspot.objects.list('contacts'));
    expect(clock.elapsed()).toBe(0);
  });

  it('stops sending once HubSpot says that the day is over', async () => {
    const { hubspot, clock, asked } = scripted(() => daily);
    await expect(clock.settle(hubspot.objects.list('contacts'))).rejects.toMatchObject({
      code: 'daily_limit',
      retryable: false,
    });
    await expect(clock.settle(hubspot.objects.search('contacts', {}))).rejects.toMatchObject({
      code: 'daily_limit',
      sent: 'no',
    });
    expect(asked).toHaveLength(1);
  });

  it('does not send either what was waiting when the day ended', async () => {
    const { hubspot, clock, asked } = scripted(() => daily);
    const searches = Array.from({ length: 12 }, () => hubspot.objects.search('contacts', {}));
    const ends = await clock.settle(Promise.allSettled(searches));
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: { code: 'daily_limit' } });
    expect(asked).toHaveLength(5);
  });

  it('stays within the limit of a portal that others use as well', async () => {
    const count = portalLimit(20, 10_000);
    let refused = 0;
    const { hubspot, clock, asked } = scripted(({ at }) => {
      const remaining = count(at);
      if (remaining === undefined) refused += 1;
      const headers = { 'x-hubspot-ratelimit-max': '20', 'x-hubspot-ratelimit-remaining': String(remaining ?? 0) };
      return remaining === undefined ? { ...secondly, headers } : { json: { results: [] }, headers, afterMs: 50 };
    });
    for (let others = 0; others < 12; others += 1) count(0);
    await clock.settle(hubspot.objects.list('contacts'));
    await clock.settle(Promise.all(Array.from({ length: 15 }, () => hubspot.objects.list('contacts'))));
    expect(refused).toBe(0);
    expect(asked.filter(({ at }) => at < 1_000)).toHaveLength(8);
    expect(clock.elapsed()).toBeLessThan(10_500);
  });
});

/** A budget of one slot, which is taken. */
async function busy() {
  const clock = fakeClock({ patient: true });
  const quota = narrowQuota(clock, 1);
  const held = await quota.enter('burst', entrant());
  const order: string[] = [];
  return { clock, quota, order, held };
}
