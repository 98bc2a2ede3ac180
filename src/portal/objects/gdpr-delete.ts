/**
 * Deleting a record for good: it, its history and its links are gone, and its addresses are blocked.
 * Sources: developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide and knowledge.hubspot.com/
 * privacy-and-consent/how-do-i-perform-a-gdpr-delete-in-hubspot ("Perform a permanent delete"), compared 2026-11-22.
 * Guess: HubSpot purges within 30 days, the portal at once; activities with the record stay, without it.
 */

import { createHash } from 'node:crypto';
import { readBody } from '../body.ts';
import type { Route } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import { findRecord, isPlainId, requireRecord } from './find.ts';
import { gdprDeleteInput } from './input.ts';
import { unlinkAll } from './links.ts';
import { typeAllowing } from './operations.ts';
import { objectScopes } from './scopes.ts';

export const gdprDeleteRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/gdpr-delete',
    scopes: objectScopes.write,
    budget: 'burst',
    source: {
      page: 'developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide',
      compared: '2026-11-22',
    },
    handle(call) {
      const type = typeAllowing(call, 'gdpr-delete');
      const { objectId, idProperty } = readBody(call, gdprDeleteInput);
      // An archived record is personal data, too.
      const record =
        findRecord(call, type, objectId, { idProperty }) ??
        findRecord(call, type, objectId, { idProperty, archived: true });
      if (record) {
        for (const { property, value } of call.store.uniqueValues.keys(type.id, record.properties)) {
          if (property === 'email') block(call.store, value);
        }
        erase(call.store, record);
      } else if (idProperty === 'email') {
        // An address that nobody has is blocked all the same.
        block(call.store, objectId);
      } else requireRecord(call, type, objectId, isPlainId(idProperty) ? {} : { idProperty });
      return { status: 204 };
    },
  },
];

/**
 * Whether an address was deleted for good: the user interface and imports may not add it again; the API, forms and
 * incoming mail may.
 */
export function isBlocked(store: Store, email: string): boolean {
  return store.blockedEmails.get(CONTACTS, fingerprint(email)) === true;
}

function erase(store: Store, record: StoredRecord): void {
  unlinkAll(store, record);
  store.records.erase(record);
}

/** Addresses are kept as fingerprints only. */
function block(store: Store, email: string): void {
  store.blockedEmails.put(CONTACTS, fingerprint(email), true);
}

const CONTACTS = '0-1';

function fingerprint(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}
