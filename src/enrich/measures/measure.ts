/** How right a scan is, in the figures that are published. */

import type { Matcher } from '../duplicates/types.ts';
import { measureClusters } from './clusters.ts';
import { measurePairs, type PairMeasures } from './pairs.ts';
import type { Rates } from './rates.ts';
import type { Truth } from './truth.ts';

/** The probabilities from which on things are held for the same, fixed in advance. */
export const THRESHOLDS = ['0.5', '0.95', '0.99'] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** Pair by pair, and of the clusters that these pairs make. */
export interface MeasuredAt extends Rates {
  /** Pairs of rows within one cluster. */
  readonly clusters: Rates;
  readonly bCubed: Rates;
  readonly exactClusters: Rates;
  /** Rows in the largest cluster. */
  readonly largest: number;
}

export interface Measures extends Omit<PairMeasures, 'at'> {
  readonly truePairs: number;
  readonly at: Readonly<Record<Threshold, MeasuredAt>>;
}

/** @param matcher of a scan that kept every compared pair (`keepFrom: 0`) */
export function measure(truth: Truth, { scan, clustersFrom }: Matcher): Measures {
  const { at, ...pairs } = measurePairs(truth, scan.pairs);
  const atThreshold = (said: Threshold): MeasuredAt => {
    const members = clustersFrom(Number(said)).map((cluster) => cluster.members);
    const { pairs: clusters, bCubed, exact: exactClusters, largest } = measureClusters(truth, members);
    return { ...at(Number(said)), clusters, bCubed, exactClusters, largest };
  };
  return {
    truePairs: truth.pairs,
    ...pairs,
    at: { '0.5': atThreshold('0.5'), '0.95': atThreshold('0.95'), '0.99': atThreshold('0.99') },
  };
}
