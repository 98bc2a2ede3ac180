/**
 * Making one record of two.
 * Sources: HubSpot's published merge endpoints and knowledge.hubspot.com/records/merge-records, compared 2026-11-22.
 * Guess: a contact keeps its primary record's id, every other type gets a new one; a value of the primary record stays,
 * a missing one is taken from the other record; and the words of the refusals but the one about 250 identities.
 */

import { readBody } from '../body.ts';
import { invalid, notFound, PortalError } from '../errors.ts';
import type { Call, Route } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';
import { mergeInput } from './input.ts';
import { typeAllowing } from './operations.ts';
import { presentWhole } from './present.ts';
import { objectScopes } from './scopes.ts';

const MAX_MERGES = 250;

export const mergeRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/crm/objects/{objectType}/merge',
    scopes: objectScopes.write,
    budget: 'burst',
    source: {
      page: 'developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/merge-two-contacts',
      compared: '2026-11-22',
    },
    handle(call) {
      const type = typeAllowing(call, 'merge');
      const { primaryObjectId, objectIdToMerge } = readBody(call, mergeInput);
      const live = (id: string): StoredRecord => {
        const record = call.store.records.get(type.id, id);
        if (!record || record.archivedAt !== null) throw notFound();
        return record;
      };
      const primary = live(primaryObjectId);
      const other = live(objectIdToMerge);
      if (primary.id === other.id) throw invalid('An object cannot be merged with itself');
      return { status: 200, body: presentWhole(call, type, merge(call, primary, other)) };
    },
  },
];

function merge(call: Call, primary: StoredRecord, other: StoredRecord): StoredRecord {
  const { records, associations } = call.store;
  const { typeId } = primary;
  const mergedIds = [...idsOf(primary), ...idsOf(other), other.id];
  if (typeId !== '0-1') mergedIds.push(primary.id);
  if (mergedIds.length > MAX_MERGES) {
    throw new PortalError(414, { message: 'Cannot have more than 250 identities on a profile' });
  }
  const additions: Record<string, string> = { hs_merged_object_ids: [...new Set(mergedIds)].join(';') };
  const moved = Object.entries(other.properties).filter(([name]) => !(name in primary.properties));
  Object.assign(additions, Object.fromEntries(moved));
  const merged = { typeId, primaryId: primary.id, mergedIds: [other.id], movedProperties: moved.length };
  if (typeId === '0-1') Object.assign(additions, additionalEmails(primary, other));

  const survivor = typeId === '0-1' ? keepPrimary() : replaceBoth();
  call.store.settle();
  return records.get(typeId, survivor.id) ?? survivor;

  function keepPrimary(): StoredRecord {
    moveLinks(other.id, primary.id);
    records.redirect({ ...merged, newId: primary.id });
    return records.update(primary, additions, call.now);
  }

  function replaceBoth(): StoredRecord {
    const id = records.nextId(typeId);
    const properties = { ...primary.properties, ...additions };
    const history = Object.fromEntries(
      Object.keys(properties).map((name) => [
        name,
        records.history(name in primary.properties ? primary : other, name),
      ]),
    );
    moveLinks(primary.id, id);
    moveLinks(other.id, id);
    // Before the new record takes over their unique values.
    records.redirect({ ...merged, newId: id });
    return records.insert({ typeId, id, properties, createdAt: primary.createdAt, updatedAt: call.now, history });
  }

  function moveLinks(from: string, to: string): void {
    associations.move({ typeId, id: from }, { typeId, id: to });
  }
}

function idsOf(record: StoredRecord): string[] {
  return (record.properties['hs_merged_object_ids'] ?? '').split(';').filter((id) => id !== '');
}

/** The e-mail of the contact that goes stays known, as an additional one. */
function additionalEmails(primary: StoredRecord, other: StoredRecord): Record<string, string> {
  const emails = [
    ...(primary.properties['hs_additional_emails'] ?? '').split(';'),
    ...(primary.properties['email'] === undefined ? [] : [other.properties['email'] ?? '']),
    ...(other.properties['hs_additional_emails'] ?? '').split(';'),
  ].filter((email) => email !== '' && email !== primary.properties['email']);
  return emails.length > 0 ? { hs_additional_emails: [...new Set(emails)].join(';') } : {};
}
