/**
 * HubSpot's request limits: a rolling window per token, a second one for associations, a short one for all searches of
 * the account, and a daily count.
 * Sources: developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines, .../crm/search-the-crm and
 * .../crm/associations/associate-records/guide, compared 2026-11-22; the bodies were recorded from live calls.
 * Guess: a refused request counts against nothing, and a search not against the burst window.
 */

import type { Clock } from '../clock.ts';
import { PortalError } from './errors.ts';
import type { Budget } from './route.ts';

export type Tier = 'starter' | 'professional' | 'enterprise';

interface TierLimits {
  readonly burst: number;
  readonly daily: number;
  readonly associationsBurst: number;
  readonly associationsDaily: number;
}

/** Guess: Starter's daily associations are those of the other tiers; Professional's 625,000 follows the usage page. */
const tiers: Readonly<Record<Tier, TierLimits>> = {
  starter: { burst: 100, daily: 250_000, associationsBurst: 100, associationsDaily: 500_000 },
  professional: { burst: 190, daily: 625_000, associationsBurst: 150, associationsDaily: 500_000 },
  enterprise: { burst: 190, daily: 1_000_000, associationsBurst: 150, associationsDaily: 500_000 },
};

const BURST_MS = 10_000;
const SECOND_MS = 1_000;
const SEARCHES_PER_SECOND = 5;
const DEPRECATED_SECONDLY = 10;

export interface Limits {
  /** Counts one request; the headers that its answer carries. @throws LimitReached */
  take(budget: Budget, token: string): Readonly<Record<string, string>>;
  dailyUsage(): { limit: number; used: number; resetsAt: number };
}

/** A 429, with the headers that it carries. */
export class LimitReached extends PortalError {
  readonly headers: Readonly<Record<string, string>>;
  constructor(body: PortalError['body'], headers: Readonly<Record<string, string>>) {
    super(429, body);
    this.headers = headers;
  }
}

/** A rolling window: what was counted in the last `ms` milliseconds. */
class RollingWindow {
  readonly #times: number[] = [];
  readonly #limit: number;
  readonly #ms: number;

  constructor(limit: number, ms: number) {
    this.#limit = limit;
    this.#ms = ms;
  }

  remaining(now: number): number {
    while ((this.#times[0] ?? now) <= now - this.#ms) this.#times.shift();
    return this.#limit - this.#times.length;
  }

  take(now: number): void {
    this.#times.push(now);
  }
}

/** `timeZone` is asked at every count: the account's settings may change. */
export function createLimits(options: {
  clock: Clock;
  tier: Tier;
  enforced: boolean;
  timeZone: () => string;
  requestId: () => string;
}): Limits {
  const { clock, enforced } = options;
  const limits = tiers[options.tier];
  const windows = { burst: new Map<string, RollingWindow>(), associations: new Map<string, RollingWindow>() };
  const search = new RollingWindow(SEARCHES_PER_SECOND, SECOND_MS);
  let day = { ends: Number.NEGATIVE_INFINITY, used: 0, associations: 0 };

  const today = () => {
    if (clock.now() >= day.ends)
      day = { ends: nextMidnight(clock.now(), options.timeZone()), used: 0, associations: 0 };
    return day;
  };

  const windowOf = (budget: 'burst' | 'associations', token: string): RollingWindow => {
    const known = windows[budget].get(token);
    if (known) return known;
    const made = new RollingWindow(budget === 'burst' ? limits.burst : limits.associationsBurst, BURST_MS);
    windows[budget].set(token, made);
    return made;
  };

  const dailyHeaders = () => ({
    'x-hubspot-ratelimit-daily': String(limits.daily),
    'x-hubspot-ratelimit-daily-remaining': String(Math.max(0, limits.daily - today().used)),
  });

  const burstHeaders = (budget: 'burst' | 'associations', remaining: number) => ({
    'x-hubspot-ratelimit-max': String(budget === 'burst' ? limits.burst : limits.associationsBurst),
    'x-hubspot-ratelimit-remaining': String(Math.max(0, remaining)),
    'x-hubspot-ratelimit-interval-milliseconds': String(BURST_MS),
    'x-hubspot-ratelimit-secondly': String(DEPRECATED_SECONDLY),
    'x-hubspot-ratelimit-secondly-remaining': String(Math.max(0, Math.min(DEPRECATED_SECONDLY, remaining))),
  });

  const refuseDaily = (budget: Budget): boolean =>
    today().used >= limits.daily || (budget === 'associations' && today().associations >= limits.associationsDaily);

  return {
    take(budget, token) {
      if (budget === 'none' || !enforced) return {};
      const now = clock.elapsed();
      if (refuseDaily(budget)) {
        throw new LimitReached(
          {
            message: 'You have reached your daily limit.',
            errorType: 'RATE_LIMIT',
            policyName: 'DAILY',
            requestId: options.requestId(),
          },
          dailyHeaders(),
        );
      }
      if (budget === 'search') {
        if (search.remaining(now) <= 0) {
          throw new LimitReached(
            { message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' },
            dailyHeaders(),
          );
        }
        search.take(now);
        today().used++;
        return dailyHeaders();
      }
      const window = windowOf(budget, token);
      if (window.remaining(now) <= 0) {
        throw new LimitReached(
          {
            message: 'You have reached your ten_secondly_rolling limit.',
            errorType: 'RATE_LIMIT',
            policyName: 'TEN_SECONDLY_ROLLING',
            requestId: options.requestId(),
          },
          { ...burstHeaders(budget, 0), ...dailyHeaders() },
        );
      }
      window.take(now);
      today().used++;
      if (budget === 'associations') today().associations++;
      return { ...burstHeaders(budget, window.remaining(now)), ...dailyHeaders() };
    },
    dailyUsage: () => ({ limit: limits.daily, used: today().used, resetsAt: today().ends }),
  };
}

/** The first instant of the next day in a time zone, in milliseconds since the epoch. */
function nextMidnight(now: number, timeZone: string): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const today = date.format(now);
  // The day ends within 25 hours, where clocks go back; halve the distance down to the millisecond.
  let before = now;
  let after = now + 25 * 3_600_000;
  while (date.format(after) === today) after += 3_600_000;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (date.format(middle) === today) before = middle;
    else after = middle;
  }
  return after;
}
