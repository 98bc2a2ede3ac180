/** Whether a failed request is sent again, and when: decided by what a second sending would mean. */

import type { Clock, Random } from '../clock.ts';
import type { HubSpotErrorFields } from './errors.ts';
import type { Meaning } from './operations.ts';

const MAX_ATTEMPTS = 3;

/**
 * Answers that a later attempt may change.
 * Source: developers.hubspot.com/docs/api-reference/error-handling, compared 2026-11-22.
 */
const PASSING_STATUS = new Set([423, 429, 477, 500, 502, 503, 504, 521, 522, 523, 524]);

const BASE_DELAY_MS = 500;
const LONGEST_DELAY_MS = 8_000;
/** HubSpot asks for it after 423. */
const LOCKED_DELAY_MS = 2_000;

type Failure = Pick<HubSpotErrorFields, 'code' | 'sent' | 'status' | 'retryAfterMs'>;

/** Milliseconds until the next attempt, or undefined when there is none. `attempt` counts from 1. */
export function retryDelay(error: Failure, meaning: Meaning, attempt: number, random: Random): number | undefined {
  if (attempt >= MAX_ATTEMPTS || !mayRepeat(error, meaning)) return undefined;
  // The refused budget is frozen for as long as HubSpot said; the call waits there, in its place.
  if (error.code === 'rate_limited') return 0;
  const jitter = random.float() * Math.min(LONGEST_DELAY_MS, BASE_DELAY_MS * 2 ** attempt);
  const delay = error.retryAfterMs ?? jitter;
  return error.code === 'locked' ? Math.max(LOCKED_DELAY_MS, delay) : delay;
}

/** Whether sending again is safe and may help. */
export function mayRepeat(error: Failure, meaning: Meaning): boolean {
  if (error.code === 'rate_limited') return true;
  if (error.sent === 'no' && (error.code === 'network' || error.code === 'deadline')) return true;
  if (meaning === 'create' || error.code === 'daily_limit') return false;
  if (error.code === 'network' || error.code === 'bad_answer' || error.code === 'deadline')
    return error.sent === 'maybe';
  return PASSING_STATUS.has(error.status ?? 0);
}

const BUDGET_SPAN_MS = 60_000;
/** Of the first attempts of the last minute, so many may be followed by another. */
const BUDGET_SHARE = 0.1;
/** Where there are few calls, a share of them would be nothing. */
const BUDGET_LEAST = 10;

/** What all calls together may repeat, so that retries do not multiply the load on a HubSpot that fails. */
export interface RetryBudget {
  /** Counts a first attempt. */
  sent(): void;
  /** Counts a repetition, if there is budget left for it. */
  mayRepeat(): boolean;
}

export function createRetryBudget(clock: Clock): RetryBudget {
  const sent: number[] = [];
  const repeated: number[] = [];
  const recent = (times: number[]) => {
    const since = clock.elapsed() - BUDGET_SPAN_MS;
    const old = times.findIndex((at) => at > since);
    times.splice(0, old < 0 ? times.length : old);
    return times.length;
  };
  return {
    sent() {
      recent(sent);
      sent.push(clock.elapsed());
    },
    mayRepeat() {
      if (recent(repeated) >= Math.max(BUDGET_LEAST, BUDGET_SHARE * recent(sent))) return false;
      repeated.push(clock.elapsed());
      return true;
    },
  };
}

/**
 * How long HubSpot asks to wait. On 477 it is documented in seconds and may be hours. On 429 it is not documented at
 * all; seconds are assumed, a number above 1,000 is taken for milliseconds, and more than a minute is not believed.
 */
export function retryAfterMs(header: string | undefined, status: number, now: number): number | undefined {
  if (header === undefined) return undefined;
  const seconds = /^\d+(?:\.\d+)?$/.test(header.trim()) ? Number(header) : (Date.parse(header) - now) / 1000;
  if (!Number.isFinite(seconds) || seconds < 0) return undefined;
  if (status === 477) return seconds * 1000;
  return Math.min(60_000, seconds > 1000 ? seconds : seconds * 1000);
}
