/** What `/healthz` says. Pure. */

import type { Condition } from './condition.ts';
import { type Finding, isDown, isTokenRefused } from './rules.ts';

export interface Health {
  /** `down`: no call can succeed until something changes. */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly reasons: readonly string[];
  readonly journal: { readonly state: 'ok' | 'broken' | 'unused'; readonly unknownRows: number };
  readonly quota?: {
    readonly degraded?: string;
    readonly waiting: number;
    readonly daily?: { readonly limit: number; readonly remaining: number };
  };
  readonly hubspot: {
    readonly breaker: 'closed' | 'open';
    readonly tokenRefused: boolean;
    /** Of the last request; ISO 8601. */
    readonly lastAnswer?: { readonly at: string; readonly status?: number; readonly error?: string };
  };
}

/** Alerts about what was, or about what callers do, and not about what this server can do now. */
const PAST = new Set(['error_rate', 'rate_limited', 'approvals_declined', 'unknown_writes']);

export function healthOf(condition: Condition, found: readonly Finding[]): Health {
  const now = found.filter(({ alert }) => !PAST.has(alert));
  const { quota, journal, breakers, lastAnswer } = condition;
  const reasons = now.map(({ message }) => message);
  const journalState = journal === undefined ? 'unused' : journal.broken === undefined ? 'ok' : 'broken';
  return {
    status: isDown(condition) ? 'down' : reasons.length > 0 ? 'degraded' : 'ok',
    reasons,
    journal: { state: journalState, unknownRows: condition.unknownRows },
    ...(quota && {
      quota: {
        ...(quota.degraded !== undefined && { degraded: quota.degraded }),
        waiting: quota.burst.waiting + quota.search.waiting + quota.associations.waiting,
        ...(quota.daily && { daily: quota.daily }),
      },
    }),
    hubspot: {
      breaker: breakers.api === 'open' || breakers.forms === 'open' ? 'open' : 'closed',
      tokenRefused: isTokenRefused(condition),
      ...(lastAnswer && { lastAnswer: { ...lastAnswer, at: new Date(lastAnswer.at).toISOString() } }),
    },
  };
}
