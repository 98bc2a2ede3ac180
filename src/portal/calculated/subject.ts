/** A record as calculations see it. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import { systemValue, valueOf } from '../objects/present.ts';
import type { AssociationTypeId } from '../store/association-types.ts';
import type { Link } from '../store/associations.ts';
import type { StoredRecord } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Calculated, Subject, Values } from './calculated.ts';
import type { Links } from './links.ts';
import type { Plan } from './plan.ts';

/** A subject, and what was calculated for it so far. */
export interface Working {
  readonly subject: Subject;
  /** Lets the subject see it. */
  readonly take: (calculated: Calculated) => void;
  /** What differs from the record. */
  readonly made: ReadonlyMap<string, string | undefined>;
}

export function workOn(
  store: Store,
  { type, reads }: Plan,
  record: StoredRecord,
  { now, links }: { readonly now: number; readonly links: Links },
): Working {
  const made = new Map<string, string | undefined>();
  const value = (property: string) => (made.has(property) ? made.get(property) : valueOf(type, record, property));
  const known = new Map<string, readonly Values[]>();
  const linked = (typeId: string): readonly Values[] => {
    const linked = links.of(typeId);
    if (linked.length === 0) return none;
    const found = known.get(typeId) ?? readLinked(store, typeId, linked, reads.get(typeId));
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
      count: (typeId) => links.count(typeId),
      firstCreated: (typeId) =>
        links.count(typeId) === 0 ? undefined : store.linkedRecords.firstCreated(record, typeId),
      tally(typeId, property) {
        if (!reads.get(typeId)?.has(property)) throw new Error(`${typeId}.${property} is tallied but not named.`);
        return links.count(typeId) === 0 ? noTally : store.linkedRecords.tally(record, typeId, property);
      },
      primary(typeId) {
        const all = links.of(typeId);
        const primary = all.length > 0 && store.associationTypes.between(type.id, typeId).find(({ single }) => single);
        return primary ? all.find(({ types }) => types.some((each) => isSame(each, primary)))?.id : undefined;
      },
      linkedAs: (typeId, associationTypeId) =>
        links
          .of(typeId)
          .filter(({ types }) =>
            types.some((each) => isSame(each, { category: 'HUBSPOT_DEFINED', typeId: associationTypeId })),
          )
          .map(({ id }) => id),
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
const noTally: ReadonlyMap<string, number> = new Map();

function isSame(one: AssociationTypeId, other: AssociationTypeId): boolean {
  return one.typeId === other.typeId && one.category === other.category;
}

/** Only the properties that were said to be read can be: for others, nobody would know that they changed. */
function readLinked(
  store: Store,
  typeId: string,
  links: readonly Link[],
  readable: ReadonlySet<string> | undefined,
): Values[] {
  const type = store.objectType(typeId);
  if (!type) return [];
  return links.flatMap(({ id }) => {
    const record = store.records.get(typeId, id);
    if (record?.archivedAt !== null) return [];
    const value = (property: string) => {
      const own = systemValue(type, record, property);
      if (own === undefined && !readable?.has(property))
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
