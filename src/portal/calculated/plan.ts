/** What is calculated for each object type, and in which order the types come. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';
import type { Calculation } from './calculated.ts';
import { calculations } from './calculations.ts';
import { formulasOf } from './formula/formulas.ts';

export interface Plan {
  readonly type: ObjectTypeFacts;
  readonly calculations: readonly Calculation[];
  /** The properties that the type has: of others no value is kept. */
  readonly properties: ReadonlySet<string>;
  /** Types whose records are calculated from records of this one, and which of its properties they read. */
  readonly readers: readonly { readonly typeId: string; readonly properties: ReadonlySet<string> }[];
  /** The properties that it reads of linked records, by their type. */
  readonly reads: ReadonlyMap<string, ReadonlySet<string>>;
  /** Higher than that of every type that it reads. */
  readonly rank: number;
}

/** The plan of a type; made anew when a definition changed. Undefined for a type that the portal does not have. */
export function planner(store: Store): (typeId: string) => Plan | undefined {
  let revision = -1;
  let types: readonly ObjectTypeFacts[] = [];
  const plans = new Map<string, Plan | undefined>();
  return (typeId) => {
    if (revision !== store.revision) {
      plans.clear();
      types = store.objectTypes();
      revision = store.revision;
    }
    if (!plans.has(typeId)) plans.set(typeId, makePlan(store, types, typeId));
    return plans.get(typeId);
  };
}

function makePlan(store: Store, types: readonly ObjectTypeFacts[], typeId: string): Plan | undefined {
  const type = types.find(({ id }) => id === typeId);
  if (!type) return undefined;
  return {
    type,
    calculations: [...ownOf(type), ...formulasOf(store, type)],
    properties: new Set(store.properties.list(typeId).flatMap(({ name, archived }) => (archived ? [] : [name]))),
    readers: types.flatMap((other) => {
      const properties = readsOf(other).get(typeId);
      return properties ? [{ typeId: other.id, properties }] : [];
    }),
    reads: readsOf(type),
    rank: rankOf(types, type, []),
  };
}

function ownOf(type: ObjectTypeFacts): Calculation[] {
  return calculations.filter((each) => each.appliesTo(type));
}

function readsOf(type: ObjectTypeFacts): Map<string, ReadonlySet<string>> {
  const reads = new Map<string, ReadonlySet<string>>();
  for (const { reads: own = {} } of ownOf(type)) {
    for (const [typeId, properties] of Object.entries(own)) {
      reads.set(typeId, new Set([...(reads.get(typeId) ?? []), ...properties]));
    }
  }
  return reads;
}

function rankOf(types: readonly ObjectTypeFacts[], type: ObjectTypeFacts, path: readonly string[]): number {
  if (path.includes(type.id)) throw new Error(`Calculations go in a circle: ${[...path, type.id].join(' -> ')}`);
  const read = readsOf(type);
  const below = types.filter(({ id }) => read.has(id)).map((each) => rankOf(types, each, [...path, type.id]));
  return below.length === 0 ? 0 : 1 + Math.max(...below);
}
