/** What the guard says no to, in the words that tools use for the same thing without a policy. */

import { UserError } from '../crm/user-error.ts';
import { HubSpotError } from '../hubspot/errors.ts';
import type { PropertyValues, SearchRequest } from '../hubspot/index.ts';
import type { Access } from './guard-shown.ts';

export function unknownProperty(objectType: string, property: string): UserError {
  return new UserError('unknown_property', `${objectType} have no property ${JSON.stringify(property.slice(0, 80))}.`, {
    property: property.slice(0, 80),
    next: 'list_properties',
  });
}

/** @param cannot such as `be filtered by` */
function restricted(property: string, cannot: string): UserError {
  return new UserError('restricted_property', `The policy of this server does not let ${property} ${cannot}.`, {
    property,
    next: 'Leave it out, or ask the person who runs this server.',
  });
}

export function requireWritable(objectType: string, rows: readonly PropertyValues[], access: Access): void {
  for (const row of rows) {
    for (const name of Object.keys(row)) {
      const may = access(name);
      if (may === 'deny') throw unknownProperty(objectType, name);
      if (may !== 'allow') throw restricted(name, 'be written');
    }
  }
}

/** Whoever may look a value up learns whether it is there. */
export function requireReadable(objectType: string, idProperty: string | undefined, access: Access): void {
  if (idProperty === undefined) return;
  requireComparable(objectType, idProperty, access, 'name a record');
  // The client asks for it beside `email`, since a contact is found by either.
  if (idProperty === 'email' && access('hs_additional_emails') === 'deny') throw restricted('email', 'name a record');
}

function requireComparable(objectType: string, property: string, access: Access, cannot: string): void {
  const may = access(property);
  if (may === 'deny') throw unknownProperty(objectType, property);
  if (may === 'mask') throw restricted(property, cannot);
}

/** @param searchable what HubSpot looks into for `query` */
export function refuseSearch(
  objectType: string,
  request: SearchRequest,
  access: Access,
  searchable: readonly string[],
): void {
  for (const { filters } of request.filterGroups ?? []) {
    for (const { propertyName } of filters) requireComparable(objectType, propertyName, access, 'be filtered by');
  }
  for (const { propertyName } of request.sorts ?? []) {
    requireComparable(objectType, propertyName, access, 'be sorted by');
  }
  if (request.query !== undefined && searchable.some((name) => access(name) === 'deny' || access(name) === 'mask')) {
    throw new UserError(
      'restricted_query',
      'The policy of this server hides a property that HubSpot looks into for `query`. Use filterGroups instead.',
      { next: 'Leave out query and filter by a property that list_properties shows.' },
    );
  }
}

/**
 * What HubSpot's `query` looks into, of all its own types together: to ask for too many costs a filter, for too few a
 * secret.
 * Guess: nothing else is looked into.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm, compared 2026-11-22.
 */
export const QUERIED =
  'firstname lastname email phone hs_additional_emails fax mobilephone company website name domain dealname pipeline dealstage description dealtype subject content hs_pipeline_stage hs_ticket_category hs_ticket_id hs_note_body hs_task_body hs_task_subject hs_call_title hs_body_preview hs_email_subject hs_meeting_title hs_meeting_body price hs_sku hs_title hs_quote_number hs_public_url_key hs_proposal_slug hs_submission_name hs_content'.split(
    ' ',
  );

/** The same error without the names of what is denied: HubSpot's words may hold any of them. */
export function inWords<E>(error: E, access: Access): E | HubSpotError {
  if (!(error instanceof HubSpotError)) return error;
  const said = (text: string) => text.replaceAll(/\w+/g, (word) => (access(word) === 'deny' ? '…' : word));
  const { propertyName, errors, context } = error;
  const message = said(error.message);
  const hidden = propertyName !== undefined && access(propertyName) === 'deny';
  const spoken = new HubSpotError(message, error, { cause: undefined });
  return spoken.with({
    ...(hidden && { propertyName: '…', allowedValues: [] }),
    ...(errors && {
      errors: errors.map(({ message: text, propertyName: name, ...detail }) => ({
        ...detail,
        message: said(text),
        ...(name !== undefined && { propertyName: said(name) }),
      })),
    }),
    ...(context && {
      context: Object.fromEntries(Object.entries(context).map(([key, values]) => [key, values.map(said)])),
    }),
  });
}

export function requireExisting(objectType: string, property: string, access: Access): void {
  if (access(property) === 'deny') throw unknownProperty(objectType, property);
}

/** A new property that copies a hidden one would show it. */
export function refuseFormula(objectType: string, formula: string | undefined, access: Access): void {
  const hidden = (formula?.match(/\w+/g) ?? []).find((word) => access(word) === 'deny' || access(word) === 'mask');
  if (hidden !== undefined) throw unknownProperty(objectType, hidden);
}
