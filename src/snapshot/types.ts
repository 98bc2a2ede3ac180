/** The local copy of a portal that scans work on. Contracts only. */

import type { PortalData } from '../enrich/anomalies/types.ts';
import type { Table } from '../enrich/table.ts';

/** How far the copy of one object type is. */
export interface CopyState {
  readonly objectType: string;
  readonly records: number;
  /** Wall time in milliseconds up to which changes are in it; absent until it was read whole once. */
  readonly upTo?: number;
  /** Of a first reading that is under way or was interrupted. */
  readonly reading?: { readonly read: number; readonly of?: number };
}

export interface RefreshOptions {
  /** What is to be in the copy; more than it holds so far reads the type again. */
  readonly properties: readonly string[];
  readonly signal?: AbortSignal;
  progress?(done: number, total?: number): void;
}

/**
 * One portal's copy. A file belongs to one process at a time: it is opened for a piece of work and closed after it, and
 * another process that wants it meanwhile waits, and is told so when that takes too long.
 */
export interface Snapshot {
  /** Reads what is new: everything at first (by list, page by page, gone on with after a stop), later what changed. */
  refresh(objectType: string, options: RefreshOptions): Promise<CopyState>;
  table(objectType: string, properties: readonly string[]): Promise<Table>;
  /** All that checks need, from copies that were refreshed. */
  data(needs: DataNeeds): Promise<PortalData>;
  /** Records that are known to be gone: merged away or archived. */
  forget(objectType: string, ids: readonly string[]): Promise<void>;
  readonly memory: Memory;
  close(): Promise<void>;
}

export interface DataNeeds {
  readonly properties: ReadonlyMap<string, readonly string[]>;
  readonly associations: readonly string[];
  readonly history: ReadonlyMap<string, readonly string[]>;
}

/** What people have said of findings and pairs, kept beside the copy. */
export interface Memory {
  dismissals(): Promise<readonly Dismissal[]>;
  dismiss(dismissal: Dismissal): Promise<void>;
  /** Findings by fingerprint that a watch has told already. */
  told(fingerprints: readonly string[]): Promise<ReadonlySet<string>>;
  tell(fingerprints: readonly string[], at: number): Promise<void>;
  /** Pairs that were judged, by a person or a model, newest word last. */
  judgements(objectType: string): Promise<readonly StoredJudgement[]>;
  judge(objectType: string, judgements: readonly StoredJudgement[]): Promise<void>;
  /** Answers of a model by a hash of what it was asked. */
  cached(key: string): Promise<string | undefined>;
  cache(key: string, answer: string, at: number): Promise<void>;
}

export interface Dismissal {
  /** Of a finding, or `pair:<type>:<lower id>:<higher id>`. */
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
}
