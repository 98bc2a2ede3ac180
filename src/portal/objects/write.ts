/** The writes that every object route is made of: create, update and archive one record, checked. */

import { conflict, invalid, notFound } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Call } from '../route.ts';
import type { AssociationType, AssociationTypeId } from '../store/association-types.ts';
import type { StoredRecord } from '../store/records.ts';
import { PORTAL } from '../store/store.ts';
import { type Changes, checkRequired, checkValues, valuesInvalid } from '../values/check.ts';

/** A link to be made together with a new record. */
export interface NewLink {
  readonly to: { readonly id: string };
  readonly types: readonly {
    readonly associationCategory: AssociationTypeId['category'];
    readonly associationTypeId: number;
  }[];
}

/** Types that HubSpot creates only linked with another one: leads with a contact. */
const requiredLinks: Readonly<Record<string, string>> = { '0-136': '0-1' };

/** @throws PortalError 400, 404 (a link to nothing) or 409 */
export function createRecord(
  call: Call,
  type: ObjectTypeFacts,
  sent: Changes,
  links: readonly NewLink[],
): StoredRecord {
  const { store } = call;
  const changes = checkValues(store, type, sent, undefined);
  checkRequired(type, changes);
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(changes)) if (value !== null) properties[name] = value;
  checkUnique(call, type, properties, undefined);
  const resolved = links.flatMap((link) => resolveLink(call, type, link));
  const needed = requiredLinks[type.id];
  if (needed !== undefined && !resolved.some(({ to }) => to.typeId === needed)) {
    throw invalid(
      `Error creating ${type.fullyQualifiedName}. It must be associated with a ${store.objectType(needed)?.singular}.`,
    );
  }
  const record = store.records.insert({ typeId: type.id, properties, createdAt: call.now });
  for (const { to, types } of resolved) store.associations.link({ typeId: type.id, id: record.id }, to, types);
  return settled(call, record);
}

/** @throws PortalError 400 or 409 */
export function updateRecord(call: Call, type: ObjectTypeFacts, record: StoredRecord, sent: Changes): StoredRecord {
  const changes = checkValues(call.store, type, sent, record);
  checkUnique(call, type, changes, record);
  return settled(call, call.store.records.update(record, changes, call.now));
}

/** Archives it and takes it off everything that it was linked with. */
export function archiveRecord(call: Call, record: StoredRecord): void {
  const self = { typeId: record.typeId, id: record.id };
  for (const typeId of call.store.associations.linkedTypeIds(self)) {
    for (const { id } of call.store.associations.list(self, typeId, { limit: -1 })) {
      call.store.associations.unlink(self, { typeId, id });
    }
  }
  call.store.records.archive(record, call.now);
}

/** The record with what was calculated after the write. */
function settled(call: Call, record: StoredRecord): StoredRecord {
  call.store.settle();
  return call.store.records.get(record.typeId, record.id) ?? record;
}

/** Nobody else may have the record's unique values. Guess: for an update the same answers as for a create. */
function checkUnique(call: Call, type: ObjectTypeFacts, changes: Changes, record: StoredRecord | undefined): void {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(changes)) if (value !== null) properties[name] = value;
  for (const { property, value } of call.store.uniqueValues.keys(type.id, properties)) {
    const holder = call.store.uniqueValues.holder(type.id, property, value);
    if (holder === undefined || holder === record?.id) continue;
    if (property === 'email' && type.name === 'contacts') {
      throw conflict(`Contact already exists. Existing ID: ${holder}`);
    }
    const portalId = call.store.account.get(PORTAL, 'account')?.portalId;
    const where = `PropertyValueCoordinates{portalId=${portalId}, objectTypeId=${type.id}, propertyName=${property}, value=${value}}`;
    // Guess: the words, which public clients quote.
    const message = `Cannot set ${where} on ${record?.id ?? 'a new record'}. ${holder} already has that value.`;
    throw valuesInvalid([{ message, error: 'CONFLICTING_UNIQUE_VALUE', name: property }]);
  }
}

interface ResolvedLink {
  readonly to: { readonly typeId: string; readonly id: string };
  readonly types: readonly AssociationType[];
}

/** One request may link with several types of records; the association types say which. Guess: the words. */
function resolveLink(call: Call, type: ObjectTypeFacts, link: NewLink): ResolvedLink[] {
  if (link.types.length === 0) throw invalid('An association must name at least one association type');
  const byTarget = new Map<string, AssociationType[]>();
  for (const { associationCategory: category, associationTypeId: typeId } of link.types) {
    const known = call.store.associationTypes.from(type.id, { category, typeId });
    if (!known) {
      throw invalid(`Association type ${category} ${typeId} is not valid from ${type.fullyQualifiedName}`, {
        subCategory: 'crm.associations.INVALID_ASSOCIATION_TYPE',
      });
    }
    byTarget.set(known.toTypeId, [...(byTarget.get(known.toTypeId) ?? []), known]);
  }
  return [...byTarget].map(([toTypeId, types]) => {
    const target = call.store.records.get(toTypeId, link.to.id);
    if (!target || target.archivedAt !== null) {
      const name = call.store.objectType(toTypeId)?.fullyQualifiedName ?? toTypeId;
      throw notFound(`No ${name} with ID ${link.to.id} exists`);
    }
    return { to: { typeId: toTypeId, id: target.id }, types };
  });
}
