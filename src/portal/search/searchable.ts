/**
 * The properties that a search may name.
 * Source: developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm and
 * .../crm/properties/sensitive-data, compared 2026-11-22.
 */

import { isSearchable } from '../definitions/sensitive-data.ts';
import { invalid } from '../errors.ts';
import type { Property } from '../facts/definitions.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';

/** Properties of the previews and bodies that HubSpot does not search in, by object type id. */
const emails: readonly string[] = ['hs_email_html', 'hs_body_preview'];

/** A property that filters and sorts may name. Guess: the words for one that is not there or not searched. @throws PortalError 400 */
export function searchableProperty(store: Store, type: ObjectTypeFacts, name: string): Property {
  const property = store.properties.get(type.id, name);
  if (!property || property.archived) {
    const message = `Property "${name}" does not exist`;
    throw invalid(message, { errors: [{ message, code: 'PROPERTY_DOESNT_EXIST', context: { propertyName: [name] } }] });
  }
  const unfilterable =
    type.activity && (name === 'hs_body_preview_html' || (type.id === '0-49' && emails.includes(name)));
  if (unfilterable || !isSearchable(property)) {
    throw invalid(`Property "${name}" cannot be searched`);
  }
  return property;
}

/** What `query` looks into: the type's properties as far as the portal has them. */
export function searchedProperties(store: Store, type: ObjectTypeFacts): string[] {
  return type.searched.filter((name) => isKnown(store, type, name));
}

/**
 * Where `query` looks for telephone numbers: HubSpot keeps them there without country code and punctuation. None for a
 * type whose telephone numbers are not searched.
 */
export function searchedPhones(store: Store, type: ObjectTypeFacts): string[] {
  const names = ['hs_searchable_calculated_phone_number', 'hs_searchable_calculated_mobile_number'];
  return type.searched.includes('phone') ? names.filter((name) => isKnown(store, type, name)) : [];
}

function isKnown(store: Store, type: ObjectTypeFacts, name: string): boolean {
  const property = store.properties.get(type.id, name);
  return property?.archived === false && isSearchable(property);
}
