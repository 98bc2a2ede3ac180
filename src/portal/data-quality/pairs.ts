/** The pairs of records of a type that may be one and the same. */

import type { Store } from '../store/store.ts';
import { comparedProperties, jointKeys, type Likeness, likeness } from './compare.ts';

export interface DuplicatePair extends Likeness {
  /** The lower id first. */
  readonly ids: readonly [string, string];
}

/** A key that more records share says nothing about two of them, as the number of a switchboard. */
const MOST_SHARING = 50;

interface Kept {
  pairs?: readonly DuplicatePair[];
}

const kept = new WeakMap<Store, Map<string, Kept>>();

/** The best first; undefined for a type whose records HubSpot does not compare. Kept until records of the type change. */
export function duplicatePairs(store: Store, typeId: string): readonly DuplicatePair[] | undefined {
  if (!comparedProperties[typeId]) return undefined;
  const known = keptOf(store).get(typeId) ?? {};
  known.pairs ??= findPairs(store, typeId);
  keptOf(store).set(typeId, known);
  return known.pairs;
}

function keptOf(store: Store): Map<string, Kept> {
  const known = kept.get(store);
  if (known) return known;
  const types = new Map<string, Kept>();
  kept.set(store, types);
  store.onCommit(({ records, restored }) => {
    if (restored) types.clear();
    else for (const { typeId } of records) types.delete(typeId);
  });
  return types;
}

/** Compares only records that share a key: each key in turn, so that one table of them is in memory at a time. */
function findPairs(store: Store, typeId: string): DuplicatePair[] {
  const compared = comparedProperties[typeId] ?? [];
  const ids: number[] = [];
  const values: (readonly string[])[] = [];
  const properties = compared.map(({ property }) => property);
  for (const rows of store.records.columns(typeId, properties)) {
    for (const [id, , , ...row] of rows) {
      ids.push(id);
      values.push(compared.map(({ normal }, i) => normal(row[i] ?? '')));
    }
  }
  const joint = jointKeys[typeId] ?? [];
  const keys: readonly (readonly number[])[] = [
    ...compared.flatMap(({ key }, i) => (key ? [[i]] : [])),
    ...(joint.length > 0 ? [joint.map((name) => properties.indexOf(name))] : []),
  ];
  const pairs = new Map<number, DuplicatePair>();
  for (const columns of keys) {
    for (const group of groups(values, columns)) {
      for (const [i, a] of group.entries()) {
        for (const b of group.slice(i + 1)) {
          const place = a * ids.length + b;
          if (pairs.has(place)) continue;
          const alike = likeness(compared, values[a] ?? [], values[b] ?? []);
          if (alike) pairs.set(place, { ids: [String(ids[a]), String(ids[b])], ...alike });
        }
      }
    }
  }
  return [...pairs.values()].sort(
    (a, b) => b.score - a.score || Number(a.ids[0]) - Number(b.ids[0]) || Number(a.ids[1]) - Number(b.ids[1]),
  );
}

/** Rows, by their number, that have the same in these columns, and something in each. */
function groups(values: readonly (readonly string[])[], columns: readonly number[]): number[][] {
  const sharing = new Map<string, number[]>();
  for (const [i, row] of values.entries()) {
    const parts = columns.map((column) => row[column] ?? '');
    if (parts.includes('')) continue;
    const key = parts.join('\n');
    const others = sharing.get(key);
    if (others) others.push(i);
    else sharing.set(key, [i]);
  }
  return [...sharing.values()].filter(({ length }) => length > 1 && length <= MOST_SHARING);
}
