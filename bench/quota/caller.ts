/** One process of several that share a portal's quota. It makes its calls at once and says what came of them. */

import { Client } from '@hubspot/api-client';
import Bottleneck from 'bottleneck';
import { Redis } from 'ioredis';
import { RateLimiterQueue, RateLimiterRedis } from 'rate-limiter-flexible';
import { sleep, systemClock, systemRandom } from '../../src/clock.ts';
import { createHubSpot } from '../../src/hubspot/index.ts';
import { openRedisLedger } from '../../src/hubspot/redis/index.ts';
import { createTransport } from '../../src/hubspot/transport.ts';
import type { CallerKind, CallerReport, CallerSetup } from './messages.ts';

/** HubSpot's limit for Professional and Enterprise. */
const LIMIT = 190;
const WINDOW_MS = 10_000;
const DEADLINE_MS = 240_000;

interface Caller {
  /** One read of the portal. Rejects when it was refused. */
  call(): Promise<unknown>;
}

const setup: CallerSetup = JSON.parse(process.argv[2] ?? '');

const took: number[] = [];

const open: Record<CallerKind, () => Caller | Promise<Caller>> = {
  async ours() {
    const clock = { ...systemClock, now: () => systemClock.now() + setup.skewMs };
    const { redisUrl: url, token, portalUrl: baseUrl } = setup;
    const ledger = openRedisLedger({
      url,
      token,
      clock,
      random: systemRandom,
      log: (message) => void process.stderr.write(`${message}\n`),
    });
    const hubspot = createHubSpot({
      fetch: createTransport(),
      clock,
      random: systemRandom,
      token: () => token,
      baseUrl,
      deadlineMs: DEADLINE_MS,
      ledger,
      maxWaiting: 10_000,
      log: ({ tookMs }) => void took.push(tookMs),
    });
    return { call: () => hubspot.objects.list('contacts', { limit: 1 }) };
  },

  bottleneck() {
    const url = new URL(setup.redisUrl);
    const limiter = new Bottleneck({
      id: `{${setup.token}}`,
      datastore: 'ioredis',
      Redis,
      clientOptions: { host: url.hostname, port: Number(url.port) },
      clearDatastore: false,
      reservoir: LIMIT,
      reservoirRefreshAmount: LIMIT,
      reservoirRefreshInterval: WINDOW_MS,
      expiration: DEADLINE_MS,
    });
    return { call: () => limiter.schedule(plain) };
  },

  'rate-limiter-flexible'() {
    const limiter = new RateLimiterRedis({
      storeClient: new Redis(setup.redisUrl),
      keyPrefix: setup.token,
      points: LIMIT,
      duration: WINDOW_MS / 1000,
    });
    const queue = new RateLimiterQueue(limiter, { maxQueueSize: 100_000 });
    return {
      async call() {
        await queue.removeTokens(1, 'portal');
        await plain();
      },
    };
  },

  'api-client'() {
    const client = new Client({
      accessToken: setup.token,
      basePath: setup.portalUrl,
      limiterOptions: { minTime: 1000 / 9, maxConcurrent: 6, id: 'hubspot-client-limiter' },
      numberOfApiCallRetries: 3,
    });
    return { call: () => client.crm.contacts.basicApi.getPage(1) };
  },
};

async function plain(): Promise<void> {
  const sent = systemClock.elapsed();
  const response = await fetch(`${setup.portalUrl}/crm/v3/objects/contacts?limit=1`, {
    headers: { authorization: `Bearer ${setup.token}` },
  });
  await response.arrayBuffer();
  took.push(systemClock.elapsed() - sent);
  if (!response.ok) throw new Error(`status ${response.status}`);
}

process.on('disconnect', () => process.exit());
const caller = await open[setup.kind]();
if (setup.idleMs > 0) await sleep(systemClock, setup.idleMs);
const ends = await Promise.allSettled(Array.from({ length: setup.calls }, () => caller.call()));
const failed = ends.flatMap((end) => (end.status === 'rejected' ? [wordsOf(end.reason)] : []));
const report: CallerReport = {
  fine: ends.length - failed.length,
  failed: failed.length,
  reasons: [...new Set(failed)].slice(0, 5),
  roundTripMs: took.reduce((sum, ms) => sum + ms, 0) / Math.max(1, took.length),
};
process.send?.(report, () => process.exit());

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}
