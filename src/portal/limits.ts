/**
 * HubSpot's request limits: a rolling window per token, a second one for associations, a short one for all searches of
 * the account, and a daily count.
 * Sources: developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines, .../crm/search-the-crm and
 * .../crm/associations/associate-records/guide, compared 2026-11-22. Headers and bodies were recorded from live calls: a
 * search, answered or refused, has the two daily headers and no other; what the gateway refuses for want of a scope has
 * none; the deprecated limit per second is a tenth of the burst.
 * Guess: a refused request counts against nothing, a search not against the burst window, and associations against
 * their own window only, but also against the account's day.
 */

import type { Clock } from '../clock.ts';
import { PortalError } from './errors.ts';
import type { Budget, Token } from './route.ts';

export type Tier = 'starter' | 'professional' | 'enterprise';

/** How many API limit increases the account has bought. */
export type LimitIncreases = 0 | 1 | 2;

/** A limit that can be reached; `SECONDLY` is that of other endpoints than search, which says it differently. */
export type LimitPolicy =
  | 'TEN_SECONDLY_ROLLING'
  | 'SECONDLY'
  | 'SEARCH'
  | 'DAILY'
  | 'ASSOCIATIONS'
  | 'ASSOCIATIONS_DAILY';

interface TierLimits {
  readonly burst: number;
  readonly daily: number;
  readonly associations: number;
  readonly associationsDaily: number;
}

/**
 * Guess: Starter's daily associations are those of the other tiers. Professional's 625,000 follows the usage page and
 * recorded headers; a changelog says 650,000.
 */
const tiers: Readonly<Record<Tier, TierLimits>> = {
  starter: { burst: 100, daily: 250_000, associations: 100, associationsDaily: 500_000 },
  professional: { burst: 190, daily: 625_000, associations: 150, associationsDaily: 500_000 },
  enterprise: { burst: 190, daily: 1_000_000, associations: 150, associationsDaily: 500_000 },
};

/** A second increase adds to the day only. */
function limitsOf(tier: Tier, increases: LimitIncreases): TierLimits {
  const plain = tiers[tier];
  if (increases === 0) return plain;
  return { burst: 250, daily: plain.daily + increases * 1_000_000, associations: 200, associationsDaily: 1_000_000 };
}

/** Of each public app in each account that installed it, whatever the tier. */
const PUBLIC_BURST = 110;
const BURST_MS = 10_000;
const SECOND_MS = 1_000;
const SEARCHES_PER_SECOND = 5;
/** Told where no limit is enforced: without a word, clients that read the headers keep to the smallest limit. */
const UNREACHED = 999_999_999;
/** Submissions of forms without a token. Guess: counted for the account, and told by no header. */
const SUBMISSIONS_PER_WINDOW = 50;

export interface Limits {
  /** Counts one request, where limits are enforced; the headers that its answer carries. @throws LimitReached */
  take(budget: Budget, token: Token): Readonly<Record<string, string>>;
  /** What a request is told that reaches a limit, whether or not one is reached. */
  refusal(policy: LimitPolicy): LimitReached;
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
  readonly limit: number;
  readonly #times: number[] = [];
  readonly #ms: number;

  constructor(limit: number, ms: number) {
    this.limit = limit;
    this.#ms = ms;
  }

  remaining(now: number): number {
    while ((this.#times[0] ?? now) <= now - this.#ms) this.#times.shift();
    return this.limit - this.#times.length;
  }

  /** How many of them were counted after `since`. */
  countedAfter(since: number): number {
    return this.#times.length - (this.#times.findLastIndex((time) => time <= since) + 1);
  }

  take(now: number): void {
    this.#times.push(now);
  }
}

/** `timeZone` is asked when a day begins: the account's settings may change. */
export function createLimits(options: {
  clock: Clock;
  tier: Tier;
  increases: LimitIncreases;
  enforced: boolean;
  timeZone: () => string;
  requestId: () => string;
}): Limits {
  const { clock, enforced } = options;
  const limits = limitsOf(options.tier, options.increases);
  const windows = new Map<string, RollingWindow>();
  const search = new RollingWindow(SEARCHES_PER_SECOND, SECOND_MS);
  const submissions = new RollingWindow(SUBMISSIONS_PER_WINDOW, BURST_MS);
  let day = { begins: 0, ends: 0, used: 0, associations: 0 };

  const today = () => {
    const now = clock.now();
    // It may also have been set back.
    if (now < day.begins || now >= day.ends) day = { ...dayOf(now, options.timeZone()), used: 0, associations: 0 };
    return day;
  };

  const windowOf = (budget: 'burst' | 'associations', token: Token): RollingWindow => {
    const owner = token.appId === undefined ? token.value : `app ${token.appId}`;
    const key = `${budget} ${owner}`;
    const known = windows.get(key);
    if (known) return known;
    // Guess: a public app has the account's window for associations.
    const limit =
      budget === 'associations' ? limits.associations : token.appId === undefined ? limits.burst : PUBLIC_BURST;
    const made = new RollingWindow(limit, BURST_MS);
    if (windows.size >= MOST_WINDOWS) forgetEmpty(windows, clock.elapsed());
    windows.set(key, made);
    return made;
  };

  const dailyHeaders = (remaining = Math.max(0, limits.daily - today().used)) => ({
    'x-hubspot-ratelimit-daily': String(limits.daily),
    'x-hubspot-ratelimit-daily-remaining': String(remaining),
  });

  const burstHeaders = (limit: number, remaining: number, inLastSecond: number) => {
    const secondly = Math.floor(limit / 10);
    return {
      'x-hubspot-ratelimit-max': String(limit),
      'x-hubspot-ratelimit-remaining': String(Math.max(0, remaining)),
      'x-hubspot-ratelimit-interval-milliseconds': String(BURST_MS),
      'x-hubspot-ratelimit-secondly': String(secondly),
      'x-hubspot-ratelimit-secondly-remaining': String(Math.max(0, secondly - inLastSecond)),
    };
  };

  /** As HubSpot's page and recorded bodies word it. */
  const reached = (policyName: string, headers: Record<string, string>) =>
    new LimitReached(
      {
        message: `You have reached your ${policyName.toLowerCase()} limit.`,
        errorType: 'RATE_LIMIT',
        policyName,
        requestId: options.requestId(),
      },
      headers,
    );

  const refusal = (policy: LimitPolicy, token?: Token): LimitReached => {
    const daily = token?.appId === undefined ? dailyHeaders() : {};
    switch (policy) {
      case 'DAILY':
      case 'ASSOCIATIONS_DAILY':
        return reached('DAILY', policy === 'DAILY' ? dailyHeaders(0) : daily);
      case 'SEARCH':
        return new LimitReached({ message: 'You have reached your secondly limit.', category: 'RATE_LIMITS' }, daily);
      case 'SECONDLY':
        return reached('SECONDLY', daily);
      case 'TEN_SECONDLY_ROLLING':
      case 'ASSOCIATIONS': {
        const burst = token?.appId === undefined ? limits.burst : PUBLIC_BURST;
        const limit = policy === 'ASSOCIATIONS' ? limits.associations : burst;
        return reached('TEN_SECONDLY_ROLLING', { ...burstHeaders(limit, 0, Math.floor(limit / 10)), ...daily });
      }
    }
  };

  return {
    take(budget, token) {
      if (budget === 'none') return {};
      if (!enforced) return budget === 'search' || budget === 'forms' ? {} : burstHeaders(UNREACHED, UNREACHED, 0);
      const now = clock.elapsed();
      if (budget === 'forms') {
        if (submissions.remaining(now) <= 0) throw reached('TEN_SECONDLY_ROLLING', {});
        submissions.take(now);
        return {};
      }
      // No daily limit is stated for public apps, nor do their answers tell of one.
      const hasDay = token.appId === undefined;
      if (hasDay && today().used >= limits.daily) throw refusal('DAILY', token);
      if (budget === 'associations' && today().associations >= limits.associationsDaily) {
        throw refusal('ASSOCIATIONS_DAILY', token);
      }
      const window = budget === 'search' ? search : windowOf(budget, token);
      if (window.remaining(now) <= 0) {
        const policies = { search: 'SEARCH', burst: 'TEN_SECONDLY_ROLLING', associations: 'ASSOCIATIONS' } as const;
        throw refusal(policies[budget], token);
      }
      window.take(now);
      if (hasDay) today().used++;
      if (budget === 'associations') today().associations++;
      const daily = hasDay ? dailyHeaders() : {};
      if (budget === 'search') return daily;
      const inLastSecond = window.countedAfter(now - SECOND_MS);
      return { ...burstHeaders(window.limit, window.remaining(now), inLastSecond), ...daily };
    },
    refusal: (policy) => refusal(policy),
    dailyUsage: () => ({ limit: limits.daily, used: today().used, resetsAt: today().ends }),
  };
}

/** Where any bearer opens the portal, whoever sends ever new ones must not fill its memory. */
const MOST_WINDOWS = 1_000;

function forgetEmpty(windows: Map<string, RollingWindow>, now: number): void {
  for (const [key, window] of windows) if (window.remaining(now) === window.limit) windows.delete(key);
}

/** The first instants of the day that `now` is in and of the next, in milliseconds since the epoch. */
function dayOf(now: number, timeZone: string): { begins: number; ends: number } {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  const today = date.format(now);
  const edge = (direction: 1 | -1) => {
    // A day has 25 hours where clocks go back; halve the distance down to the millisecond.
    let inside = now;
    let outside = now + direction * 25 * 3_600_000;
    while (date.format(outside) === today) outside += direction * 3_600_000;
    while (Math.abs(outside - inside) > 1) {
      const middle = Math.floor((inside + outside) / 2);
      if (date.format(middle) === today) inside = middle;
      else outside = middle;
    }
    return { inside, outside };
  };
  return { begins: edge(-1).inside, ends: edge(1).outside };
}
