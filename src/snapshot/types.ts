/** The local copy of a portal that scans work on. Contracts only. */

import type { ObjectType } from '../crm/index.ts';
import type { PastValue } from '../enrich/anomalies/types.ts';
import type { Table } from '../enrich/table.ts';

/** How far the copy of one object type is. */
export interface CopyState {
  readonly objectType: string;
  readonly records: number;
  /** Wall time in milliseconds up to which changes are in it; absent until it was read whole once. */
  readonly upTo?: number;
  /** Grows with every change of what the copy holds: what was made of the same version need not be made again. */
  readonly version: number;
  /** Of a reading that is under way or was interrupted. */
  readonly reading?: { readonly read: number; readonly of?: number };
}

export interface RefreshOptions {
  /** What is to be in the copy, of properties that the portal has; more than it holds so far reads the type again. */
  readonly properties: readonly string[];
  readonly signal?: AbortSignal;
  progress?(done: number, total?: number): void;
}

export interface Refreshed extends CopyState {
  /** Requests to HubSpot that it took. */
  readonly calls: number;
  /** Records that HubSpot no longer has, or has and the copy lacks, by its own count; they were not looked for one by one. */
  readonly unaccounted: number;
}

/**
 * One portal's copy. A file belongs to one process at a time: it is opened for a piece of work and closed after it, and
 * another process that wants it meanwhile waits.
 * Every method throws UserError `copy_in_use` when that takes too long.
 */
export interface Snapshot {
  /**
   * Reads what is new: everything at first (by list, page by page, gone on with after a stop), later what changed. What
   * another process is reading right now is left to it: then the state says `reading`.
   */
  refresh(type: ObjectType, options: RefreshOptions): Promise<Refreshed>;
  state(type: ObjectType): Promise<CopyState>;
  /** As far as it was read. Properties that the copy does not hold are not in the table. */
  table(type: ObjectType, properties: readonly string[]): Promise<Table>;
  /** What the type's records are associated with; read for records that changed since, and once a day for all. */
  associations(from: ObjectType, to: ObjectType, options?: ReadingOptions): Promise<Associated>;
  /** Earlier values, the newest first, of the records that changed last. */
  history(type: ObjectType, properties: readonly string[], options?: ReadingOptions): Promise<Histories>;
  /** Records that are known to be gone: merged away or archived. */
  forget(type: ObjectType, ids: readonly string[]): Promise<void>;
  readonly memory: Memory;
  close(): Promise<void>;
}

export type ReadingOptions = Pick<RefreshOptions, 'signal' | 'progress'>;

export interface Associated {
  readonly of: ReadonlyMap<string, readonly string[]>;
  readonly calls: number;
}

export interface Histories {
  readonly of: ReadonlyMap<string, readonly PastValue[]>;
  readonly calls: number;
  /** Records whose history was left out, for it takes a request for every 50. */
  readonly leftOut: number;
}

/** What people have said of findings and pairs, kept beside the copy in a file of its own: it cannot be read again. */
export interface Memory {
  dismissals(): Promise<readonly Dismissal[]>;
  dismiss(dismissals: readonly Dismissal[]): Promise<void>;
  /** Takes it back. Gives those that had been dismissed. */
  restore(fingerprints: readonly string[]): Promise<readonly string[]>;
  /** Of these findings by fingerprint, those that a watch has told already. */
  told(fingerprints: readonly string[]): Promise<ReadonlySet<string>>;
  tell(fingerprints: readonly string[], at: number): Promise<void>;
  /** Pairs that were judged, by a person or a model, newest word last. */
  judgements(objectType: string): Promise<readonly StoredJudgement[]>;
  judge(objectType: string, judgements: readonly StoredJudgement[]): Promise<void>;
  /** Answers of a model by a hash of what it was asked: for 90 days, the latest 20,000. */
  cached(key: string): Promise<string | undefined>;
  cache(key: string, answer: string, at: number): Promise<void>;
  /**
   * Sets so much money apart, unless more than the cap would then have been spent since that time: by whatever process.
   * Undefined when it would. What is never settled counts as spent.
   */
  reserve(
    usd: number,
    limit: { readonly since: number; readonly cap: number; readonly at: number },
  ): Promise<number | undefined>;
  /** What a reservation came to: never more than was set apart. */
  settle(reservation: number, usd: number): Promise<void>;
  spentSince(since: number): Promise<number>;
  /** The latest audit of an earlier day (UTC) than `at`, of those that were asked the same. */
  auditBefore(question: string, at: number): Promise<PastAudit | undefined>;
  /** One of a day is kept, the last. */
  rememberAudit(question: string, audit: PastAudit): Promise<void>;
}

export interface PastAudit {
  readonly at: number;
  /** Its figures, as JSON. */
  readonly figures: string;
}

export interface Dismissal {
  /** Of a finding, or of a pair: see `pairFingerprint`. */
  readonly fingerprint: string;
  readonly reason?: string;
  readonly by: string;
  readonly at: number;
}

export interface StoredJudgement {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  readonly by: 'person' | 'model';
  readonly bits?: number;
  readonly at: number;
  /** A hash of what a model saw: of records that have changed since, its word does not count. */
  readonly basis?: string;
}
