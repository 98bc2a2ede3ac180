/** How many requests arrived in a rolling window at most, by the portal's own log of arrivals. */

import type { LoggedRequest } from '../../src/portal/control/request-log.ts';

export interface Limits {
  /** In ten seconds. */
  readonly burst: number;
  readonly associations: number;
  /** In one second. */
  readonly search: number;
}

type Budget = keyof Limits;

const WINDOW_MS: Readonly<Record<Budget, number>> = { burst: 10_000, associations: 10_000, search: 1_000 };

/** Every window that ends with a request and holds more than the limit, in words; what was refused counts like the rest. */
export function overfullWindows(requests: readonly LoggedRequest[], limits: Limits): string[] {
  const budgets: readonly Budget[] = ['burst', 'associations', 'search'];
  return budgets.flatMap((budget) => {
    const arrivals = requests.filter(({ path }) => budgetOf(path) === budget).map(({ arrival }) => arrival);
    let first = 0;
    return arrivals.flatMap((at, last) => {
      while ((arrivals[first] ?? at) <= at - WINDOW_MS[budget]) first += 1;
      const count = last - first + 1;
      return count > limits[budget] ? [`${count} of ${limits[budget]} requests of ${budget} until ${at}.`] : [];
    });
  });
}

function budgetOf(path: string): Budget {
  if (path.endsWith('/search')) return 'search';
  return path.includes('/associations/') ? 'associations' : 'burst';
}
