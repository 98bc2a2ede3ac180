/** What a scan for duplicates takes and gives. Contracts only. */

import type { Table } from '../table.ts';

/**
 * What the rows are: HubSpot's contacts, companies, deals and tickets by HubSpot's properties; `persons` and
 * `organisations` by a file's own columns; `generic` by whatever text columns there are.
 */
export type Kind = 'contacts' | 'companies' | 'deals' | 'tickets' | 'persons' | 'organisations' | 'generic';

/** How sure: certain from .99, with every gate passed and no veto; likely from .9; possible from .5. */
export type Band = 'certain' | 'likely' | 'possible';

/** What a person, or a model, said of a pair. */
export interface Judgement {
  readonly a: string;
  readonly b: string;
  readonly same: boolean;
  /** What it counts in bits, for or against; a person's word stands for itself if omitted. */
  readonly bits?: number;
  /** How the evidence calls it where neither a person nor a model said so: `same serial number`. */
  readonly level?: string;
}

export interface ScanOptions {
  readonly kind: Kind;
  /** Properties to compare where the kind does not know them: a custom object's key, a file's columns. */
  readonly keys?: readonly string[];
  /** Country of numbers that name none, as ISO 3166-1 alpha-2: the portal's. US if omitted. */
  readonly country?: string;
  /** Threads beside the caller's. As many as pay on this machine and this table if omitted; 0 for none. */
  readonly threads?: number;
  /** Pairs that were judged; those of persons recalibrate the probabilities when there are enough. */
  readonly judgements?: readonly Judgement[];
  /** Pairs that another source holds for duplicates (HubSpot's own): they are looked at whether blocked or not. */
  readonly proposed?: readonly { readonly a: string; readonly b: string }[];
  /** Pairs less probable are not kept: .05 if omitted. 0 keeps every compared pair, which measuring needs. */
  readonly keepFrom?: number;
  readonly signal?: AbortSignal;
  progress?(done: number, total: number, step: string): void;
}

/** Two rows of the table, `a` before `b`. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  /** Evidence in bits, the prior included. */
  readonly bits: number;
  /** Calibrated. */
  readonly probability: number;
  /** Why they are two whatever the rest says: `vetoed` pairs are never suggested nor put into one cluster. */
  readonly veto?: string;
}

export interface Cluster {
  /** Rows, ascending. */
  readonly members: readonly number[];
  /** Of its weakest necessary link. */
  readonly probability: number;
  readonly band: Band;
  /** The pairs that hold it together, strongest first. */
  readonly pairs: readonly Pair[];
  /** Too large, or held together by one member: to be looked at by a person whatever the probability. */
  readonly review?: string;
}

export interface Scan {
  readonly kind: Kind;
  readonly rows: number;
  /** Every pair from `keepFrom` on, by row. */
  readonly pairs: readonly Pair[];
  /** From `possible` on; the likeliest first. */
  readonly clusters: readonly Cluster[];
  /** Candidates that were compared. */
  readonly compared: number;
  /** Keys that too many rows share to be compared one by one, and what became of their rows. */
  readonly oversized: readonly { readonly rule: string; readonly key: string; readonly rows: number }[];
  readonly calibration: { readonly method: 'shipped' | 'platt'; readonly judgements: number };
  /** Changes whenever another version would score otherwise. */
  readonly parameters: string;
}

/** One step of a score. */
export interface Evidence {
  /** `prior`, `calibration`, `judgement`, `proposed`, or what was compared: `name`, `phone`, ... */
  readonly field: string;
  /** How the two compare, in words: `same`, `nickname and same surname`, `different`, `missing`. */
  readonly level: string;
  readonly a?: string;
  readonly b?: string;
  /** For (positive) or against (negative). */
  readonly bits: number;
  /** How common the shared value is, where that was counted. */
  readonly rarity?: string;
}

export interface Explanation {
  readonly probability: number;
  readonly band?: Band;
  readonly waterfall: readonly Evidence[];
  /** In words, the strongest first. */
  readonly for: readonly string[];
  /** The same without the values. */
  readonly forInShort: readonly string[];
  readonly against: readonly string[];
  readonly veto?: string;
}

/** A matcher that has scanned a table, and can say why. */
export interface Matcher {
  readonly scan: Scan;
  /** Made by the code that scored, so that its bits are the score's. */
  explain(a: number, b: number): Explanation;
  /** What the clusters would be if only pairs from this probability on held them together: `scan.clusters` at .5. */
  readonly clustersFrom: (probability: number) => readonly Cluster[];
  /**
   * What a single pair would score now: for records that have changed since.
   */
  readonly table: Table;
}
