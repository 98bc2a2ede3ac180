/** How calls end, in the few words that an operator tells apart. */

/**
 * `ok`; `failed`: nothing of what was asked could be done, for reasons that the answer names; `refused`: by policy, for
 * want of approval or of a scope; `invalid`: the caller's mistake; `error`: this server's or HubSpot's.
 */
export type CallOutcome = 'ok' | 'failed' | 'refused' | 'invalid' | 'error';

/** What the operator's rules say no to. */
const REFUSALS = new Set([
  'approval_declined',
  'approval_invalid',
  'approval_needed',
  'approval_unavailable',
  'approval_used',
  'budget_spent',
  'denied_by_policy',
  'invalid_policy',
  'missing_scope',
  'not_in_profile',
  'read_only',
  'refused_by_policy',
  'restricted_property',
  'restricted_query',
  'sandbox_first',
  'toolset_not_enabled',
]);

/** What no caller can put right. */
const ERRORS = new Set([
  'account_unavailable',
  'bad_answer',
  'closed',
  'daily_limit',
  'deadline',
  'internal',
  'journal_unusable',
  'locked',
  'network',
  'queue_full',
  'rate_limited',
  'unauthorized',
  'unavailable',
]);

export function outcomeOf(code: string): CallOutcome {
  if (REFUSALS.has(code)) return 'refused';
  return ERRORS.has(code) ? 'error' : 'invalid';
}
