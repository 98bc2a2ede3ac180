/** The connection to Redis. The only file that knows ioredis, which is loaded with it. */

import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import type { ScriptName } from './scripts.ts';
import { SCRIPTS } from './scripts.ts';

/** Runs scripts in Redis, or in what stands in for it. */
export interface RedisLink {
  /** Rejects when Redis does not answer, or refuses. It may also take forever. */
  run(script: ScriptName, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** Never rejects. */
  close(): Promise<void>;
}

const CONNECT_MS = 1_000;
const LONGEST_RETRY_MS = 1_000;

/**
 * Connects when the first script runs, and again for as long as it is needed. Nothing is kept for later or sent twice:
 * a script that cannot be sent at once fails.
 * @param url `redis:` or, encrypted, `rediss:`; it may hold a user and a password, which reach no message
 */
export function openRedisLink(url: string): RedisLink {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: CONNECT_MS,
    // A Redis that still loads its data refuses the scripts themselves.
    enableReadyCheck: false,
    disableClientInfo: true,
    // A password may be set right, and another node become the one that takes writes.
    reconnectOnError: ({ message }) => /^(?:NOAUTH|WRONGPASS|READONLY)/.test(message),
    retryStrategy: (times) => Math.min(LONGEST_RETRY_MS, 50 * 2 ** Math.min(times, 6)),
  });
  // Whoever runs a script learns that it failed; ioredis tells everybody who does not listen here.
  let lastTrouble = '';
  redis.on('error', (error: Error) => {
    lastTrouble = error.message;
  });
  let connecting: Promise<void> | undefined;

  return {
    async run(script, keys, args) {
      connecting ??= redis.connect();
      // Without a connection the script itself fails, below.
      await connecting.catch(() => {});
      const text = SCRIPTS[script];
      const rest = [keys.length, ...keys, ...args] as const;
      try {
        return await redis.evalsha(digestOf(text), ...rest);
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('NOSCRIPT')) return redis.eval(text, ...rest);
        throw new Error(lastTrouble || 'no connection', { cause: error });
      }
    },
    async close() {
      redis.disconnect();
    },
  };
}

const digests = new Map<string, string>();

function digestOf(text: string): string {
  const known = digests.get(text);
  if (known !== undefined) return known;
  const digest = createHash('sha1').update(text).digest('hex');
  digests.set(text, digest);
  return digest;
}
