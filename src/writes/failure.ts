/** One row that was not written, or may not have been: where it is, why, and what to do next. */

import * as z from 'zod';
import { callError } from '../call-error.ts';
import type { UserError } from '../crm/index.ts';
import { cutText } from '../crm/record-table.ts';
import type { HubSpotError } from '../hubspot/index.ts';
import type { Change } from './change.ts';
import { howToCheck, repeatable } from './describe.ts';

const words = z.array(z.string()).readonly().optional();

/** What is longer was never an id. */
const LONGEST_ID = 120;

/** The shape of every error, and the row it is about. */
export const failure = z.object({
  index: z.number().int(),
  /** The record, or what the definition is called. */
  id: z.string().optional(),
  /** `false` when nothing was sent for this row. */
  sent: z.boolean(),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  retryAfterMs: z.number().optional(),
  correlationId: z.string().optional(),
  property: z.string().optional(),
  allowed: words,
  nearest: words,
  candidates: z
    .array(z.object({ id: z.string(), label: z.string() }))
    .readonly()
    .optional(),
  missingScopes: words,
  /** The record that already has the value that must be unique. */
  existingId: z.string().optional(),
  next: z.string().optional(),
});

export type Failure = z.output<typeof failure>;

/** Where HubSpot holds another value than was asked for. */
export const difference = z.object({
  index: z.number().int(),
  id: z.string(),
  property: z.string(),
  asked: z.string(),
  found: z.string(),
});

export type Difference = z.output<typeof difference>;

/** A row that did not pass the check. */
export function refusal(index: number, error: UserError | HubSpotError, id: string | undefined): Failure {
  return {
    index,
    ...shortId(id),
    sent: false,
    ...describeError(error),
    ...useExisting(error),
  };
}

/** A row that HubSpot refused, or that was not sent for want of time or quota. */
export function rejection(index: number, change: Change, error: HubSpotError, sent: boolean): Failure {
  const said = { index, ...idOf(change), sent, ...describeError(error), ...useExisting(error) };
  if (change.kind !== 'merge') return said;
  return {
    ...said,
    next: 'This record was not merged. Once the reason is gone, plan_merge again with those that are left.',
  };
}

/** A row that was sent and whose fate is not known: repeating it blindly could write it twice. */
export function uncertainty(index: number, change: Change, error: HubSpotError): Failure {
  return {
    index,
    ...idOf(change),
    sent: true,
    ...describeError(error),
    retryable: repeatable(change),
    next: howToCheck(change),
  };
}

function describeError(error: UserError | HubSpotError): Omit<Failure, 'index' | 'id' | 'sent'> {
  const said = callError(error) ?? { code: 'internal', message: 'This row failed unexpectedly.', retryable: false };
  const missing = missingProperties(error);
  return missing.length > 0 ? { ...said, message: `${said.message} They are: ${missing.join(', ')}.` } : said;
}

/** HubSpot says beside its message, and not in it, which required properties were not set. */
function missingProperties(error: UserError | HubSpotError): readonly string[] {
  if (!('context' in error) || !/required properties/i.test(error.message)) return [];
  return (error.context?.['properties'] ?? []).filter((name) => !error.message.includes(name));
}

/** What to do when a record has the value already that must be unique. */
function useExisting(error: UserError | HubSpotError): { next: string } | undefined {
  if (!('existingId' in error) || error.existingId === undefined) return undefined;
  return { next: `Use update_records with id ${error.existingId}, or upsert_records by the unique property (email).` };
}

function shortId(id: string | undefined): { id: string } | undefined {
  return id === undefined ? undefined : { id: cutText(id, LONGEST_ID) };
}

function idOf(change: Change): { id: string } | undefined {
  switch (change.kind) {
    case 'update':
    case 'archive':
      return shortId(change.id);
    case 'merge':
      return shortId(change.loser);
    case 'upsert':
      return shortId(change.value);
    case 'define':
      return shortId(change.name);
    case 'create':
    case 'associate':
    case 'dissociate':
      return undefined;
  }
}
