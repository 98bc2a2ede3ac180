/** A record as calculations see it. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { systemValue, valueOf } from '../objects/present.ts';
import type { RecordRef } from '../store/associations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Calculated, Subject, Values } from './calculated.ts';
import type { Plan } from './plan.ts';

/** A subject, and what was calculated for it so far. */
export interface Working {
  readonly subject: Subject;
  /** Lets the subject see it. */
  readonly take: (calculated: Calculated) => void;
  /** What differs from the record. */
  readonly made: ReadonlyMap<string, string | undefined>;
}

/** `isLinked`: whether it is linked with records of a type at all, which most are with few. */
export function workOn(
  store: Store,
  { type, reads }: Plan,
  record: StoredRecord,
  { now, isLinked }: { readonly now: number; readonly isLinked: (typeId: string) => boolean },
): Working {
  const made = new Map<string, string | undefined>();
  const value = (property: string) => (made.has(property) ? made.get(property) : valueOf(type, record, property));
  const known = new Map<string, readonly Values[]>();
  const linked = (typeId: string): readonly Values[] => {
    if (!isLinked(typeId)) return none;
    const found = known.get(typeId) ?? linkedRecords(store, record, typeId, reads.get(typeId) ?? new Set());
    known.set(typeId, found);
    return found;
  };
  return {
    made,
    subject: {
      ...reading(type, record, value),
      store,
      type,
      now,
      linked,
      count: (typeId) => (isLinked(typeId) ? store.associations.count(record, typeId) : 0),
      primary: (typeId) => (isLinked(typeId) ? store.associations.primary(record, typeId) : undefined),
      linkedAs: (typeId, associationTypeId) =>
        isLinked(typeId)
          ? store.associations
              .list(record, typeId, { limit: -1 })
              .filter(({ types }) => types.some((each) => isHubSpots(each, associationTypeId)))
              .map(({ id }) => id)
          : [],
      history: (property) => store.records.history(record, property).toReversed(),
    },
    take(calculated) {
      for (const property in calculated) {
        const each = calculated[property];
        if (made.has(property) || each !== record.properties[property]) made.set(property, each);
      }
    },
  };
}

const none: readonly Values[] = [];

function isHubSpots(type: { category: string; typeId: number }, typeId: number): boolean {
  return type.category === 'HUBSPOT_DEFINED' && type.typeId === typeId;
}

/** Only the properties that were said to be read can be: for others, nobody would know that they changed. */
function linkedRecords(store: Store, self: RecordRef, typeId: string, readable: ReadonlySet<string>): Values[] {
  const type = store.objectType(typeId);
  if (!type) return [];
  return store.associations.linkedWith(typeId, self).flatMap((id) => {
    const record = store.records.get(typeId, id);
    if (record?.archivedAt !== null) return [];
    const value = (property: string) => {
      const own = systemValue(type, record, property);
      if (own === undefined && !readable.has(property))
        throw new Error(`${type.name}.${property} is read but not named.`);
      return record.properties[property] ?? own;
    };
    return [reading(type, record, value)];
  });
}

function reading(type: ObjectTypeFacts, record: StoredRecord, value: Values['value']): Values {
  return {
    id: record.id,
    value,
    number(property) {
      const said = value(property);
      const number = said === undefined || said === '' ? Number.NaN : Number(said);
      return Number.isFinite(number) ? number : undefined;
    },
    time(property) {
      // Asked of most records, and no text needs to be made and read for it.
      if (property === type.createdProperty && record.properties[property] === undefined) return record.createdAt;
      const said = value(property);
      if (said === undefined) return undefined;
      const ms = /^-?\d+$/.test(said) ? Number(said) : Date.parse(said);
      return Number.isFinite(ms) ? ms : undefined;
    },
  };
}
