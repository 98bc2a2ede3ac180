/**
 * Which records belong together. A pair of records that is linked has one or more association types in each direction;
 * both directions are always written together, and a labelled one never stands without the unlabelled one.
 */

import type { Database } from '../../sqlite.ts';
import type { PortalError } from '../errors.ts';
import { type AssociationLimits, linkLimits } from './association-limits.ts';
import { associationRows, type LinkedPair } from './association-rows.ts';
import type { AssociationType, AssociationTypeId, AssociationTypes } from './association-types.ts';
import type { Change } from './changes.ts';

export interface RecordRef {
  readonly typeId: string;
  readonly id: string;
}

/** One record that another one is linked with, and how: in the direction from the record that was asked about. */
export interface Link {
  readonly id: string;
  readonly types: readonly AssociationTypeId[];
}

export interface AssociationTables {
  /** Adds types to a pair; none: only the unlabelled one. @throws PortalError 400 beyond a limit */
  link(from: RecordRef, to: RecordRef, types?: readonly AssociationType[]): void;
  /** The pair has exactly these types from now on, the unlabelled one included. @throws PortalError 400 beyond a limit */
  replace(from: RecordRef, to: RecordRef, types: readonly AssociationType[]): void;
  /** Removes types from a pair; with the unlabelled one, everything. */
  unlink(from: RecordRef, to: RecordRef, types?: readonly AssociationTypeId[]): void;
  /** The types of one pair; none: not linked. */
  between(from: RecordRef, to: RecordRef): AssociationTypeId[];
  /** Linked records in the order of their ids, starting at the id `from`. */
  list(record: RecordRef, toTypeId: string, page: { limit: number; from?: string | undefined }): Link[];
  /** Everything that it is linked with, by type and in the order of ids; undefined where that takes more than `most` rows. */
  links(record: RecordRef, most: number): ReadonlyMap<string, readonly Link[]> | undefined;
  /** How many records of that type it is linked with. */
  count(record: RecordRef, toTypeId: string): number;
  /** The id of its primary record of that type. */
  primary(record: RecordRef, toTypeId: string): string | undefined;
  /** The ids of all records of `typeId` that are linked with `to`. */
  linkedWith(typeId: string, to: RecordRef): string[];
  /** Every linked pair, in each of its two directions; the portal may be written to meanwhile. */
  all(): IterableIterator<LinkedPair>;
  /** Every pair that has the type: the ids of the linked records by the id of the record that they are linked with. */
  allOfType(type: AssociationType): Map<string, string[]>;
  /** The types of records that it is linked with. */
  linkedTypeIds(record: RecordRef): string[];
  /** Whether any pair has that type. */
  isUsed(fromTypeId: string, type: AssociationTypeId): boolean;
  /** Takes a type off every pair that has it, in both directions. */
  removeType(type: AssociationType): void;
  /** Hands every link of one record to another one, whatever the limits. */
  move(from: RecordRef, to: RecordRef): void;
  /** What `link` would be refused with for a limit. */
  refusal(from: RecordRef, to: RecordRef, types?: readonly AssociationType[]): PortalError | undefined;
  /** Records that are linked with at least so many records of a type. */
  usage(minimum: number): Usage[];
  /** Forgets what it remembers of the rows, for whoever changed them otherwise. */
  forget(): void;
}

export interface Usage {
  readonly record: RecordRef;
  readonly toTypeId: string;
  readonly count: number;
}

/** `changed` hears of both ends of every pair that was written, `happened` of every row that came or went. */
export function associationTables(
  database: Database,
  options: {
    types: AssociationTypes;
    limits: AssociationLimits;
    changed(record: RecordRef): void;
    happened(change: Change): void;
  },
): AssociationTables {
  const rows = associationRows(database);

  const add = (from: RecordRef, to: RecordRef, type: AssociationType): void => {
    const inverse = type.inverse && options.types.find(to.typeId, from.typeId, type.inverse);
    if (type.single) demote(from, to.typeId, type);
    if (inverse?.single) demote(to, from.typeId, inverse);
    // Both directions are there or neither is.
    if (!(inverse ? rows.insertBoth(from, to, type, inverse) : rows.insert(from, to, type))) return;
    options.happened({ kind: 'linked', from, to, type: idOf(type) });
    if (inverse) options.happened({ kind: 'linked', from: to, to: from, type: idOf(inverse) });
  };

  const takeRow = (from: RecordRef, to: RecordRef, type: AssociationTypeId): void => {
    if (rows.remove(from, to, type)) options.happened({ kind: 'unlinked', from, to, type: idOf(type) });
  };

  /** A record has one primary record of a type: the earlier one stays linked without that label. */
  const demote = (from: RecordRef, toTypeId: string, type: AssociationType): void => {
    for (const id of rows.holders(from, toTypeId, type)) take(from, { typeId: toTypeId, id }, type);
  };

  const take = (from: RecordRef, to: RecordRef, type: AssociationTypeId): void => {
    takeRow(from, to, type);
    const inverse = options.types.find(from.typeId, to.typeId, type)?.inverse;
    if (inverse) takeRow(to, from, inverse);
  };

  /** Takes everything off a pair, in both directions, but what is `kept` of the one from `from`, and its inverse. */
  const strip = (from: RecordRef, to: RecordRef, kept: readonly AssociationType[] = []): void => {
    for (const type of tables.between(from, to))
      if (!kept.some((other) => isSame(other, type))) takeRow(from, to, type);
    for (const type of tables.between(to, from)) {
      if (!kept.some(({ inverse }) => inverse && isSame(inverse, type))) takeRow(to, from, type);
    }
  };

  const changed = (from: RecordRef, to: RecordRef): void => {
    options.changed(from);
    options.changed(to);
  };

  const write = (from: RecordRef, to: RecordRef, types: readonly AssociationType[]): void => {
    const unlabelled = options.types.unlabelled(from.typeId, to.typeId);
    if (!unlabelled) throw new Error(`No association is defined from ${from.typeId} to ${to.typeId}.`);
    add(from, to, unlabelled);
    for (const type of types) add(from, to, type);
    changed(from, to);
  };

  const tables: AssociationTables = {
    link(from, to, types = []) {
      limits.check(from, to, types);
      write(from, to, types);
    },
    replace(from, to, types) {
      limits.check(from, to, types);
      const unlabelled = options.types.unlabelled(from.typeId, to.typeId);
      strip(from, to, unlabelled ? [unlabelled, ...types] : types);
      write(from, to, types);
    },
    unlink(from, to, types) {
      const unlabelled = options.types.unlabelled(from.typeId, to.typeId);
      if (types && !types.some((type) => unlabelled && isSame(unlabelled, type))) {
        for (const type of types) take(from, to, type);
      } else {
        strip(from, to);
      }
      changed(from, to);
    },
    between: rows.between,
    list: (record, toTypeId, page) => rows.list(record, toTypeId, page),
    links: (record, most) => rows.links(record, most),
    count: rows.count,
    primary(record, toType) {
      const type = options.types.between(record.typeId, toType).find(({ single }) => single);
      return type && rows.holders(record, toType, type)[0];
    },
    linkedWith: rows.linkedWith,
    all: () => rows.all(),
    allOfType(type) {
      const pairs = new Map<string, string[]>();
      for (const { fromId, toId } of rows.ofType(type)) {
        const known = pairs.get(fromId);
        if (known) known.push(toId);
        else pairs.set(fromId, [toId]);
      }
      return pairs;
    },
    linkedTypeIds: rows.linkedTypeIds,
    isUsed: rows.isUsed,
    removeType(type) {
      for (const { fromId, toId } of rows.ofType(type)) {
        const from = { typeId: type.fromTypeId, id: fromId };
        const to = { typeId: type.toTypeId, id: toId };
        take(from, to, type);
        changed(from, to);
      }
    },
    move(from, to) {
      for (const typeId of tables.linkedTypeIds(from)) {
        for (const link of tables.list(from, typeId, { limit: -1 })) {
          const other = { typeId, id: link.id };
          const types = link.types.flatMap((type) => options.types.find(from.typeId, typeId, type) ?? []);
          tables.unlink(from, other);
          // What was linked with the record that it becomes would be linked with itself.
          if (other.typeId === to.typeId && other.id === to.id) continue;
          // The record that stays keeps its own primary.
          const kept = types.filter((type) => !type.single || rows.holders(to, typeId, type).length === 0);
          write(to, other, kept);
        }
      }
      // They came without being counted.
      limits.forget();
    },
    refusal: (from, to, types) => limits.refusal(from, to, types),
    usage: rows.usage,
    forget: () => limits.forget(),
  };

  const limits = linkLimits({
    types: options.types,
    limits: options.limits,
    rows: rows.total,
    count: (record, toTypeId) => tables.count(record, toTypeId),
    between: (from, to) => tables.between(from, to),
    holders: (record, type) => rows.holders(record, type.toTypeId, type).length,
  });

  return tables;
}

function idOf({ category, typeId }: AssociationTypeId): AssociationTypeId {
  return { category, typeId };
}

function isSame(a: AssociationTypeId, b: AssociationTypeId): boolean {
  return a.typeId === b.typeId && a.category === b.category;
}

/**
 * Orders the two directions of a pair, for where it is told in one: the first is from the lower type id, or the lower
 * record id within one type.
 */
export function isFirstDirection(from: RecordRef, to: RecordRef): boolean {
  if (from.typeId === to.typeId) return Number(from.id) < Number(to.id);
  const [a, b] = [from.typeId, to.typeId].map((typeId) => typeId.split('-').map(Number));
  const [kinds, numbers] = [(a?.[0] ?? 0) - (b?.[0] ?? 0), (a?.[1] ?? 0) - (b?.[1] ?? 0)];
  return kinds === 0 ? numbers < 0 : kinds < 0;
}
