/** The one shape in which every failed call reaches a model or a program. */

import { UserError } from './crm/user-error.ts';
import { HubSpotError, type HubSpotErrorCode } from './hubspot/errors.ts';
import { JournalUnusable } from './journal/unusable.ts';

/** `message` and `next` are for a model, one or two sentences each; the rest is for programs too. */
export interface CallError {
  readonly code: string;
  readonly message: string;
  /** Whether the same call may succeed later, unchanged. */
  readonly retryable: boolean;
  readonly retryAfterMs?: number;
  /** HubSpot's support asks for it. */
  readonly correlationId?: string;
  readonly property?: string;
  readonly allowed?: readonly string[];
  readonly nearest?: readonly string[];
  readonly candidates?: readonly { readonly id: string; readonly label: string }[];
  readonly missingScopes?: readonly string[];
  readonly existingId?: string;
  /** What a person has to say yes to, one line each. */
  readonly changes?: readonly string[];
  /** Passed beside the same arguments once a person has said yes; it counts once. */
  readonly approvalToken?: string;
  readonly next?: string;
}

/** A list longer than this helps no model. */
const LISTED = 50;

/** A longer name is no name but what somebody wrote in its place. */
const LONGEST_NAME = 120;

/** What to do about HubSpot's refusals where the message alone does not say it. */
const nextSteps: Readonly<Partial<Record<HubSpotErrorCode, string>>> = {
  unauthorized: 'Ask the person who runs this server to check its HubSpot token: it may have expired or been rotated.',
  missing_scope: "Ask the person who runs this server to add a missing scope to the token's app or service key.",
  daily_limit: "Tell the person: it works again after midnight in the account's time zone.",
  not_found: 'Look for it by search_records, or by the list tool of its kind.',
  rate_limited: 'Wait a moment and repeat the call.',
  queue_full: 'Make fewer calls at a time, and repeat this one when some of them have ended.',
  unavailable: 'Wait for retryAfterMs, or some seconds, and repeat the call. If it goes on, tell the person.',
  deadline: 'Ask for less in one call, or repeat it.',
};

/** What may have been changed must not be repeated blindly. */
const uncertain = 'HubSpot may have acted on it. Look whether the change is there before you repeat the call.';

/** @returns undefined for what nobody foresaw: it must not be shown to a model as it is */
export function callError(thrown: unknown): CallError | undefined {
  if (thrown instanceof UserError) {
    const { allowed, property, ...details } = thrown.details;
    return {
      code: thrown.code,
      message: thrown.message,
      retryable: false,
      ...details,
      ...(property !== undefined && { property: shortened(property) }),
      ...(allowed && { allowed: listed(allowed) }),
    };
  }
  if (thrown instanceof JournalUnusable) {
    const next = 'Ask the person who runs this server to put its journal right, then repeat the call.';
    return { code: 'journal_unusable', message: thrown.message, retryable: false, next };
  }
  if (!(thrown instanceof HubSpotError)) return undefined;
  const {
    code,
    message,
    retryable,
    retryAfterMs,
    correlationId,
    propertyName,
    allowedValues,
    missingScopes,
    existingId,
  } = thrown;
  const next = thrown.sent === 'maybe' && !retryable ? uncertain : nextSteps[code];
  return {
    code,
    message,
    retryable,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(correlationId !== undefined && { correlationId }),
    ...(propertyName !== undefined && { property: shortened(propertyName) }),
    ...(allowedValues !== undefined && { allowed: listed(allowedValues) }),
    ...(missingScopes !== undefined && { missingScopes }),
    ...(existingId !== undefined && { existingId }),
    ...(next !== undefined && { next }),
  };
}

function shortened(name: string): string {
  return name.length <= LONGEST_NAME ? name : `${name.slice(0, LONGEST_NAME)}…`;
}

function listed(values: readonly string[]): readonly string[] {
  const shown = values.slice(0, LISTED).map(shortened);
  return values.length <= LISTED ? shown : [...shown, `… and ${values.length - LISTED} more`];
}
