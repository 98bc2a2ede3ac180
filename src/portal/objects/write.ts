/** The writes that every route, import and form is made of: create, update and archive one record, checked. */

import { conflict, invalid } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import type { ChangeSource } from '../store/history.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL } from '../store/store.ts';
import { type Changes, checkRequired, checkValues, valuesInvalid } from '../values/check.ts';
import { type NewLink, type ResolvedLink, resolveLinks } from './links.ts';

/** What a write needs to know of who asks for it. A `Call` is one. */
export interface Writer extends Pick<Call, 'store' | 'now'> {
  /** Who sets the values, for their history. Omitted: an integration, by the API. */
  readonly source?: ChangeSource;
}

/** Types that HubSpot creates only linked with another one: leads with a contact. */
const requiredLinks: Readonly<Record<string, string>> = { '0-136': '0-1' };

/** @throws PortalError 400 or 409; nothing is written then */
export function createRecord(
  writer: Writer,
  type: ObjectTypeFacts,
  sent: Changes,
  links: readonly NewLink[] = [],
): StoredRecord {
  const { store, now, source } = writer;
  const changes = checkValues(store, type, sent, undefined, now);
  checkRequired(type, changes);
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(changes)) if (value !== null) properties[name] = value;
  checkUnique(writer, type, properties, undefined);
  const resolved = resolveLinks(store, type, links);
  checkRequiredLinks(writer, type, resolved);
  const record = store.records.insert({ typeId: type.id, properties, createdAt: now, ...(source && { source }) });
  for (const { to, types } of resolved) store.associations.link({ typeId: type.id, id: record.id }, to, types);
  return settled(writer, record);
}

/** @throws PortalError 400 or 409; nothing is written then */
export function updateRecord(writer: Writer, type: ObjectTypeFacts, record: StoredRecord, sent: Changes): StoredRecord {
  const { store, now, source } = writer;
  const changes = checkValues(store, type, sent, record, now);
  checkUnique(writer, type, changes, record);
  return settled(writer, store.records.update(record, changes, now, source));
}

/** Archives it and takes it off everything that it was linked with. */
export function archiveRecord({ store, now }: Writer, record: StoredRecord): void {
  const self = { typeId: record.typeId, id: record.id };
  for (const typeId of store.associations.linkedTypeIds(self)) {
    for (const { id } of store.associations.list(self, typeId, { limit: -1 })) {
      store.associations.unlink(self, { typeId, id });
    }
  }
  store.records.archive(record, now);
}

/** The record with what was calculated after the write. */
function settled({ store }: Writer, record: StoredRecord): StoredRecord {
  store.settle();
  return store.records.get(record.typeId, record.id) ?? record;
}

/** Guess: the words. */
function checkRequiredLinks({ store }: Writer, type: ObjectTypeFacts, links: readonly ResolvedLink[]): void {
  const needed = requiredLinks[type.id];
  if (needed === undefined || links.some(({ to }) => to.typeId === needed)) return;
  throw invalid(
    `Error creating ${type.fullyQualifiedName}. It must be associated with a ${store.objectType(needed)?.singular}.`,
  );
}

/** Nobody else may have the record's unique values. Guess: for an update the same answers as for a create. */
function checkUnique(
  { store }: Writer,
  type: ObjectTypeFacts,
  changes: Changes,
  record: StoredRecord | undefined,
): void {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(changes)) if (value !== null) properties[name] = value;
  for (const { property, value } of store.uniqueValues.keys(type.id, properties)) {
    const holder = store.uniqueValues.holder(type.id, property, value);
    if (holder === undefined || holder === record?.id) continue;
    if (property === 'email' && type.name === 'contacts') {
      throw conflict(`Contact already exists. Existing ID: ${holder}`);
    }
    const portalId = store.account.get(PORTAL, 'account')?.portalId;
    const where = `PropertyValueCoordinates{portalId=${portalId}, objectTypeId=${type.id}, propertyName=${property}, value=${value}}`;
    // Guess: the words, which public clients quote.
    const message = `Cannot set ${where} on ${record?.id ?? 'a new record'}. ${holder} already has that value.`;
    throw valuesInvalid([{ message, error: 'CONFLICTING_UNIQUE_VALUE', name: property }]);
  }
}
