/** What a failure that is no row's fault means for a job. */

import { callError } from '../call-error.ts';
import { JournalUnusable } from '../journal/index.ts';

/** HubSpot did nothing, and it is nobody's values that it minds: the rows are as good as new. */
const PASSING = new Set([
  'closed',
  'cancelled',
  'deadline',
  'daily_limit',
  'forbidden',
  'locked',
  'missing_scope',
  'network',
  'bad_answer',
  'queue_full',
  'rate_limited',
  'unauthorized',
  'unavailable',
]);

/** Of these, what meets every batch alike until a person, or the next day, has changed something. */
const LASTING = new Set(['closed', 'cancelled', 'daily_limit', 'forbidden', 'missing_scope', 'unauthorized']);

export const isPassing = (code: string): boolean => PASSING.has(code);

/** Waiting a moment may help. */
export const isBrief = (code: string): boolean => PASSING.has(code) && !LASTING.has(code);

/** Why a job does not get on. */
export interface Setback {
  readonly code: string;
  readonly message: string;
  readonly next?: string | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** What was thrown about a whole batch; undefined for what nobody foresaw. */
export function setbackOf(thrown: unknown): Setback | undefined {
  if (thrown instanceof JournalUnusable) return { code: 'journal_unusable', message: thrown.message };
  return callError(thrown);
}

const DAY_MS = 86_400_000;

/** When the account's day begins anew, in milliseconds since the epoch; an hour early or late where clocks change. */
export function nextDay(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(now);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value ?? 0);
  const today = ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000 + (now % 1000);
  return now - today + DAY_MS;
}
