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
    for (const link of tree) {
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

function waysFrom(from: number, links: ReadonlyMap<number, readonly Pair[]>): ReadonlyMap<number, Lifted> {
  const ways = new Map<number, Lifted>([[from, { probability: 1, over: [] }]]);
  const next = [from];
  for (let at = next.pop(); at !== undefined; at = next.pop()) {
    const here = ways.get(at) ?? { probability: 1, over: [] };
    for (const { a, b, probability } of links.get(at) ?? []) {
      const to = a === at ? b : a;
      if (ways.has(to)) continue;
      ways.set(to, {
        probability: here.probability * probability,
        over: at === from ? [] : [...here.over, at],
      });
      next.push(to);
    }
  }
  return ways;
}
