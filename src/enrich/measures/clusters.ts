/** How right a scan is, cluster by cluster. */

import { type Rates, ratesOf, withF1 } from './rates.ts';
import { NOBODY, pairsAmong, type Truth } from './truth.ts';

export interface ClusterMeasures {
  /** Pairs of rows within one cluster. */
  readonly pairs: Rates;
  /** Mean over all rows of how pure and how complete the cluster of each is; a row in no cluster is one by itself. */
  readonly bCubed: Rates;
  /** Clusters that are wholly right: no row too many, none too few. */
  readonly exact: Rates;
  /** Rows in the largest. */
  readonly largest: number;
}

/** @param clusters rows; no row in two of them */
export function measureClusters(truth: Truth, clusters: Iterable<readonly number[]>): ClusterMeasures {
  const { groupOf, sizes, rows } = truth;
  const pairs = { right: 0, found: 0 };
  const exact = { right: 0, found: 0 };
  let precision = 0;
  let recall = 0;
  let largest = 0;
  const alone = new Uint8Array(rows).fill(1);
  for (const members of clusters) {
    largest = Math.max(largest, members.length);
    pairs.found += pairsAmong(members.length);
    if (members.length > 1) exact.found += 1;
    const together = new Map<number, number>();
    for (const row of members) {
      alone[row] = 0;
      const group = groupOf[row] ?? NOBODY;
      if (group !== NOBODY) together.set(group, (together.get(group) ?? 0) + 1);
      else {
        precision += 1 / members.length;
        recall += 1;
      }
    }
    for (const [group, shared] of together) {
      const size = sizes[group] ?? shared;
      pairs.right += pairsAmong(shared);
      precision += (shared * shared) / members.length;
      recall += (shared * shared) / size;
      if (members.length > 1 && shared === members.length && shared === size) exact.right += 1;
    }
  }
  for (let row = 0; row < rows; row++) {
    if (alone[row] === 0) continue;
    precision += 1;
    recall += 1 / (sizes[groupOf[row] ?? NOBODY] ?? 1);
  }
  const groups = sizes.reduce((sum, size) => sum + (size > 1 ? 1 : 0), 0);
  return {
    pairs: ratesOf(pairs.right, pairs.found, truth.pairs),
    bCubed: rows === 0 ? withF1(1, 1) : withF1(precision / rows, recall / rows),
    exact: ratesOf(exact.right, exact.found, groups),
    largest,
  };
}
