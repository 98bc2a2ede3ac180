/**
 * What two rows of one cluster gain by the others: where both are the same as a third, so are they. The probability of
 * the way from one to the other over the cluster's strongest links is the least that they have.
 */

import type { Pair } from '../types.ts';
import type { Linked } from './clusters.ts';

export interface Lifted {
  readonly probability: number;
  /** Rows on the way. */
  readonly over: readonly number[];
}

/** Of larger clusters only the strongest links are followed. */
const everyWayUpTo = 60;
/** Of larger clusters somebody has to look at every link anyway. */
const largest = 1000;

/** @returns by `a * rows + b`, `a` before `b`, what pairs without a veto have by way of others where that is more */
export function lifted(
  clusters: readonly Linked[],
  direct: (a: number, b: number) => { readonly probability: number; readonly most: number; readonly vetoed: boolean },
  rows: number,
): ReadonlyMap<number, Lifted> {
  const found = new Map<number, Lifted>();
  for (const { cluster, tree } of clusters) {
    const { members } = cluster;
    if (members.length < 3 || members.length > largest) continue;
    const links = new Map<number, Pair[]>(members.map((member) => [member, []]));
    for (const link of members.length <= everyWayUpTo ? cluster.pairs : tree) {
      links.get(link.a)?.push(link);
      links.get(link.b)?.push(link);
    }
    for (const from of members) {
      for (const [to, way] of waysFrom(from, links)) {
        if (to <= from || way.over.length === 0) continue;
        const own = direct(from, to);
        const probability = Math.min(way.probability, own.most);
        if (!own.vetoed && probability > own.probability) found.set(from * rows + to, { ...way, probability });
      }
    }
  }
  return found;
}

/** The most probable way to each of the others. */
function waysFrom(from: number, links: ReadonlyMap<number, readonly Pair[]>): ReadonlyMap<number, Lifted> {
  const ways = new Map<number, Lifted>([[from, { probability: 1, over: [] }]]);
  const open = new Set([from]);
  while (open.size > 0) {
    let [at, here]: [number, Lifted] = [-1, { probability: -1, over: [] }];
    for (const each of open) {
      const way = ways.get(each);
      if (way !== undefined && way.probability > here.probability) [at, here] = [each, way];
    }
    open.delete(at);
    for (const { a, b, probability } of links.get(at) ?? []) {
      const to = a === at ? b : a;
      const reached = here.probability * probability;
      if (reached <= (ways.get(to)?.probability ?? 0)) continue;
      ways.set(to, { probability: reached, over: at === from ? [] : [...here.over, at] });
      open.add(to);
    }
  }
  return ways;
}
