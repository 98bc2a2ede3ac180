/** What the older APIs call association types: `contact_to_company_unlabeled`. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { AssociationType } from '../store/association-types.ts';
import type { Store } from '../store/store.ts';

/**
 * `contact_to_company` is the primary type where there is a primary one, then the unlabelled one says so. Undefined as a
 * type is the unlabelled one. Guess: v3 calls a label by its words.
 */
export function associationName(
  store: Store,
  from: ObjectTypeFacts,
  to: ObjectTypeFacts,
  type: AssociationType | undefined,
): string {
  const base = `${from.singular}_to_${to.singular}`;
  const primary = store.associationTypes.between(from.id, to.id).find((each) => isPrimary(store, each));
  if (type === undefined || type.label === null) return primary ? `${base}_unlabeled` : base;
  if (type.typeId === primary?.typeId && type.category === primary.category) return base;
  return type.label.toLowerCase().replaceAll(' ', '_');
}

/** In either direction. */
function isPrimary(store: Store, { single, fromTypeId, toTypeId, inverse }: AssociationType): boolean {
  return (
    single || (inverse !== undefined && store.associationTypes.find(toTypeId, fromTypeId, inverse)?.single === true)
  );
}

/** The type that is meant by its name, its id, or the internal name of a label. */
export function namedAssociation(
  store: Store,
  from: ObjectTypeFacts,
  to: ObjectTypeFacts,
  said: string,
): AssociationType | undefined {
  const types = store.associationTypes.between(from.id, to.id);
  return (
    types.find((type) => associationName(store, from, to, type) === said) ??
    types.find((type) => String(type.typeId) === said || store.associationTypes.nameOf(type) === said)
  );
}
