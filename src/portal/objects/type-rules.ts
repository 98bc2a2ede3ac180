/**
 * What HubSpot asks of the records of single types, beyond their values.
 * Sources: developers.hubspot.com/docs/api-reference/latest/crm/objects/{leads,quotes}/guide and .../contacts/guide (pinned
 * activities), compared 2026-11-22. Guess: the words of the refusals.
 */

import { invalid } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { RecordRef } from '../store/associations.ts';
import type { Store } from '../store/store.ts';
import { type Changes, valuesInvalid } from '../values/check.ts';
import { type ResolvedLink, unlinkAll } from './links.ts';

const CONTACTS = '0-1';
const QUOTES = '0-14';
const LEADS = '0-136';

/** The primary association of a lead. */
const primaryTypes: Readonly<Record<string, number>> = { '0-1': 578, '0-2': 580 };

/** Types that HubSpot creates only linked with another one. */
const requiredLinks: Readonly<Record<string, string>> = { [LEADS]: CONTACTS };

/** What a quote that leaves its draft is made of. */
const quoteParts = [
  { typeId: '0-3', name: 'deal' },
  { typeId: '0-8', name: 'line item' },
  { typeId: '0-64', name: 'quote template' },
];

/** The links of a new record as they are written. @throws PortalError 400 where one is missing that its type must have */
export function linksOfNew(store: Store, type: ObjectTypeFacts, links: readonly ResolvedLink[]): ResolvedLink[] {
  const needed = requiredLinks[type.id];
  if (needed !== undefined && !links.some(({ to }) => to.typeId === needed)) {
    throw invalid(
      `Error creating ${type.fullyQualifiedName}. It must be associated with a ${store.objectType(needed)?.singular}.`,
    );
  }
  if (type.id !== LEADS || links.some(({ types }) => types.some(({ single }) => single))) return [...links];
  // Guess: the first contact of a lead that names no primary record is its primary one.
  const first = links.findIndex(({ to }) => to.typeId === CONTACTS);
  return links.map((link, at) => {
    const primary = store.associationTypes
      .between(LEADS, CONTACTS)
      .find(({ typeId }) => typeId === primaryTypes[CONTACTS]);
    return at === first && primary ? { ...link, types: [...link.types, primary] } : link;
  });
}

/** Checks what a write sets against the links that the record has then. @throws PortalError 400 */
export function checkTypeRules(
  store: Store,
  type: ObjectTypeFacts,
  changes: Changes,
  isLinked: (typeId: string, id?: string) => boolean,
): void {
  const pinned = changes['hs_pinned_engagement_id'];
  if (pinned) {
    const activities = store.objectTypes().filter(({ activity }) => activity);
    if (!activities.some(({ id }) => isLinked(id, pinned))) {
      const message = `Engagement ${pinned} is not associated with this record and cannot be pinned.`;
      throw valuesInvalid([{ message, error: 'INVALID_PINNED_ENGAGEMENT', name: 'hs_pinned_engagement_id' }]);
    }
  }
  const status = type.id === QUOTES ? changes['hs_status'] : undefined;
  // A draft may be made step by step.
  if (!status || status === 'DRAFT' || status === 'REJECTED') return;
  const missing = quoteParts.filter(({ typeId }) => !isLinked(typeId)).map(({ name }) => name);
  if (missing.length === 0) return;
  const message = `A quote needs an associated ${missing.join(' and an associated ')} to be ${status}.`;
  throw valuesInvalid([{ message, error: 'MISSING_ASSOCIATION', name: 'hs_status' }]);
}

/**
 * HubSpot deletes a lead when its last primary association goes. From now on the store does, too; `now` gives the time of
 * the deletion.
 */
export function keepLeadsLinked(store: Store, now: () => number): void {
  store.beforeCommit((records) => {
    for (const { typeId, id } of records) {
      const lead = typeId === LEADS ? store.records.get(LEADS, id) : undefined;
      if (!lead || lead.id !== id || lead.archivedAt !== null || hasPrimary(store, lead)) continue;
      unlinkAll(store, lead);
      store.records.archive(lead, now());
    }
  });
}

function hasPrimary(store: Store, lead: RecordRef): boolean {
  return Object.keys(primaryTypes).some((typeId) => store.associations.primary(lead, typeId) !== undefined);
}
