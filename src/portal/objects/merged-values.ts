/**
 * The values that two records have as one: the primary record's, and the other's where it has none, with exceptions.
 * Source: knowledge.hubspot.com/records/merge-records and HubSpot's changelog about merging, compared 2026-11-22.
 * Guess: of the exceptions, which properties exactly keep their oldest value, and that having opted out of all e-mail stays.
 */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { united as unitedConversions } from '../forms/conversions.ts';
import { ownMembers } from '../own-members.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';

type Values = Readonly<Record<string, string>>;

/** What tells where a record came from first: the older record's values stay. */
const oldest = /^(hs_analytics_(source|source_data_[12]|first_\w+)|first_conversion_\w+)$/;

/** The date at which something was reached: the earlier one stays. */
const earliest = /^(hs_lifecyclestage_\w+_date|hs_v2_date_entered_\w+|hs_date_entered_\w+)$/;

/** `moved` names what came from the record that is merged into the primary one. */
export function mergedValues(
  store: Store,
  type: ObjectTypeFacts,
  primary: StoredRecord,
  other: StoredRecord,
): { values: Record<string, string>; moved: string[] } {
  const values = ownMembers({ ...primary.properties });
  const moved: string[] = [];
  for (const [name, theirs] of Object.entries(other.properties)) {
    const own = primary.properties[name];
    if (own === theirs) continue;
    if (own !== undefined && !prefersOther(store, type, name, own, theirs, other.createdAt < primary.createdAt))
      continue;
    values[name] = theirs;
    moved.push(name);
  }
  Object.assign(values, added(type, primary.properties, other.properties, values));
  return { values, moved };
}

function prefersOther(
  store: Store,
  type: ObjectTypeFacts,
  name: string,
  own: string,
  theirs: string,
  otherIsOlder: boolean,
): boolean {
  if (name === 'lifecyclestage') {
    const options = store.properties.get(type.id, name)?.options ?? [];
    const place = (value: string) => options.findIndex((option) => option.value === value);
    return place(theirs) > place(own);
  }
  // Who unsubscribed with one address did so as the person; the status under which more may be sent stays.
  if (name === 'hs_email_optout' || name === 'hs_marketable_status') return theirs === 'true';
  if (earliest.test(name)) return theirs < own;
  return oldest.test(name) && otherIsOlder;
}

/** What both records bring: a contact's addresses and conversions, a company's domains. */
function added(type: ObjectTypeFacts, primary: Values, other: Values, values: Values): Record<string, string> {
  if (type.id === '0-1') {
    return {
      ...united('email', 'hs_additional_emails', primary, other, values),
      ...unitedConversions(primary, other),
    };
  }
  if (type.id === '0-2') return united('domain', 'hs_additional_domains', primary, other, values);
  return {};
}

function united(main: string, more: string, primary: Values, other: Values, values: Values): Record<string, string> {
  const all = [primary[main], primary[more], other[main], other[more]].flatMap((value) => (value ?? '').split(';'));
  const others = [...new Set(all)].filter((value) => value !== '' && value !== values[main]);
  return others.length > 0 ? { [more]: others.join(';') } : {};
}
