/** When an operator has to know. Pure: a condition in, what is wrong with it out. */

import type { Condition } from './condition.ts';

export const ALERTS = [
  'error_rate',
  'rate_limited',
  'quota_low',
  'unknown_writes',
  'journal_broken',
  'audit_broken',
  'redis_lost',
  'hubspot_down',
  'token_refused',
  'approvals_declined',
] as const;
export type AlertName = (typeof ALERTS)[number];

export interface Finding {
  readonly alert: AlertName;
  readonly severity: 'warning' | 'critical';
  /** One sentence or two: what is, and what to do. No record's text, no caller's words. */
  readonly message: string;
}

/** What an operator may set. */
export interface Thresholds {
  /** Of the calls of the last five minutes, from 0 to 1. */
  readonly errorRate: number;
  /** Of the account's day, from 0 to 1. */
  readonly dayLeft: number;
}

export const USUAL: Thresholds = { errorRate: 0.2, dayLeft: 0.1 };

/** Of fewer calls, a share says little. */
const LEAST_CALLS = 10;
/** HubSpot's limits are kept here, so that a single 429 is somebody else's doing, and a few are not. */
const LIMIT_REFUSALS = 3;
const DECLINES = 3;

export function findings(condition: Condition, thresholds: Thresholds = USUAL): Finding[] {
  const found: Finding[] = [];
  const add = (alert: AlertName, severity: Finding['severity'], message: string) =>
    found.push({ alert, severity, message });
  const { calls, quota, journal, breakers } = condition;

  if (calls.ended >= LEAST_CALLS && calls.errors >= thresholds.errorRate * calls.ended) {
    add(
      'error_rate',
      'critical',
      `${calls.errors} of the ${calls.ended} calls of the last five minutes ended in an error of HubSpot's or of this server's. Its log says which.`,
    );
  }
  if (condition.refusedByLimit >= LIMIT_REFUSALS) {
    add(
      'rate_limited',
      'warning',
      `HubSpot has refused ${condition.refusedByLimit} requests of the last five minutes because of its limits: something else uses this account's quota, or another process this token without the same Redis.`,
    );
  }
  const day = quota?.daily;
  if (isDayOver(condition)) {
    add(
      'quota_low',
      'critical',
      'The calls that the account has a day are used up, so that HubSpot answers none. It counts anew at midnight in the account’s time zone.',
    );
  } else if (day && day.remaining <= thresholds.dayLeft * day.limit) {
    add(
      'quota_low',
      'warning',
      `${day.remaining} of the ${day.limit} calls that the account has a day are left to this server.`,
    );
  }
  if (condition.unknownRows > 0) {
    add(
      'unknown_writes',
      'warning',
      `Of ${condition.unknownRows} rows nobody knows whether HubSpot wrote them. list_changes with unsettled: true shows them, and what to look for.`,
    );
  }
  if (journal?.broken !== undefined) add('journal_broken', 'critical', journal.broken);
  if (condition.auditTrouble !== undefined) {
    add(
      'audit_broken',
      'critical',
      `The audit log cannot be written (${condition.auditTrouble}). Its lines are kept in memory until it can; writes go on, and the journal has them.`,
    );
  }
  if (quota?.degraded !== undefined)
    add('redis_lost', 'warning', `Less than the whole quota can be used at the moment: ${quota.degraded}`);
  if (breakers.api === 'open' || breakers.forms === 'open') {
    add(
      'hubspot_down',
      'critical',
      'HubSpot answers with server errors or not at all. Calls are refused until it works again; it is tried now and then.',
    );
  }
  if (isTokenRefused(condition)) {
    add(
      'token_refused',
      'critical',
      'HubSpot refuses the token: it was rotated, or has expired. Give the server the new one.',
    );
  }
  if (condition.declined >= DECLINES) {
    add(
      'approvals_declined',
      'warning',
      `People have said no to ${condition.declined} changes in the last five minutes: an agent asks for what nobody wants. Look at what it reads.`,
    );
  }
  return found;
}

/** By HubSpot's word, or because this server's own share of the day is used. */
function isDayOver({ quota, lastAnswer }: Condition): boolean {
  return lastAnswer?.error === 'daily_limit' || quota?.daily?.remaining === 0;
}

export function isTokenRefused({ lastAnswer }: Condition): boolean {
  return lastAnswer?.error === 'unauthorized';
}

/** Not even a read can succeed. A journal that is broken stops writes alone, and only a write finds out that it is mended. */
export function isDown(condition: Condition): boolean {
  return condition.breakers.api === 'open' || isTokenRefused(condition) || isDayOver(condition);
}
