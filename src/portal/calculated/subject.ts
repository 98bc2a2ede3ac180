/** A record as calculations see it. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { valueOf } from '../objects/present.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Calculated, Subject, Values } from './calculated.ts';

/** A subject, and a way to let it see what was calculated. */
export interface Working {
  readonly subject: Subject;
  readonly take: (calculated: Calculated) => void;
}

/** `isLinked`: whether it is linked with records of a type at all, which most are with few. */
export function workOn(
  store: Store,
  type: ObjectTypeFacts,
  record: StoredRecord,
  { now, isLinked }: { readonly now: number; readonly isLinked: (typeId: string) => boolean },
): Working {
  const made = new Map<string, string | undefined>();
  const self = { typeId: record.typeId, id: record.id };
  const value = (property: string) => (made.has(property) ? made.get(property) : valueOf(type, record, property));
  const known = new Map<string, readonly Values[]>();
  const linked = (typeId: string): readonly Values[] => {
    const found = known.get(typeId);
    if (found) return found;
    const records = isLinked(typeId) ? linkedRecords(store, self, typeId) : [];
    known.set(typeId, records);
    return records;
  };
  return {
    subject: {
      ...reading(record.id, value),
      store,
      type,
      now,
      linked,
      count: (typeId) => (isLinked(typeId) ? store.associations.count(self, typeId) : 0),
      primary: (typeId) => (isLinked(typeId) ? store.associations.primary(self, typeId) : undefined),
      linkedAs: (typeId, associationTypeId) =>
        isLinked(typeId)
          ? store.associations
              .list(self, typeId, { limit: -1 })
              .filter(({ types }) => types.some((each) => isHubSpots(each, associationTypeId)))
              .map(({ id }) => id)
          : [],
      history: (property) => store.records.history(record, property).toReversed(),
    },
    take(calculated) {
      for (const [property, each] of Object.entries(calculated)) made.set(property, each);
    },
  };
}

function isHubSpots(type: { category: string; typeId: number }, typeId: number): boolean {
  return type.category === 'HUBSPOT_DEFINED' && type.typeId === typeId;
}

function linkedRecords(store: Store, self: { typeId: string; id: string }, typeId: string): Values[] {
  const type = store.objectType(typeId);
  if (!type) return [];
  return store.associations.list(self, typeId, { limit: -1 }).flatMap(({ id }) => {
    const record = store.records.get(typeId, id);
    return record?.archivedAt === null ? [reading(id, (property) => valueOf(type, record, property))] : [];
  });
}

function reading(id: string, value: Values['value']): Values {
  return {
    id,
    value,
    number(property) {
      const said = value(property);
      const number = said === undefined || said === '' ? Number.NaN : Number(said);
      return Number.isFinite(number) ? number : undefined;
    },
    time(property) {
      const said = value(property);
      if (said === undefined) return undefined;
      const ms = /^-?\d+$/.test(said) ? Number(said) : Date.parse(said);
      return Number.isFinite(ms) ? ms : undefined;
    },
  };
}
