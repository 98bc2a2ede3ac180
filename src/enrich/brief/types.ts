/** What a brief on one record is made of, and what it says. Contracts only. */

import type { PipelineFacts } from '../anomalies/types.ts';

export type Values = Readonly<Record<string, string | null | undefined>>;

export interface BriefRecord {
  readonly id: string;
  readonly properties: Values;
}

/** Records of one type that the record is linked with. */
export interface Around {
  readonly total: number;
  /** Some of them, those to be told first. */
  readonly records: readonly BriefRecord[];
}

export interface Surroundings {
  /** Wall time in milliseconds since the epoch. */
  readonly now: number;
  /** IANA name. */
  readonly timeZone: string;
  readonly objectType: string;
  readonly record: BriefRecord;
  /** By object type, activities among them; what cannot be linked or read is absent. */
  readonly around: ReadonlyMap<string, Around>;
  /** By id; empty where they could not be read. */
  readonly owners: ReadonlyMap<string, { readonly name: string; readonly archived: boolean }>;
  /** By object type. */
  readonly pipelines: ReadonlyMap<string, readonly PipelineFacts[]>;
}

/** A list as columns and rows; texts are strangers', not yet cut. */
export interface BriefTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** What somebody has to see to: a sentence of ours without a record's text, and about which records. */
export interface OpenQuestion {
  readonly objectType: string;
  readonly ids: readonly string[];
  readonly note: string;
  /** A call of one of our tools that would settle it, or begin to. */
  readonly fix?: { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> };
}

export interface Brief {
  readonly id: string;
  readonly properties: Readonly<Record<string, string>>;
  /** How many of each type there are; none are left out. */
  readonly linked: Readonly<Record<string, number>>;
  /** The most telling of those, by object type. */
  readonly tables: Readonly<Record<string, BriefTable>>;
  /** The latest first: when, as which property of which activity, and what it says. */
  readonly activities: BriefTable;
  readonly questions: readonly OpenQuestion[];
}
