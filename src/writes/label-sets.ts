/** The labels of a pair of records as a set: what a change makes of them, and what makes one set of another. */

import type { AssociationType } from '../crm/index.ts';
import type { AssociationChange } from './change.ts';

/** The association that every associated pair has. HubSpot adds it to whatever label is written. */
const isUnlabelled = ({ label }: AssociationType) => label === null;

export function sameType(a: AssociationType, b: AssociationType): boolean {
  return a.category === b.category && a.typeId === b.typeId;
}

export function without(types: readonly AssociationType[], gone: readonly AssociationType[]): AssociationType[] {
  return types.filter((type) => !gone.some((other) => sameType(type, other)));
}

export function union(types: readonly AssociationType[], more: readonly AssociationType[]): AssociationType[] {
  return [...types, ...without(more, types)];
}

/** The labels that a pair has after the change; those of no pair are empty. */
export function associationsAfter(
  change: AssociationChange,
  held: readonly AssociationType[],
): readonly AssociationType[] {
  if (change.kind === 'dissociate') return change.types.length === 0 ? [] : without(held, change.types);
  if (change.types.length === 0) return held;
  return union(held.filter(isUnlabelled), change.types);
}
