/** What is calculated for each object type, and in which order the types come. */

import type { ObjectTypeFacts } from '../facts/object-type.ts';
import type { Store } from '../store/store.ts';
import type { Calculation } from './calculated.ts';
import { calculations } from './calculations.ts';
import { formulasOf } from './formula/formulas.ts';

export interface Plan {
  readonly type: ObjectTypeFacts;
  readonly calculations: readonly Calculation[];
  /** Types whose records are calculated from records of this one. */
  readonly readers: readonly string[];
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
    readers: types.filter((other) => readsOf(other).has(typeId)).map(({ id }) => id),
    rank: rankOf(types, type, []),
  };
}

function ownOf(type: ObjectTypeFacts): Calculation[] {
  return calculations.filter((each) => each.appliesTo(type));
}

function readsOf(type: ObjectTypeFacts): Set<string> {
  return new Set(ownOf(type).flatMap((each) => each.reads ?? []));
}

function rankOf(types: readonly ObjectTypeFacts[], type: ObjectTypeFacts, path: readonly string[]): number {
  if (path.includes(type.id)) throw new Error(`Calculations go in a circle: ${[...path, type.id].join(' -> ')}`);
  const read = readsOf(type);
  const below = types.filter(({ id }) => read.has(id)).map((each) => rankOf(types, each, [...path, type.id]));
  return below.length === 0 ? 0 : 1 + Math.max(...below);
}
