/** Keeps calculated properties right: recalculates them for every record that was written or linked, and what reads it. */

import type { Clock } from '../../clock.ts';
import type { RecordRef } from '../store/associations.ts';
import type { Store } from '../store/store.ts';
import { type Plan, planner } from './plan.ts';
import { workOn } from './subject.ts';

/**
 * From now on the store calculates. Guess: a calculation is no modification, so that `hs_lastmodifieddate` stays; its
 * values have a history with the source CALCULATED.
 */
export function calculate(store: Store, clock: Pick<Clock, 'now'>): void {
  const planOf = planner(store);
  store.beforeCommit((records) => settle(store, planOf, records, clock.now()));
}

/** Type by type: what is read before what reads it, so that every record is calculated once. */
function settle(
  store: Store,
  planOf: (typeId: string) => Plan | undefined,
  records: readonly RecordRef[],
  now: number,
): void {
  const waiting = new Map<number, Map<string, { plan: Plan; id: string }>>();
  const wait = (typeId: string, id: string) => {
    const plan = planOf(typeId);
    if (!plan) return;
    const rank = waiting.get(plan.rank) ?? new Map<string, { plan: Plan; id: string }>();
    rank.set(`${typeId}/${id}`, { plan, id });
    waiting.set(plan.rank, rank);
  };
  for (const { typeId, id } of records) wait(typeId, id);
  const written = new Set(records.map(({ typeId, id }) => `${typeId}/${id}`));
  while (waiting.size > 0) {
    const rank = Math.min(...waiting.keys());
    const due = waiting.get(rank) ?? new Map<string, { plan: Plan; id: string }>();
    waiting.delete(rank);
    for (const [key, { plan, id }] of due) {
      const isLinked = linkedTypes(store, { typeId: plan.type.id, id });
      const changed = recalculate(store, plan, id, { now, isLinked });
      if (!changed && !written.has(key)) continue;
      for (const typeId of plan.readers.filter(isLinked)) {
        const links = store.associations.list({ typeId: plan.type.id, id }, typeId, { limit: -1 });
        for (const link of links) wait(typeId, link.id);
      }
    }
  }
}

type IsLinked = (typeId: string) => boolean;

/** Looked up once, and only if somebody asks. */
function linkedTypes(store: Store, record: RecordRef): IsLinked {
  let known: ReadonlySet<string> | undefined;
  return (typeId) => {
    known ??= new Set(store.associations.linkedTypeIds(record));
    return known.has(typeId);
  };
}

/** Whether a value became another one. Values of properties that the type does not have are not kept. */
function recalculate(
  store: Store,
  plan: Plan,
  id: string,
  moment: { readonly now: number; readonly isLinked: IsLinked },
): boolean {
  if (plan.calculations.length === 0) return false;
  const record = store.records.get(plan.type.id, id);
  if (!record || record.id !== id || record.archivedAt !== null) return false;
  const { subject, take } = workOn(store, plan.type, record, moment);
  const changes: Record<string, string | undefined> = {};
  for (const calculation of plan.calculations) {
    const calculated = calculation.calculate(subject);
    take(calculated);
    for (const [property, value] of Object.entries(calculated)) {
      if (value === record.properties[property]) continue;
      if (store.properties.get(plan.type.id, property)?.archived === false) changes[property] = value;
    }
  }
  if (Object.keys(changes).length === 0) return false;
  store.records.derive(record, changes, moment.now);
  return true;
}
