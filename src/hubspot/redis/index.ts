/** Quota that several processes share through Redis. Loaded only where a Redis is named. */

import type { Ledger } from '../ledger.ts';
import { nameOf } from './keys.ts';
import { openRedisLink } from './link.ts';
import type { SharedLedgerOptions } from './shared-ledger.ts';
import { createSharedLedger } from './shared-ledger.ts';

export interface RedisLedgerOptions extends Omit<SharedLedgerOptions, 'link' | 'name'> {
  /** `redis:` or `rediss:`. It may hold a password. */
  readonly url: string;
  /** Processes with the same token share. */
  readonly token: string;
}

/** Connects when it is first used. */
export function openRedisLedger({ url, token, ...options }: RedisLedgerOptions): Ledger {
  return createSharedLedger({ ...options, link: openRedisLink(url), name: nameOf(token) });
}
