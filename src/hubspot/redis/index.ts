/** Quota that several processes share through Redis. Loaded only where a Redis is named. */

import { createHash } from 'node:crypto';
import type { Ledger } from '../ledger.ts';
import { openRedisLink } from './link.ts';
import type { SharedLedgerOptions } from './shared-ledger.ts';
import { createSharedLedger } from './shared-ledger.ts';

export interface RedisLedgerOptions extends Omit<SharedLedgerOptions, 'link' | 'name'> {
  /** `redis:` or `rediss:`. It may hold a password. */
  readonly url: string;
  /** HubSpot counts by app, and one token is of one app: processes with the same token share. It is hashed. */
  readonly token: string;
}

/** Connects when it is first used. */
export function openRedisLedger({ url, token, ...options }: RedisLedgerOptions): Ledger {
  const name = createHash('sha256').update(`hubspot-mcp quota ${token}`).digest('hex').slice(0, 24);
  return createSharedLedger({ ...options, link: openRedisLink(url), name });
}
