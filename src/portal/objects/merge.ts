/**
 * Making one record of two: a new record with a new id, that both old ids lead to from then on.
 * Sources: developers.hubspot.com/changelog/updated-merge-functionality-for-contacts-and-companies and
 * knowledge.hubspot.com/records/merge-records, compared 2026-11-22.
 * Guess: the words of the refusals but the one about 250 identities, and that what the primary record has no value for,
 * cleared or never set, is taken from the other record.
 */

import { readBody } from '../body.ts';
import { invalid, PortalError } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call, Route } from '../route.ts';
import type { ChangeSource, PropertyVersion } from '../store/history.ts';
import type { StoredRecord } from '../store/records.ts';
import { requireRecord } from './find.ts';
import { mergeInput } from './input.ts';
import { mergedValues } from './merged-values.ts';
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
      const primary = requireRecord(call, type, primaryObjectId);
      const other = requireRecord(call, type, objectIdToMerge);
      if (primary.id === other.id) {
        throw invalid('An object cannot be merged with itself', {
          context: { ids: [primaryObjectId, objectIdToMerge] },
        });
      }
      requireOwnId(primary, primaryObjectId);
      requireOwnId(other, objectIdToMerge);
      return { status: 200, body: presentWhole(call, type, merge(call, type, primary, other)) };
    },
  },
];

/** Guess: whoever still names a record by an id that it lost in a merge is refused here, though reads and changes follow it. */
function requireOwnId({ id }: StoredRecord, said: string): void {
  if (id === said) return;
  throw invalid(`The object ${said} has been merged into ${id}; name that one`, { context: { id: [said] } });
}

function merge(call: Call, type: ObjectTypeFacts, primary: StoredRecord, other: StoredRecord): StoredRecord {
  const { records, associations } = call.store;
  const typeId = type.id;
  const mergedIds = [...new Set([...idsOf(primary), ...idsOf(other), primary.id, other.id])];
  // Each merge ends two ids.
  if (mergedIds.length / 2 > MAX_MERGES) {
    throw new PortalError(414, { message: 'Cannot have more than 250 identities on a profile' });
  }
  const id = records.nextId(typeId);
  const { values, moved } = mergedValues(call.store, type, primary, other);
  const properties = Object.assign(
    values,
    { hs_merged_object_ids: mergedIds.join(';') },
    type.id === '0-1' ? vidsOf(id, mergedIds, primary, other, call.now) : {},
  );
  const source = mergeSource(type, primary, other);
  const history = historyOf(call, properties, primary, other, source);
  for (const from of [primary, other]) associations.move(from, { typeId, id });
  // Before the new record takes over their unique values.
  records.redirect({ typeId, primaryId: primary.id, mergedIds: [other.id], newId: id, movedProperties: moved.length });
  const survivor = records.insert({
    typeId,
    id,
    properties,
    // The older of the two dates of creation stays.
    createdAt: Math.min(primary.createdAt, other.createdAt),
    updatedAt: call.now,
    source: primary.source,
    history,
  });
  call.store.settle();
  return records.get(typeId, id) ?? survivor;
}

function idsOf(record: StoredRecord): string[] {
  return (record.properties['hs_merged_object_ids'] ?? '').split(';').filter((id) => id !== '');
}

/**
 * A contact's ids in the words of older APIs, by which warehouses drop merged contacts. Guess: with a new id, both that it
 * takes the place of were merged.
 */
function vidsOf(id: string, mergedIds: readonly string[], one: StoredRecord, other: StoredRecord, now: number) {
  const earlier = [one, other].flatMap(({ properties }) => properties['hs_calculated_merged_vids'] ?? []);
  return {
    hs_all_contact_vids: [id, ...mergedIds].join(';'),
    hs_calculated_merged_vids: [...earlier, `${one.id}:${now}`, `${other.id}:${now}`].join(';'),
  };
}

function mergeSource(type: ObjectTypeFacts, primary: StoredRecord, other: StoredRecord): ChangeSource {
  const words: Readonly<Record<string, string>> = { '0-1': 'MERGE_CONTACTS', '0-2': 'MERGE_COMPANIES' };
  return { sourceType: words[type.id] ?? 'MERGE_OBJECTS', sourceId: `${primary.id}:${other.id}` };
}

/**
 * Every value that either record had, the newest first. What stands in the end but is not the newest of them was set by
 * the merge.
 */
function historyOf(
  { store, now }: Call,
  properties: Readonly<Record<string, string>>,
  primary: StoredRecord,
  other: StoredRecord,
  source: ChangeSource,
): Record<string, PropertyVersion[]> {
  const names = new Set([
    ...Object.keys(properties),
    ...store.records.historyNames(primary),
    ...store.records.historyNames(other),
  ]);
  const history: Record<string, PropertyVersion[]> = {};
  for (const name of names) {
    const versions = [primary, other]
      .flatMap((record) => store.records.history(record, name))
      .sort((a, b) => a.at - b.at);
    const value = properties[name] ?? '';
    history[name] = versions.at(-1)?.value === value ? versions : [...versions, { value, at: now, ...source }];
  }
  return history;
}
