/** What Redis has said last of the whole quota, and what a part of it is. */

import { HubSpotError } from '../errors.ts';
import type { WindowSize } from '../ledger.ts';
import type { BudgetName } from '../operations.ts';

/** In the order in which the scripts are told of them. */
export const BUDGETS = ['burst', 'search', 'associations'] as const satisfies readonly BudgetName[];

/** What Redis said at the last meeting. */
export type Known = Readonly<Record<BudgetName, WindowSize & { readonly remaining: number }>>;

/** As if nothing of it were used, or so much were left. */
export function withRemaining(sizes: Readonly<Record<BudgetName, WindowSize>>, remaining?: number): Known {
  const state = ({ limit, windowMs }: WindowSize) => ({ limit, windowMs, remaining: remaining ?? limit });
  return { burst: state(sizes.burst), search: state(sizes.search), associations: state(sizes.associations) };
}

/** As the scripts take them. */
export function sizesOf(sizes: Readonly<Record<BudgetName, WindowSize>>) {
  return BUDGETS.flatMap((budget) => [sizes[budget].limit, sizes[budget].windowMs]);
}

/** Nothing may be sent without Redis. */
export function outOfReach(why: string): HubSpotError {
  return new HubSpotError(`Redis, through which HubSpot's quota is shared, is out of reach, and ${why}.`, {
    code: 'unavailable',
    sent: 'no',
    retryable: true,
    retryAfterMs: 1_000,
  });
}

/** For an operator. @param parts of which this process keeps to one, if that is known */
export function degradedTo(parts: number | undefined): string {
  const why = "Redis is out of reach, so HubSpot's quota is not shared";
  return parts === undefined
    ? `${why}, and calls are refused: how many processes share it is not known (HUBSPOT_MCP_REDIS_SHARES)`
    : `${why}: this process keeps to 1/${parts} of it`;
}

/** For an operator. */
export function coldFor(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `Nothing is sent to HubSpot for ${seconds} s: Redis is new, was started again or was away, and until then what was sent before may still count`;
}
