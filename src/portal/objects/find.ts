/** Finding the record that a request means, by id or by a unique property. */

import { requireUse } from '../definitions/sensitive-data.ts';
import { invalid, notFound } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import type { StoredRecord } from '../store/records.ts';
import { normalize } from '../values/normalize.ts';

export interface FindOptions {
  /** Omitted: `id` is a record id. */
  readonly idProperty?: string | undefined;
  readonly archived?: boolean;
}

/** The record, or undefined; a merged id means the record that it lives on in. @throws PortalError 400 */
export function findRecord(
  call: Call,
  type: ObjectTypeFacts,
  id: string,
  { idProperty, archived = false }: FindOptions = {},
): StoredRecord | undefined {
  const recordId = isPlainId(idProperty)
    ? id
    : call.store.uniqueValues.holder(type.id, uniqueName(call, type, idProperty), asKept(call, type, idProperty, id));
  const record = recordId === undefined ? undefined : call.store.records.get(type.id, recordId);
  return record && (record.archivedAt !== null) === archived ? record : undefined;
}

/** @throws PortalError 404 */
export function requireRecord(call: Call, type: ObjectTypeFacts, id: string, options?: FindOptions): StoredRecord {
  const record = findRecord(call, type, id, options);
  if (record) return record;
  if (isPlainId(options?.idProperty) && !/^\d+$/.test(id)) {
    throw notFound('Object not found.  objectId are usually numeric.', { context: { id: [id] } });
  }
  throw notFound();
}

export function isPlainId(idProperty: string | undefined): idProperty is undefined | '' | 'hs_object_id' {
  return idProperty === undefined || idProperty === '' || idProperty === 'hs_object_id';
}

/** The value as a write would keep it; what cannot be kept, nobody has. */
function asKept(call: Call, type: ObjectTypeFacts, name: string, said: string): string {
  const property = call.store.properties.get(type.id, name);
  const kept = property && normalize(property, said);
  return kept && 'value' in kept ? kept.value : said;
}

/** Guess: the words for a property whose values are not unique. @throws PortalError 400 when the property is none whose values are unique, 403 */
function uniqueName(call: Call, type: ObjectTypeFacts, name: string): string {
  const property = call.store.properties.get(type.id, name);
  if (!property || property.archived) throw invalid(`Property "${name}" does not exist`);
  if (!property.hasUniqueValue && !(name === 'email' && type.name === 'contacts')) {
    throw invalid(`idProperty ${name} is not a unique property of ${type.fullyQualifiedName}`);
  }
  requireUse(call, type, [name], 'read');
  return name;
}
