/** What the tools and commands of data quality work with. Contracts only. */

import type { ObjectType } from '../crm/index.ts';
import type { AnomalyReport, Finding } from '../enrich/anomalies/types.ts';
import type { Band, Explanation, Scan } from '../enrich/duplicates/types.ts';
import type { Table } from '../enrich/table.ts';

/** Bound to one call, like the rest of a tool's context. */
export interface Quality {
  /** Refreshes the copy, scans it, and leaves out what was dismissed. */
  duplicates(type: ObjectType, options?: DuplicateOptions): Promise<Reading<DuplicateScan>>;
  /** Refreshes what the checks need, runs them, and leaves out what was dismissed. */
  anomalies(options?: AnomalyOptions): Promise<Reading<AnomalyRun>>;
  /**
   * A finding, or a pair of records that are two, is not shown again.
   * @throws UserError `unknown_finding`
   */
  dismiss(fingerprints: readonly string[], reason: string | undefined): Promise<readonly string[]>;
  /** After a merge: the loser is gone from the copy, the survivor is read again by the next scan. */
  merged(type: ObjectType, ids: readonly string[]): Promise<void>;
}

/** A first reading of a large portal outlasts a call: it goes on in the background, and the same call joins it. */
export type Reading<T> =
  | { readonly state: 'done'; readonly result: T }
  | {
      readonly state: 'reading';
      readonly objectType: string;
      readonly read: number;
      readonly of?: number;
      /** When it is worth asking again. */
      readonly secondsLeft?: number;
    };

export interface DuplicateOptions {
  readonly minProbability?: number;
  /** Property by which records of a custom object are the same. */
  readonly keys?: readonly string[];
}

export interface DuplicateScan {
  readonly scan: Scan;
  readonly table: Table;
  readonly clusters: readonly FoundCluster[];
  /** Milliseconds since the epoch up to which HubSpot's changes are in it. */
  readonly upTo: number;
  explain(a: string, b: string): Explanation;
}

export interface FoundCluster {
  readonly ids: readonly string[];
  readonly probability: number;
  readonly band: Band;
  readonly review?: string;
  /** The two records whose link is the weakest that the cluster needs. */
  readonly weakest: readonly [string, string];
}

export interface AnomalyOptions {
  readonly objectTypes?: readonly string[];
  readonly checks?: readonly string[];
}

export interface AnomalyRun {
  readonly report: AnomalyReport;
  readonly dismissed: number;
  readonly upTo: number;
  /** Records by object type. */
  readonly records: ReadonlyMap<string, number>;
  readonly series: readonly CreationSeries[];
  readonly fill: readonly FillRate[];
}

/** What the report draws, beside the findings. */
export interface CreationSeries {
  readonly objectType: string;
  /** ISO days, without gaps. */
  readonly days: readonly string[];
  readonly counts: readonly number[];
  readonly expected: readonly number[];
  readonly alarms: readonly string[];
}

export interface FillRate {
  readonly objectType: string;
  readonly property: string;
  readonly label: string;
  /** 0 to 1. */
  readonly rate: number;
}

export type { Finding };
