/** What the tools and commands of data quality work with. Contracts only. */

import type { Clock } from '../clock.ts';
import type { ObjectType } from '../crm/index.ts';
import type { StageAgeing } from '../enrich/anomalies/deals/ageing.ts';
import type { CreationSeries } from '../enrich/anomalies/series/creation.ts';
import type { AnomalyReport, Finding } from '../enrich/anomalies/types.ts';
import type { Brief } from '../enrich/brief/types.ts';
import type { Band, Explanation, Scan } from '../enrich/duplicates/types.ts';
import type { ApartPair } from '../enrich/merge/types.ts';
import type { Estimate } from '../enrich/openai/judge-pairs.ts';
import type { Judging, ModelOptions, Run } from '../enrich/openai/types.ts';
import type { ScoreRules } from '../enrich/scores/types.ts';
import type { Table } from '../enrich/table.ts';
import type { ValueProvider } from '../enrich/values/types.ts';
import type { Memory } from '../snapshot/types.ts';

/** Bound to one call, like the rest of a tool's context: it sees what the call's policy lets be seen. */
export interface Quality extends Dismissing {
  /**
   * Refreshes the copy, scans it, and leaves out what was dismissed.
   * @throws UserError `no_key` for a custom object without `keys`, `not_possible` for a type that is not compared
   */
  duplicates(type: ObjectType, options?: DuplicateOptions): Promise<Reading<DuplicateScan>>;
  /** Names of the object types that are looked at where nobody names any. */
  usualTypes(): Promise<readonly string[]>;
  /** Refreshes what the checks need, runs them, and leaves out what was dismissed. @throws UserError `unknown_check` */
  anomalies(options?: AnomalyOptions): Promise<Reading<AnomalyRun>>;
  /**
   * Asks a model about the pairs of which a scan is unsure, and remembers what it says. Without `maxUsd` nothing is sent:
   * only what it would cost is said. Absent where no model may be asked.
   * @throws UserError `not_possible` for a type that no model judges
   */
  readonly judge?: (type: ObjectType, options: { readonly maxUsd?: number }) => Promise<Reading<JudgingReport>>;
  /** Who or what a record is, what it is linked with and what is left undone, read afresh. @throws HubSpotError `not_found` */
  brief(type: ObjectType, id: string): Promise<RecordBrief>;
  /** Pairs of a type of which somebody said that they are two. */
  readonly apart: (objectType: string) => Promise<readonly ApartPair[]>;
  /** These ids are gone, merged away or archived: the copy forgets them. What they became is read by the next scan. */
  merged(type: ObjectType, ids: readonly string[]): Promise<void>;
  /** What was dismissed, judged and told so far. */
  readonly memory: Memory;
  /** What single records and texts are enriched with. */
  readonly enrichment: Enrichment;
}

export interface Dismissing {
  /**
   * A finding, or a pair of records that are two (see `pairFingerprint`), is not shown again to anybody. Gives what was
   * not dismissed before, and how many were. After text from outside was read it needs a person's yes.
   * @throws UserError `unknown_finding` when one is neither a pair nor a finding's fingerprint
   * @throws ApprovalNeeded
   */
  dismiss(
    fingerprints: readonly string[],
    reason: string | undefined,
  ): Promise<{ readonly fresh: readonly string[]; readonly already: number }>;
  /** Takes it back. Gives those that had been dismissed. @throws UserError `unknown_finding` */
  restore(fingerprints: readonly string[]): Promise<readonly string[]>;
}

export interface Enrichment {
  readonly clock: Clock;
  /** ISO 3166-1 alpha-2, of phone numbers that name none. */
  readonly country: string;
  /** The operator's own sources of values, in their order. */
  readonly providers: readonly ValueProvider[];
  /** The operator's, or the shipped ones. @throws UserError `invalid_rules` */
  scoreRules(): Promise<ScoreRules>;
  /** Fingerprints of what somebody said no to. */
  dismissed(): Promise<ReadonlySet<string>>;
  /** Ends in time for the call's answer. */
  readonly signal?: AbortSignal | undefined;
  /** One piece of work with the model, with a cap of its own within the operator's. Absent where no model may be asked. */
  readonly asking?: <T>(work: (run: Run, model: ModelOptions) => Promise<T>) => Promise<T>;
}

/**
 * A first reading of a large portal outlasts a call: it goes on in the background, and the same call joins it. Calls
 * without a deadline, those of commands, wait for it and are told of its progress.
 */
export type Reading<T> =
  | { readonly state: 'done'; readonly result: T }
  | {
      readonly state: 'reading';
      /** What is done once all is read: `Checking`, `Comparing`. */
      readonly step?: string;
      readonly objectType: string;
      readonly read: number;
      readonly of?: number;
      /** When it is worth asking again. */
      readonly secondsLeft?: number;
    };

export interface RecordBrief {
  readonly brief: Brief;
  /** Types around it that the token may not read. */
  readonly unread: readonly string[];
  /** Types of which not all were looked at that should have been. */
  readonly partly: readonly string[];
}

export interface JudgingReport {
  readonly model: string;
  readonly redaction: string;
  /** Properties that leave, in the form that the redaction has of them. */
  readonly sends: readonly string[];
  /** What is left of the day's cap, in US dollars. */
  readonly leftUsd: number;
  readonly estimate?: Estimate;
  readonly judging?: Judging;
}

export interface DuplicateOptions {
  /** Clusters less probable are left out; .5 if omitted, and at least. */
  readonly minProbability?: number;
  /** Property by which records of a custom object are the same. */
  readonly keys?: readonly string[];
  /** The last scan will do, however old, if there is one: for the following pages of a list. */
  readonly last?: boolean;
}

export interface DuplicateScan {
  readonly scan: Scan;
  readonly table: Table;
  /** From `minProbability` on, the likeliest first, without what was dismissed. */
  readonly clusters: readonly FoundCluster[];
  /** Milliseconds since the epoch up to which HubSpot's changes are in it. */
  readonly upTo: number;
  /** Of the copy that was scanned. */
  readonly version: number;
  /** Requests to HubSpot that it took to bring the copy up to date. */
  readonly calls: number;
  /** Pairs that HubSpot itself holds for duplicates; absent where it does not tell. */
  readonly proposedByHubSpot?: number;
  /** What the reader has to know of it, in sentences. */
  readonly notes: readonly string[];
  /** Pairs of which a model's word counts. */
  readonly adjudicated: number;
  /** Pairs of the type that somebody said are two. */
  readonly dismissed: number;
  /** Who said so, as `byWhom` puts it. */
  readonly dismissedBy: readonly string[];
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
  /** The last run will do, if there is one: for the following pages of a list. */
  readonly last?: boolean;
}

export interface AnomalyRun {
  readonly report: AnomalyReport;
  readonly dismissed: number;
  /** By whom, as `byWhom` puts it. */
  readonly dismissedBy: readonly string[];
  readonly upTo: number;
  readonly calls: number;
  readonly notes: readonly string[];
  /** Records by object type. */
  readonly records: ReadonlyMap<string, number>;
  readonly series: readonly CreationSeries[];
  readonly fill: readonly FillRate[];
  /** Open deals by stage and age. */
  readonly ageing: readonly StageAgeing[];
}

export interface FillRate {
  readonly objectType: string;
  readonly property: string;
  readonly label: string;
  /** HubSpot sets it, people do not. */
  readonly calculated: boolean;
  /** 0 to 1. */
  readonly rate: number;
}

export type { Finding };
