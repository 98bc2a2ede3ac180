/** What association requests have in common: the two object types, their records, and how links are shown. */

import { invalid } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { objectTypeOf } from '../object-type-of.ts';
import type { RowError } from '../objects/batch-answer.ts';
import type { Call } from '../route.ts';
import type { AssociationType, AssociationTypeId } from '../store/association-types.ts';
import type { Link, RecordRef } from '../store/associations.ts';
import { wrongRecord, wrongType } from './refusals.ts';

export const source = {
  page: 'developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide',
  compared: '2026-11-22',
};

/** Guess: any one scope of either type suffices. */
export const pairScopes = {
  read: (call: Call) => scopesOf(call, 'read'),
  write: (call: Call) => scopesOf(call, 'write'),
};

function scopesOf(call: Call, access: 'read' | 'write'): string[] {
  const { from, to } = typesOf(call);
  return [...new Set([...from.scopes[access], ...to.scopes[access]])];
}

/** The types that the path names, under whichever names the route gives its placeholders. */
export function typesOf(call: Call): { from: ObjectTypeFacts; to: ObjectTypeFacts } {
  const { fromObjectType, objectType, toObjectType } = call.params;
  return { from: objectTypeOf(call, fromObjectType ?? objectType ?? ''), to: objectTypeOf(call, toObjectType ?? '') };
}

/** The unlabelled type of a pair. Guess: the words for a pair that cannot be linked. @throws PortalError 400 where HubSpot cannot link the two. */
export function unlabelledOf(call: Call, from: ObjectTypeFacts, to: ObjectTypeFacts): AssociationType {
  const type = call.store.associationTypes.unlabelled(from.id, to.id);
  if (!type) throw invalid(`No association type exists from ${from.fullyQualifiedName} to ${to.fullyQualifiedName}`);
  return type;
}

/**
 * The types that a request names. Guess: a type of another pair is refused like one that nobody has, and the words for a
 * request without types. @throws PortalError 400
 */
export function namedTypes(
  call: Call,
  from: ObjectTypeFacts,
  to: ObjectTypeFacts,
  specs: readonly { readonly associationCategory: AssociationTypeId['category']; readonly associationTypeId: number }[],
): AssociationType[] {
  unlabelledOf(call, from, to);
  if (specs.length === 0) throw invalid('At least one association type is required');
  return specs.map(({ associationCategory: category, associationTypeId: typeId }) => {
    const type = call.store.associationTypes.find(from.id, to.id, { category, typeId });
    if (type) return type;
    throw wrongType({ category, typeId });
  });
}

/** A live record; merged ids mean the record that they live on in. @throws PortalError 400 */
export function liveRecord(call: Call, type: ObjectTypeFacts, id: string): RecordRef {
  const record = call.store.records.get(type.id, id);
  if (record && record.archivedAt === null) return { typeId: type.id, id: record.id };
  throw wrongRecord(call.store, type.id, id);
}

/** What a batch tells of a record without links, or that is not there. Recorded, but for the words about what is no id. */
export function noAssociations(from: ObjectTypeFacts, to: ObjectTypeFacts, id: string): RowError {
  if (!/^\d+$/.test(id)) {
    return {
      status: 'error',
      category: 'VALIDATION_ERROR',
      subCategory: 'crm.associations.INVALID_IDENTIFIER',
      message: `${id} is not a valid object id`,
      context: { id: [id] },
    };
  }
  return {
    status: 'error',
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${to.singular} is associated with ${from.singular} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [from.singular], toObjectType: [to.singular] },
  };
}

/** v4 sends ids of linked records as numbers, dated versions as texts. */
export function linkId(call: Call, id: string): string | number {
  return call.version === 'v4' ? Number(id) : id;
}

export function presentLink(call: Call, from: ObjectTypeFacts, to: ObjectTypeFacts, link: Link) {
  return {
    toObjectId: linkId(call, link.id),
    associationTypes: link.types.map((type) => presentType(call, from, to, type)),
  };
}

function presentType(call: Call, from: ObjectTypeFacts, to: ObjectTypeFacts, type: AssociationTypeId) {
  const label = call.store.associationTypes.find(from.id, to.id, type)?.label ?? null;
  return { category: type.category, typeId: type.typeId, label };
}

/** What a labelled create answers. */
export function presentLabels(call: Call, from: RecordRef, to: RecordRef) {
  const labels = call.store.associations
    .between(from, to)
    .flatMap((type) => call.store.associationTypes.find(from.typeId, to.typeId, type)?.label ?? []);
  return {
    fromObjectTypeId: from.typeId,
    fromObjectId: linkId(call, from.id),
    toObjectTypeId: to.typeId,
    toObjectId: linkId(call, to.id),
    labels,
  };
}
