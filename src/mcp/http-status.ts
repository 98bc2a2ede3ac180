/** The HTTP status that fits a failed call. */

import type { CallError } from '../call-error.ts';

const statuses: Readonly<Record<string, number>> = {
  unknown_tool: 404,
  read_only: 403,
  toolset_not_enabled: 403,
  /** The same request with the approval's token in it goes through. */
  approval_needed: 428,
  approval_unavailable: 403,
  approval_invalid: 409,
  approval_used: 409,
  missing_scope: 403,
  not_in_profile: 403,
  denied_by_policy: 403,
  sandbox_first: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  locked: 423,
  too_large: 413,
  budget_spent: 429,
  rate_limited: 429,
  daily_limit: 429,
  queue_full: 503,
  closed: 503,
  unavailable: 503,
  account_unavailable: 503,
  unauthorized: 502,
  network: 502,
  bad_answer: 502,
  deadline: 504,
  cancelled: 499,
  internal: 500,
};

/** What is not listed is something the caller can put right. `unauthorized` is about HubSpot's token, not the caller's. */
export function statusOf(error: CallError): number {
  return statuses[error.code] ?? 400;
}
