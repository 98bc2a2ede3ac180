import { afterAll, expect, it } from 'vitest';
import { leaveMark } from '../../bench/quota/leave-mark.ts';
import { type RedisServer, startRedis } from '../../bench/quota/redis-server.ts';
import { served } from '../observe/served.ts';

/** After trouble a shared window counts as full until everything that may have been sent meanwhile is certainly over. */
const BACK_MS = 180_000;

let redis: RedisServer | undefined;
afterAll(() => redis?.close());

it('Health says that Redis is gone, and that it is back', async () => {
  redis = await startRedis();
  const token = 'pat-na1-0123456789ab';
  await leaveMark(redis.url, token);
  const server = await served({ HUBSPOT_MCP_REDIS_URL: redis.url, HUBSPOT_ACCESS_TOKEN: token });
  await server.call('search_records', { objectType: 'contacts' });
  expect(await server.health()).toMatchObject({ status: 'ok' });
  await redis.kill();
  await server.call('search_records', { objectType: 'contacts' });
  await expect.poll(server.health, { timeout: 10_000 }).toMatchObject({ http: 200, status: 'degraded' });
  await redis.start();
  await expect.poll(server.health, { timeout: BACK_MS, interval: 1_000 }).toMatchObject({ http: 200, status: 'ok' });
});
