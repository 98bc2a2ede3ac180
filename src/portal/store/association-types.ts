/** The association types of a portal: HubSpot's own, and the labels and custom object pairs that were defined in it. */

import { associationType, associationTypesBetween } from '../facts/association-types.ts';
import type { DefinitionSet } from './definitions.ts';

export type AssociationCategory = 'HUBSPOT_DEFINED' | 'USER_DEFINED' | 'INTEGRATOR_DEFINED' | 'WORK';

export interface AssociationTypeId {
  readonly category: AssociationCategory;
  readonly typeId: number;
}

/** One direction of a way in which two records can be linked. */
export interface AssociationType extends AssociationTypeId {
  readonly fromTypeId: string;
  readonly toTypeId: string;
  /** Null for the unlabelled type, which every linked pair has. */
  readonly label: string | null;
  /** A record has at most one record under it: its primary one. */
  readonly single: boolean;
  /** What is written with it in the other direction. */
  readonly inverse: AssociationTypeId | undefined;
}

/** How a portal's own association type is stored, in scope `from/to`. The unlabelled one of a custom object has no label. */
export interface AssociationLabel {
  readonly typeId: number;
  readonly name: string;
  readonly label: string | null;
  readonly inverseTypeId: number;
}

export interface NewAssociationLabel {
  readonly name: string;
  readonly label: string | null;
  /** Omitted: the same in both directions. */
  readonly inverseLabel?: string | undefined;
}

export interface AssociationTypes {
  /** By type id, the unlabelled one first; empty where records of the two types cannot be linked. */
  between(from: string, to: string): readonly AssociationType[];
  find(from: string, to: string, type: AssociationTypeId): AssociationType | undefined;
  /** The type with this id in this direction, whatever it leads to. */
  from(from: string, type: AssociationTypeId): AssociationType | undefined;
  unlabelled(from: string, to: string): AssociationType | undefined;
  /** Defines a label, or with a null label the unlabelled type of a custom object's pair; both directions come back. */
  define(from: string, to: string, label: NewAssociationLabel): AssociationType[];
  /** Every type that the portal defined, in its direction; the unlabelled ones of custom objects too. */
  defined(): ({ readonly from: string; readonly to: string } & AssociationLabel)[];
  /** Defines one direction under an id that is known already; the other one is the caller's. */
  put(from: string, to: string, label: AssociationLabel): void;
  /** The internal name of a type that the portal defined. */
  nameOf(type: AssociationType): string | undefined;
  /** Changes the words of a label; undefined where the portal defined no such one. */
  rename(from: string, to: string, typeId: number, label: string, inverseLabel?: string): AssociationType | undefined;
  /** Forgets both directions. The caller takes it off the records (`AssociationTables.removeType`) first. */
  remove(type: AssociationType): void;
}

const scopeOf = (from: string, to: string) => `${from}/${to}`;

export function associationTypes(stored: DefinitionSet<AssociationLabel>, revision: () => number): AssociationTypes {
  const cache = new Map<string, readonly AssociationType[]>();
  let cachedRevision = -1;

  const custom = (from: string, to: string): AssociationType[] =>
    stored.list(scopeOf(from, to)).map(({ typeId, label, inverseTypeId }) => ({
      category: 'USER_DEFINED',
      typeId,
      fromTypeId: from,
      toTypeId: to,
      label,
      single: false,
      inverse: { category: 'USER_DEFINED', typeId: inverseTypeId },
    }));

  const between = (from: string, to: string): readonly AssociationType[] => {
    if (cachedRevision !== revision()) {
      cache.clear();
      cachedRevision = revision();
    }
    const scope = scopeOf(from, to);
    let types = cache.get(scope);
    if (!types) {
      const all = [...standard(from, to), ...custom(from, to)];
      types = all.sort((a, b) => Number(a.label !== null) - Number(b.label !== null) || a.typeId - b.typeId);
      cache.set(scope, types);
    }
    return types;
  };

  /** A portal's own types are counted from 1, as recorded ones are: a category belongs to every type id. */
  const nextTypeId = (): number => {
    let last = 0;
    for (const scope of stored.scopes()) for (const { typeId } of stored.list(scope)) last = Math.max(last, typeId);
    return last + 1;
  };

  const find = (from: string, to: string, { category, typeId }: AssociationTypeId): AssociationType | undefined =>
    between(from, to).find((type) => type.typeId === typeId && type.category === category);

  const put = (from: string, to: string, label: AssociationLabel): void =>
    stored.put(scopeOf(from, to), String(label.typeId), label);

  return {
    between,
    find,
    from(from, type) {
      if (type.category === 'HUBSPOT_DEFINED') {
        const known = associationType(type.typeId);
        return known?.from === from ? find(from, known.to, type) : undefined;
      }
      for (const scope of stored.scopes()) {
        const [start = '', end = ''] = scope.split('/');
        const found = start === from ? find(from, end, type) : undefined;
        if (found) return found;
      }
      return undefined;
    },
    unlabelled: (from, to) => between(from, to).find((type) => type.label === null),
    define(from, to, { name, label, inverseLabel }) {
      const typeId = nextTypeId();
      // One id says both directions between records of one type, unless they have different words.
      const inverseTypeId = from === to && inverseLabel === undefined ? typeId : typeId + 1;
      put(from, to, { typeId, name, label, inverseTypeId });
      if (inverseTypeId !== typeId) {
        put(to, from, { typeId: inverseTypeId, name, label: inverseLabel ?? label, inverseTypeId: typeId });
      }
      const forth = find(from, to, { category: 'USER_DEFINED', typeId });
      const back = find(to, from, { category: 'USER_DEFINED', typeId: inverseTypeId });
      return [forth, ...(back === forth ? [] : [back])].filter((type) => type !== undefined);
    },
    defined: () =>
      stored.scopes().flatMap((scope) => {
        const [from = '', to = ''] = scope.split('/');
        return stored.list(scope).map((label) => ({ from, to, ...label }));
      }),
    put,
    nameOf: (type) => stored.get(scopeOf(type.fromTypeId, type.toTypeId), String(type.typeId))?.name,
    rename(from, to, typeId, label, inverseLabel) {
      const known = stored.get(scopeOf(from, to), String(typeId));
      if (!known) return undefined;
      put(from, to, { ...known, label });
      const inverse = stored.get(scopeOf(to, from), String(known.inverseTypeId));
      // A label without a second wording reads the same in both directions.
      if (inverse && known.inverseTypeId !== typeId && (inverseLabel !== undefined || inverse.label === known.label)) {
        put(to, from, { ...inverse, label: inverseLabel ?? label });
      }
      return find(from, to, { category: 'USER_DEFINED', typeId });
    },
    remove(type) {
      stored.delete(scopeOf(type.fromTypeId, type.toTypeId), String(type.typeId));
      if (type.inverse) stored.delete(scopeOf(type.toTypeId, type.fromTypeId), String(type.inverse.typeId));
    },
  };
}

function standard(from: string, to: string): AssociationType[] {
  return associationTypesBetween(from, to).map(({ typeId, label, single, inverseTypeId }) => ({
    category: 'HUBSPOT_DEFINED',
    typeId,
    fromTypeId: from,
    toTypeId: to,
    label,
    single,
    inverse: inverseTypeId === undefined ? undefined : { category: 'HUBSPOT_DEFINED', typeId: inverseTypeId },
  }));
}
