import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/clock.ts';
import { COMMANDS, SCRIPTS } from '../../../src/hubspot/redis/scripts.ts';
import { COLD_MS } from '../../../src/hubspot/redis/shared-windows.ts';
import { isSlot } from '../../../src/hubspot/window.ts';
import { counting, end, mostIn, processes, SEARCHES, slots, stranger, want, worst } from './processes-in-one.ts';

describe('Quota shared through Redis', () => {
  it('is one limit for all processes, and comes back a window after each answer', async () => {
    const { clock, a, b } = await processes(2);
    const first = await slots(a);
    expect(first).toHaveLength(5);
    expect(await b.take('search', want)).toEqual({ waitMs: 1_000 });
    end(first);
    await clock.advance(1_000);
    expect(await slots(b)).toHaveLength(0);
    await clock.advance(1);
    expect(await slots(b)).toHaveLength(5);
  });

  it('gives a slot back at once when nothing was sent', async () => {
    const { clock, a, b } = await processes(2);
    end((await slots(a)).slice(0, 2), 'not_sent');
    await clock.advance(0);
    expect(await slots(b)).toHaveLength(2);
  });

  it('frees what a dead process held, a window after its requests must have been over', async () => {
    const { clock, a, b } = await processes(2);
    await slots(a);
    await clock.advance(2_500 + want.requestMs + 2_000 + 999);
    expect(await slots(b)).toHaveLength(0);
    await clock.advance(2);
    expect(await slots(b)).toHaveLength(5);
  });

  it('holds what got no answer for as long as it may still be on its way, and a window', async () => {
    const { clock, a, b } = await processes(2);
    const taken = await slots(a);
    await clock.advance(4_000);
    end(taken, 'lost');
    await clock.advance(2_000 + 1_000);
    expect(await slots(b)).toHaveLength(0);
    await clock.advance(1);
    expect(await slots(b)).toHaveLength(5);
  });

  it('shares the limit that one process has seen, and a freeze', async () => {
    const { clock, a, b } = await processes(2);
    const taken = await a.take('burst', want);
    if (isSlot(taken)) taken.end('answered', { limit: 190, remaining: 189, windowMs: 10_000 });
    await clock.advance(0);
    expect(await slots(b, 'burst')).toHaveLength(189);
    a.freeze('search', 700);
    await clock.advance(0);
    expect(await b.take('search', want)).toEqual({ waitMs: 700 });
  });

  it('lets all processes see what other users of the portal take, and that they have stopped', async () => {
    const { clock, a, b } = await processes(2);
    const see = async (remaining: number) => {
      const taken = await a.take('burst', want);
      if (isSlot(taken)) taken.end('answered', { limit: 100, remaining, windowMs: 10_000 });
      await clock.advance(0);
    };
    await see(39);
    const others = await slots(b, 'burst');
    expect(others).toHaveLength(39);
    end(others, 'not_sent');
    await see(98);
    expect(await slots(b, 'burst')).toHaveLength(98);
  });

  it('does not take the calls of its own processes for those of others', async () => {
    const { clock, a, b } = await processes(2);
    const taken = await Promise.all(
      Array.from({ length: 40 }, async (_, each) => (each % 2 ? a : b).take('burst', want)),
    );
    const order = seededRandom(5);
    for (const [position, slot] of taken.toSorted(() => order.float() - 0.5).entries()) {
      if (isSlot(slot)) slot.end('answered', { limit: 100, remaining: 100 - position - 1, windowMs: 10_000 });
    }
    await clock.advance(0);
    expect(await slots(a, 'burst')).toHaveLength(60);
  });

  it('counts the day for all, refuses when its share is used up, and asks again once a minute', async () => {
    const { clock, a, b } = await processes(2, { dayShare: 0.9 });
    const taken = await a.take('burst', want);
    if (isSlot(taken)) taken.end('answered', { day: { limit: 1_000, remaining: 102 } });
    await clock.advance(0);
    expect(isSlot(await b.take('burst', want))).toBe(true);
    expect(isSlot(await a.take('search', want))).toBe(true);
    const probe = await b.take('burst', want);
    expect(isSlot(probe)).toBe(true);
    expect(await a.take('search', want)).toMatchObject({ refused: { code: 'daily_limit', sent: 'no' } });
    await clock.advance(1_000);
    expect(a.state().day).toMatchObject({ limit: 1_000, remaining: 0 });
    await clock.advance(60_000);
    const next = await b.take('burst', want);
    if (isSlot(next)) next.end('answered', { day: { limit: 1_000, remaining: 999 } });
    await clock.advance(0);
    expect(isSlot(await a.take('burst', want))).toBe(true);
  });

  it('paces work that leaves room to others over all processes', async () => {
    const { clock, a, b } = await processes(2);
    const even = { ...want, even: true };
    expect(isSlot(await a.take('burst', even))).toBe(true);
    expect(await b.take('burst', even)).toEqual({ waitMs: 100, paced: true });
    await clock.advance(100);
    expect(isSlot(await b.take('burst', even))).toBe(true);
  });
});

describe('When Redis has lost its memory', () => {
  it('S65: nothing is sent until all that may have been sent before has left the window', async () => {
    const { clock, redis, a, b } = await processes(2);
    end(await slots(a, 'burst'));
    redis.flush();
    expect(await slots(b, 'burst')).toHaveLength(0);
    await clock.advance(COLD_MS - 1);
    expect(await slots(b, 'burst')).toHaveLength(0);
    await clock.advance(1_001);
    expect(await slots(b, 'burst')).toHaveLength(100);
  });

  it('so it is when it comes back with what it remembers of an earlier moment', async () => {
    const { clock, redis, a, b } = await processes(2);
    const startAgain = redis.dump();
    end(await slots(a, 'burst'));
    startAgain();
    expect(await slots(b, 'burst')).toHaveLength(0);
    await clock.advance(COLD_MS + 1);
    expect(await slots(b, 'burst')).toHaveLength(100);
  });

  it('S65: an operator is told why, once', async () => {
    const { clock, redis, a, log } = await processes(1);
    expect(a.state().degraded).toBeUndefined();
    log.length = 0;
    redis.flush();
    await clock.advance(3_000);
    expect(a.state()).toMatchObject({ windows: { burst: { remaining: 0 } } });
    expect(a.state().degraded).toMatch(/Nothing is sent to HubSpot for 1[345] s/);
    expect(log).toEqual([expect.stringContaining('Redis is new')]);
    await clock.advance(COLD_MS);
    expect(a.state().degraded).toBeUndefined();
  });

  it('the limits that the processes have learnt hold on', async () => {
    const { clock, redis, a, b } = await processes(2);
    a.setLimit('associations', 150);
    await clock.advance(2_000);
    redis.flush();
    await clock.advance(COLD_MS + 2_000);
    expect(b.state().windows.associations.limit).toBe(150);
  });

  it('twice the limit would be sent without that guard', async () => {
    const scripts = { ...SCRIPTS, take: withoutGuard(SCRIPTS.take), meet: withoutGuard(SCRIPTS.meet) };
    const { redis, a, b } = await processes(2, { scripts });
    const before = await slots(a, 'burst');
    redis.flush();
    expect(before.length + (await slots(b, 'burst')).length).toBe(200);
  });
});

describe('While Redis is away', () => {
  it('S65: each process keeps to its share, after all that was sent before has left the window', async () => {
    const { clock, redis, a, b, log } = await processes(2);
    end(await slots(a, 'burst'));
    redis.be('refusing');
    expect(await slots(b, 'burst')).toHaveLength(0);
    expect(b.state().degraded).toMatch(/Redis .* 1\/2/);
    await clock.advance(COLD_MS + 2_000);
    expect(await slots(a, 'burst')).toHaveLength(50);
    expect(await slots(b, 'burst')).toHaveLength(50);
    expect(log.length).toBeGreaterThan(0);
  });

  it('each knows how many they are, though Redis has forgotten it just before', async () => {
    const { clock, redis, a, b } = await processes(2);
    redis.flush();
    await clock.advance(1_000);
    redis.be('refusing');
    await clock.advance(COLD_MS + 3_000);
    expect(await slots(a, 'burst')).toHaveLength(50);
    expect(await slots(b, 'burst')).toHaveLength(50);
  });

  it('who found it a moment before the others, and lost it again, has not forgotten them', async () => {
    const { clock, redis, a, b, cut } = await processes(2);
    cut(a, b);
    await a.take('burst', want);
    await b.take('burst', want);
    await clock.advance(4_300);
    cut(b);
    await clock.advance(2_000);
    expect(a.state().degraded).toBeUndefined();
    redis.be('refusing');
    await clock.advance(COLD_MS + 3_000);
    expect(await slots(a, 'burst')).toHaveLength(50);
  });

  it('who has died is forgotten', async () => {
    const { clock, redis, a, b, kill } = await processes(2);
    kill(b);
    await clock.advance(30_000);
    redis.be('refusing');
    await clock.advance(COLD_MS + 3_000);
    expect(await slots(a, 'burst')).toHaveLength(100);
  });

  it('a process that never met the others refuses', async () => {
    const late = await stranger();
    expect(await late.take('burst', want)).toMatchObject({ refused: { code: 'unavailable', sent: 'no' } });
    expect(late.state().degraded).toContain('HUBSPOT_MCP_REDIS_SHARES');
  });

  it('unless it was told how many they are', async () => {
    expect(await slots(await stranger(4), 'burst')).toHaveLength(25);
  });

  it('a part of nothing is nothing', async () => {
    expect(await (await stranger(8)).take('search', want)).toMatchObject({ refused: { code: 'unavailable' } });
  });

  it('S65: no call waits for a Redis that does not answer', async () => {
    const { clock, redis, a } = await processes(1);
    redis.be('frozen');
    const asked = clock.elapsed();
    await clock.settle(Promise.resolve(a.take('burst', want)));
    expect(clock.elapsed() - asked).toBeLessThan(3_000);
    const again = clock.elapsed();
    await clock.settle(Promise.resolve(a.take('burst', want)));
    expect(clock.elapsed() - again).toBe(0);
  });

  it('what Redis grants too late is given back', async () => {
    const { clock, redis, a } = await processes(1);
    redis.be('frozen');
    await clock.settle(Promise.resolve(a.take('burst', want)));
    redis.be('well');
    await clock.advance(3_000);
    expect(a.state()).toMatchObject({ windows: { burst: { remaining: 100 } } });
    expect(a.state().degraded).toBeUndefined();
    expect(await slots(a, 'burst')).toHaveLength(100);
  });

  it('what was sent meanwhile still counts when it is back, though its sender has died', async () => {
    const { clock, redis, a, b, kill } = await processes(2);
    redis.be('refusing');
    await a.take('burst', want);
    await b.take('burst', want);
    await clock.advance(COLD_MS + 3_000);
    end([...(await slots(a, 'burst')), ...(await slots(b, 'burst'))]);
    const sentAt = clock.elapsed();
    kill(b);
    redis.be('well');
    let more = 0;
    while (clock.elapsed() < sentAt + 10_000) {
      more += (await slots(a, 'burst')).length;
      await clock.advance(500);
    }
    expect(more).toBe(0);
    await clock.advance(15_000);
    expect(a.state().degraded).toBeUndefined();
    expect(await slots(a, 'burst')).toHaveLength(100);
  });

  it('who finds it again first waits for who has just begun with its share', async () => {
    const { clock, redis, a, b, cut } = await processes(2);
    cut(a, b);
    await a.take('burst', want);
    await b.take('burst', want);
    await clock.advance(13_000);
    cut(b);
    let sent = 0;
    const until = clock.elapsed() + 6_000;
    while (clock.elapsed() < until) {
      sent += (await slots(a, 'burst')).length + (await slots(b, 'burst')).length;
      if (clock.elapsed() > until - 3_000) cut();
      await clock.advance(250);
    }
    expect(sent).toBeLessThanOrEqual(100);
    expect(redis.sortedSet('burst:log').size).toBeGreaterThan(0);
  });
});

describe('A process that stood still', () => {
  it('does not send with a slot that others have had since', async () => {
    const { clock, redis, a, b, sleep } = await processes(2);
    sleep(a, 60_000);
    expect(isSlot(await a.take('search', want))).toBe(true);
    await clock.advance(0);
    const held = [...redis.sortedSet('search:log')].filter(([id]) => /:\d+$/.test(id) && !id.startsWith('run:'));
    expect(held).toHaveLength(1);
    // The first was given back, the second is used.
    expect(held[0]?.[0]).toMatch(/:3$/);
    expect(await slots(b)).toHaveLength(4);
  });

  it('looks for Redis before it goes on with its own share', async () => {
    const { clock, redis, a, b, stop, go } = await processes(2);
    redis.be('refusing');
    await a.take('burst', want);
    await clock.advance(COLD_MS + 1_000);
    const own = await a.take('burst', want);
    expect(isSlot(own)).toBe(true);
    stop(a);
    redis.be('well');
    await clock.advance(60_000);
    expect(await slots(b, 'burst')).toHaveLength(100);
    expect(isSlot(await a.take('burst', want))).toBe(false);
    go(a);
    await clock.advance(2_000);
    expect(isSlot(await a.take('burst', want))).toBe(false);
  });
});

describe('Whatever befalls a Redis that all processes lose and find together', () => {
  it('S65: HubSpot never counts more than the limit in any window', async () => {
    expect(await worst({ runs: 8, spanMs: 30_000 })).toBeLessThanOrEqual(SEARCHES);
  });

  it('which goes wrong where slots are freed a window after they were taken', async () => {
    const atSend = SCRIPTS.end.replace('local counted = now', 'local counted = takenAt');
    expect(atSend).not.toBe(SCRIPTS.end);
    const counted = await counting({
      list: [],
      count: 2,
      seed: 1,
      scripts: { ...SCRIPTS, end: atSend },
      spanMs: 5_000,
    });
    expect(mostIn(counted, 1_000)).toBeGreaterThan(SEARCHES);
  });
});

describe('The scripts', () => {
  it('use the commands that they say and no others', () => {
    const used = Object.values(SCRIPTS).flatMap((text) =>
      [...text.matchAll(/call\('([A-Z]+)'/g)].map(([, name]) => name),
    );
    expect(new Set(used)).toEqual(new Set(COMMANDS));
  });
});

function withoutGuard(text: string): string {
  const broken = text.replace(/-- epoch guard[\s\S]*?-- end of the epoch guard/, '');
  expect(broken).not.toBe(text);
  return broken;
}
