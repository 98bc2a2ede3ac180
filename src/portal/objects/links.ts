/** The associations of one record: those that it is created with, and their end. The words of the refusals were recorded by public clients. */

import { definitionId, wrongRecord, wrongType } from '../associations/refusals.ts';
import { invalid } from '../errors.ts';
import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { AssociationType, AssociationTypeId } from '../store/association-types.ts';
import type { RecordRef } from '../store/associations.ts';
import type { Store } from '../store/store.ts';

/** A link to be made together with a new record. */
export interface NewLink {
  readonly to: { readonly id: string };
  readonly types: readonly {
    readonly associationCategory: AssociationTypeId['category'];
    readonly associationTypeId: number;
  }[];
}

/** A link whose types and target are known to exist. */
export interface ResolvedLink {
  readonly to: RecordRef;
  readonly types: readonly AssociationType[];
}

/** One request may link with several types of records; the association types say which. @throws PortalError 400 */
export function resolveLinks(store: Store, type: ObjectTypeFacts, links: readonly NewLink[]): ResolvedLink[] {
  return links.flatMap((link) => resolveLink(store, type, link));
}

/** Takes a record off everything that it is linked with. */
export function unlinkAll(store: Store, record: RecordRef): void {
  for (const typeId of store.associations.linkedTypeIds(record)) {
    for (const { id } of store.associations.list(record, typeId, { limit: -1 })) {
      store.associations.unlink(record, { typeId, id });
    }
  }
}

function resolveLink(store: Store, type: ObjectTypeFacts, link: NewLink): ResolvedLink[] {
  // Guess: the words for a link without types.
  if (link.types.length === 0) throw invalid('An association must name at least one association type');
  const byTarget = new Map<string, AssociationType[]>();
  for (const { associationCategory: category, associationTypeId: typeId } of link.types) {
    const known = store.associationTypes.from(type.id, { category, typeId });
    if (!known || !associable(store, known)) throw wrongDirection(store, type, { category, typeId });
    byTarget.set(known.toTypeId, [...(byTarget.get(known.toTypeId) ?? []), known]);
  }
  return [...byTarget].map(([toTypeId, types]) => {
    const target = store.records.get(toTypeId, link.to.id);
    if (!target || target.archivedAt !== null) throw wrongRecord(store, toTypeId, link.to.id);
    return { to: { typeId: toTypeId, id: target.id }, types };
  });
}

function associable(store: Store, { fromTypeId, toTypeId }: AssociationType): boolean {
  return [fromTypeId, toTypeId].every((id) => store.objectType(id)?.associations !== 'none');
}

/** A type that starts elsewhere, or nowhere. */
function wrongDirection(store: Store, type: ObjectTypeFacts, { category, typeId }: AssociationTypeId) {
  const start = store.objectTypes().find(({ id }) => store.associationTypes.from(id, { category, typeId }));
  if (start && start.id !== type.id) {
    const definition = definitionId({ category, typeId });
    return invalid(
      `invalid from object type ${type.id} for associations to be created. expected: ${start.id}. For definition ${definition}`,
    );
  }
  return wrongType({ category, typeId });
}
