/** What the headers of HubSpot's answers say of its limits. */

import type { SeenDay } from './day.ts';
import type { Seen } from './window.ts';

/** Search answers carry none of these. */
export function burstIn(headers: Readonly<Record<string, string>>): Seen {
  const limit = count(headers['x-hubspot-ratelimit-max']);
  const remaining = count(headers['x-hubspot-ratelimit-remaining']);
  const windowMs = count(headers['x-hubspot-ratelimit-interval-milliseconds']);
  return {
    ...(limit ? { limit } : {}),
    ...(limit && remaining !== undefined ? { remaining } : {}),
    ...(windowMs ? { windowMs } : {}),
  };
}

export function dayIn(headers: Readonly<Record<string, string>>): SeenDay | undefined {
  const limit = count(headers['x-hubspot-ratelimit-daily']);
  const remaining = count(headers['x-hubspot-ratelimit-daily-remaining']);
  return limit === undefined || remaining === undefined ? undefined : { limit, remaining };
}

function count(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,9}$/.test(header) ? Number(header) : undefined;
}

/**
 * The associations API has a limit of its own that follows the tier: 100, 150, or 200 with the add-on.
 * Guess: what the headers of its own answers speak of is not documented, so they are not read.
 */
export function associationsLimit(burst: number): number {
  if (burst >= 250) return 200;
  return Math.min(burst, 150);
}
