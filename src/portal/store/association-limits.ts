/**
 * How many records a record may be linked with: HubSpot's limit, and the lower ones that an account sets for itself.
 * Source: developers.hubspot.com/changelog/introducing-custom-association-limits-for-associations-api and
 * .../associations-api-enables-admins-to-configure-association-limits, compared 2026-11-22. Limits hold for what is linked
 * from then on. Guess: the words of the refusal and its sub-category; a merge may go beyond a limit.
 */

import { invalid, type PortalError } from '../errors.ts';
import type { AssociationCategory, AssociationType, AssociationTypeId, AssociationTypes } from './association-types.ts';
import type { RecordRef } from './associations.ts';
import type { DefinitionSet } from './definitions.ts';

/** Guess: HubSpot's example for contacts and deals of a company, for all pairs and tiers. */
export const MAX_LINKED_RECORDS = 50_000;

/** What an account set: a record has at most so many records under that type, which may be the unlabelled one. */
export interface AssociationLimit {
  readonly category: AssociationCategory;
  readonly typeId: number;
  readonly maxToObjectIds: number;
}

export interface AssociationLimits {
  /** The account's own limit. */
  of(type: AssociationType): number | undefined;
  set(type: AssociationType, maxToObjectIds: number): void;
  /** Whether there was one. */
  remove(type: AssociationType): boolean;
  /** Whether the account set any in this direction. */
  anyBetween(from: string, to: string): boolean;
  /** All that the account set, in the order in which they came. */
  all(): ({ readonly from: string; readonly to: string } & AssociationLimit)[];
}

const scopeOf = (from: string, to: string) => `${from}/${to}`;
const nameOf = ({ category, typeId }: AssociationTypeId) => `${category}/${typeId}`;

export function associationLimits(stored: DefinitionSet<AssociationLimit>): AssociationLimits {
  return {
    of: (type) => stored.get(scopeOf(type.fromTypeId, type.toTypeId), nameOf(type))?.maxToObjectIds,
    set: (type, maxToObjectIds) =>
      stored.put(scopeOf(type.fromTypeId, type.toTypeId), nameOf(type), {
        category: type.category,
        typeId: type.typeId,
        maxToObjectIds,
      }),
    remove: (type) => stored.delete(scopeOf(type.fromTypeId, type.toTypeId), nameOf(type)),
    anyBetween: (from, to) => stored.list(scopeOf(from, to)).length > 0,
    all: () =>
      stored.scopes().flatMap((scope) => {
        const [from = '', to = ''] = scope.split('/');
        return stored.list(scope).map((limit) => ({ from, to, ...limit }));
      }),
  };
}

export interface LinkLimits {
  /** What a link is refused with that would go beyond a limit, in either direction. */
  refusal(from: RecordRef, to: RecordRef, types?: readonly AssociationType[]): PortalError | undefined;
  /** @throws PortalError 400 */
  check(from: RecordRef, to: RecordRef, types: readonly AssociationType[]): void;
  /** To be called when links came otherwise than one by one. */
  forget(): void;
}

/** How many records' numbers of links are remembered. */
const MOST_REMEMBERED = 20_000;

/** Watches over the links of the store that can be asked these questions. */
export function linkLimits(options: {
  readonly types: AssociationTypes;
  readonly limits: AssociationLimits;
  /** How many rows there are; no more than `most` need to be counted. */
  rows(most: number): number;
  count(record: RecordRef, toTypeId: string): number;
  between(from: RecordRef, to: RecordRef): readonly AssociationTypeId[];
  /** How many records it is linked with under that type. */
  holders(record: RecordRef, type: AssociationType): number;
}): LinkLimits {
  const { types, limits } = options;

  /** No record is linked with more than there are rows: so many were counted once, and a link gives a record one more. */
  let most: number | undefined;
  const anyFull = () => most !== undefined && most > MAX_LINKED_RECORDS;
  /** Where that says too little, at most so many records of a type are linked with a record, counted in the same way. */
  const atMost = new Map<string, number>();

  const isFull = (record: RecordRef, toTypeId: string): boolean => {
    const name = `${record.typeId}/${record.id}/${toTypeId}`;
    let known = atMost.get(name);
    if (known === undefined || known >= MAX_LINKED_RECORDS) known = options.count(record, toTypeId);
    if (atMost.size >= MOST_REMEMBERED) atMost.clear();
    atMost.set(name, known + 1);
    return known >= MAX_LINKED_RECORDS;
  };

  /** The unlabelled type comes first. */
  const beyond = (from: RecordRef, to: RecordRef, asked: readonly AssociationType[]): PortalError | undefined => {
    const [unlabelled] = asked;
    if (unlabelled && anyFull() && isFull(from, to.typeId) && options.between(from, to).length === 0) {
      return limitReached(from, to, unlabelled, MAX_LINKED_RECORDS);
    }
    if (!limits.anyBetween(from.typeId, to.typeId)) return undefined;
    const held = options.between(from, to);
    for (const type of asked) {
      const limit = limits.of(type);
      // A record gives up its primary one for the next.
      if (limit === undefined || type.single) continue;
      if (held.some(({ category, typeId }) => category === type.category && typeId === type.typeId)) continue;
      if (options.holders(from, type) >= limit) return limitReached(from, to, type, limit);
    }
    return undefined;
  };

  const refusal = (from: RecordRef, to: RecordRef, asked: readonly AssociationType[] = []) => {
    most = (most ?? options.rows(MAX_LINKED_RECORDS)) + 1;
    const set = limits.anyBetween(from.typeId, to.typeId) || limits.anyBetween(to.typeId, from.typeId);
    if (!anyFull() && !set) return undefined;
    const unlabelled = types.unlabelled(from.typeId, to.typeId);
    const forth = unlabelled ? [unlabelled, ...asked] : asked;
    const back = forth.flatMap(({ inverse }) => (inverse && types.find(to.typeId, from.typeId, inverse)) ?? []);
    return beyond(from, to, forth) ?? beyond(to, from, back);
  };

  return {
    refusal,
    check(from, to, asked) {
      const refused = refusal(from, to, asked);
      if (refused) throw refused;
    },
    forget() {
      most = undefined;
      atMost.clear();
    },
  };
}

const LIMIT_REACHED = 'crm.associations.ASSOCIATION_LIMIT_EXCEEDED';

function limitReached(from: RecordRef, to: RecordRef, type: AssociationTypeId, limit: number): PortalError {
  return invalid(
    `Record ${from.id} of object type ${from.typeId} has reached its limit of ${limit} associations with object type ${to.typeId} (association type ${type.category} ${type.typeId})`,
    {
      subCategory: LIMIT_REACHED,
      context: {
        fromObjectTypeId: [from.typeId],
        fromObjectId: [from.id],
        toObjectTypeId: [to.typeId],
        toObjectId: [to.id],
        associationTypeId: [String(type.typeId)],
        limit: [String(limit)],
      },
    },
  );
}
