/** Keeps calculated properties right: recalculates them for every record that was written or linked, and what reads it. */

import type { Clock } from '../../clock.ts';
import type { RecordRef } from '../store/associations.ts';
import { keyOf } from '../store/record-ref.ts';
import type { Store } from '../store/store.ts';
import type { Touched } from '../store/transactions.ts';
import { type Links, linksOf } from './links.ts';
import { type Plan, planner } from './plan.ts';
import { workOn } from './subject.ts';

/**
 * From now on the store calculates. Guess: a calculation is no modification, so that `hs_lastmodifieddate` stays; its
 * values have a history with the source CALCULATED.
 */
export function calculate(store: Store, clock: Pick<Clock, 'now'>): void {
  const planOf = planner(store);
  store.beforeCommit((records, until) => settle(store, planOf, records, { now: clock.now(), until }));
}

/** A record that waits for being calculated, and which of its values became others so far. */
interface Due {
  readonly plan: Plan;
  readonly id: string;
  properties: Touched['properties'];
}

/**
 * Type by type: what is read before what reads it, so that every record is calculated once. What comes after the type
 * `until` is given back.
 */
function settle(
  store: Store,
  planOf: (typeId: string) => Plan | undefined,
  records: readonly Touched[],
  { now, until }: { readonly now: number; readonly until: string | undefined },
): Touched[] {
  const waiting = new Map<number, Map<string, Due>>();
  const wait = (record: RecordRef, properties: Touched['properties']) => {
    const plan = planOf(record.typeId);
    if (!plan) return;
    const rank = waiting.get(plan.rank) ?? new Map<string, Due>();
    waiting.set(plan.rank, rank);
    const key = keyOf(record);
    if (!rank.has(key)) rank.set(key, { plan, id: record.id, properties });
  };
  for (const record of records) wait(record, record.properties);
  const last = (until === undefined ? undefined : planOf(until)?.rank) ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const rank = Math.min(...waiting.keys());
    const due = waiting.get(rank);
    if (!due || rank > last) break;
    waiting.delete(rank);
    for (const { plan, id, properties } of due.values()) {
      const record = { typeId: plan.type.id, id };
      const links = linksOf(store, record);
      const calculated = recalculate(store, plan, id, { now, links });
      for (const reader of plan.readers) {
        const reads = (property: string) => reader.properties.has(property);
        if (properties !== 'all' && !calculated.some(reads) && ![...properties].some(reads)) continue;
        for (const other of links.of(reader.typeId)) wait({ typeId: reader.typeId, id: other.id }, nothing);
      }
    }
  }
  return [...waiting.values()].flatMap((due) =>
    [...due.values()].map(({ plan, id, properties }) => ({ typeId: plan.type.id, id, properties })),
  );
}

const nothing: ReadonlySet<string> = new Set();

/** The properties that have another value now. */
function recalculate(
  store: Store,
  plan: Plan,
  id: string,
  moment: { readonly now: number; readonly links: Links },
): string[] {
  const record = store.records.get(plan.type.id, id);
  if (!record || record.id !== id || record.archivedAt !== null) return [];
  const { subject, take, made } = workOn(store, plan, record, moment);
  for (const calculation of plan.calculations) take(calculation.calculate(subject));
  const changes = new Map<string, string | undefined>();
  for (const [property, value] of made) {
    if (value !== record.properties[property] && plan.properties.has(property)) changes.set(property, value);
  }
  if (changes.size > 0) store.records.derive(record, changes, moment.now);
  return [...changes.keys()];
}
