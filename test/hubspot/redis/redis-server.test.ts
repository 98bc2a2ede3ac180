import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leaveMark } from '../../../bench/quota/leave-mark.ts';
import { type RedisServer, startRedis } from '../../../bench/quota/redis-server.ts';
import { systemClock, systemRandom } from '../../../src/clock.ts';
import type { Ledger } from '../../../src/hubspot/ledger.ts';
import { openRedisLedger } from '../../../src/hubspot/redis/index.ts';
import { isSlot } from '../../../src/hubspot/window.ts';

const want = { even: false, requestMs: 5_000 };
const ledgers: Ledger[] = [];
let redis: RedisServer;

beforeAll(async () => {
  redis = await startRedis();
});
afterAll(async () => {
  await Promise.all(ledgers.map((ledger) => ledger.close()));
  await redis.close();
});

/** Of a token that has been in use before. */
async function open(
  options: { url?: string; token?: string; marked?: boolean; nowOffMs?: number; log?: (message: string) => void } = {},
) {
  const { url = redis.url, token = `pat-na1-${systemRandom.uuid()}`, marked = true, nowOffMs = 0, log } = options;
  if (marked) await leaveMark(url, token);
  const clock = { ...systemClock, now: () => systemClock.now() + nowOffMs };
  const ledger = openRedisLedger({ url, token, clock, random: systemRandom, ...(log && { log }) });
  ledgers.push(ledger);
  return { ledger, token };
}

async function taken(ledger: Ledger): Promise<number> {
  const all = await Promise.all(Array.from({ length: 8 }, async () => ledger.take('search', want)));
  return all.filter((each) => isSlot(each)).length;
}

describe('On a real Redis', () => {
  it('processes whose clocks are ten minutes apart share one window', async () => {
    const { ledger: early, token } = await open({ nowOffMs: -300_000 });
    const { ledger: late } = await open({ token, nowOffMs: 300_000 });
    expect((await taken(early)) + (await taken(late))).toBe(5);
  });

  it('a forgotten script is sent again', async () => {
    const { ledger } = await open();
    expect(isSlot(await ledger.take('search', want))).toBe(true);
    await redis.command('SCRIPT', 'FLUSH');
    expect(isSlot(await ledger.take('search', want))).toBe(true);
  });

  it('all keys of a portal carry one hash tag, and none the token', async () => {
    const { ledger, token } = await open();
    await ledger.take('burst', want);
    const keys = await redis.command('KEYS', '*');
    if (!Array.isArray(keys)) throw new Error('KEYS gives a list');
    expect(keys.length).toBeGreaterThan(3);
    for (const key of keys) expect(key).toMatch(/^hubspot-mcp:\{[0-9a-f]{24}\}:/);
    expect(keys.join()).not.toContain(token);
  });

  it('S65: a Redis that comes back with an old dump is not believed', async () => {
    const frail = await startRedis();
    try {
      const { ledger, token } = await open({ url: frail.url });
      await ledger.take('burst', want);
      await frail.command('SAVE');
      expect(await taken(ledger)).toBe(5);
      await frail.kill();
      await frail.start();
      const { ledger: next } = await open({ url: frail.url, token, marked: false });
      expect(await taken(next)).toBe(0);
      expect(next.state().degraded).toContain('Redis is new');
    } finally {
      await frail.close();
    }
  });

  it('S65: a wrong password is told without the password, and nothing is sent', async () => {
    const closed = await startRedis('--requirepass', 'right');
    try {
      const said: string[] = [];
      const ledger = openRedisLedger({
        url: closed.url.replace('://', '://:wr0ng-s3cret@'),
        token: 'pat-na1-x',
        clock: systemClock,
        random: systemRandom,
        log: (message) => said.push(message),
      });
      ledgers.push(ledger);
      expect(isSlot(await ledger.take('search', want))).toBe(false);
      expect(ledger.state().degraded).toContain('Redis');
      expect(said.join()).toMatch(/WRONGPASS|NOAUTH/);
      expect(said.join() + JSON.stringify(ledger.state())).not.toContain('s3cret');
    } finally {
      await closed.close();
    }
  });
});
