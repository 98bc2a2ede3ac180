/** Where a portal's quota is kept in Redis. */

import { createHash } from 'node:crypto';
import type { BudgetName } from '../operations.ts';

/** HubSpot counts by app, and one token is of one app: processes with the same token share. The token cannot be told from it. */
export function nameOf(token: string): string {
  return createHash('sha256').update(`hubspot-mcp quota ${token}`).digest('hex').slice(0, 24);
}

/** The name is the hash tag: a cluster keeps all of them on one node. */
export function keysOf(name: string) {
  const key = (rest: string) => `hubspot-mcp:{${name}}:${rest}`;
  const budget = (of: BudgetName) => ({
    log: key(`${of}:log`),
    answered: key(`${of}:answered`),
    facts: key(`${of}:facts`),
  });
  return {
    day: key('day'),
    peers: key('peers'),
    burst: budget('burst'),
    search: budget('search'),
    associations: budget('associations'),
  };
}
