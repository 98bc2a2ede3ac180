import { expect, it } from 'vitest';
import { keysOf } from '../../../src/hubspot/redis/keys.ts';
import { BUDGETS } from '../../../src/hubspot/redis/known.ts';
import { createLuaRedis } from './lua-redis.ts';

const DAY_MS = 86_400_000;
const COLD_MS = 15_000;

it('the stand-in for Redis counts time exactly, as Redis does: what was closed for 15 s is open on every later day', async () => {
  let now = Date.UTC(2026, 10, 22);
  const redis = createLuaRedis({ now: () => now, elapsed: () => now, after: () => () => undefined });
  const keys = keysOf('portal');
  const names = [keys.day, keys.peers, ...BUDGETS.flatMap((budget) => [keys[budget].log, keys[budget].facts])];
  const sizes = [100, 10_000, 5, 1_000, 100, 10_000];
  const coldMs = async () => {
    const said = await redis.link().run('meet', names, ['peer', 6_000, 0, COLD_MS, ...sizes]);
    return Array.isArray(said) ? Number(said[3]) : undefined;
  };
  expect(await coldMs()).toBe(COLD_MS);
  for (let day = 0; day < 60; day += 1) {
    now += DAY_MS;
    expect(await coldMs()).toBe(0);
  }
});
