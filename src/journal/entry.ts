/**
 * What stands in a log: each entry says what is new about one call or one job. Entries of one call are put in order by
 * their own numbers, so it never matters in which order the logs of several processes are read.
 */

import type { JobStatus, JournalRow, Json, NewCall, RowOutcome, StoredJob, StoredRow } from './journal.ts';

/** What is known of a call from its beginning. */
export interface CallHead extends Omit<NewCall, 'sameWithinMs'> {
  readonly at: number;
}

/** A row that is said once more keeps the time at which it was sent. */
export type WrittenRow = JournalRow & Pick<StoredRow, 'sentAt'>;

export interface CallEntry {
  readonly call: string;
  /** Orders the entries of the call: a whole number more in each of its owner's, less for what others find out later. */
  readonly n: number;
  /** In a call's first entry. */
  readonly head?: CallHead;
  readonly rows?: readonly WrittenRow[];
  readonly sent?: readonly number[];
  /** When they were sent; absent where it is only said once more that they were. */
  readonly sentAt?: number;
  /** After `sent`, where one entry has both. */
  readonly outcomes?: readonly RowOutcome[];
  readonly end?: { readonly result: Json };
  /** The owner's token: it stopped, and whoever asks again may go on. */
  readonly left?: string;
  /** The call is forgotten. */
  readonly dropped?: true;
}

export interface JobEntry {
  readonly job: string;
  /** How often the job had been taken over when this was written. */
  readonly generation: number;
  readonly head?: Omit<StoredJob, 'id' | 'status' | 'state'>;
  readonly items?: { readonly from: number; readonly list: readonly Json[] };
  /** Ordered by generation, then number. */
  readonly checkpoint?: {
    readonly number: number;
    readonly status: Exclude<JobStatus, 'interrupted'>;
    readonly state: Json;
    /** How many the job had: they are on the disk with the checkpoint. */
    readonly items: number;
  };
  /** Begins a generation: of the items of those before it, so many count. */
  readonly taken?: { readonly items: number };
}

export type Entry = CallEntry | JobEntry;

/** Where an entry stands. */
export interface Place {
  readonly log: string;
  readonly offset: number;
  readonly length: number;
}

/** A process's logs, in the order in which it writes them. */
export function logName(writer: string, number: number): string {
  return `${writer}.${number}`;
}

/** Of the logs of each process, the one that it may still write to: it is through with a log before it makes the next. */
export function newestOfEach(logs: readonly string[]): ReadonlySet<string> {
  const newest = new Map<string, string>();
  for (const log of logs) {
    const other = newest.get(writerOf(log));
    if (other === undefined || numberOf(log) > numberOf(other)) newest.set(writerOf(log), log);
  }
  return new Set(newest.values());
}

function numberOf(log: string): number {
  return Number(log.split('.')[1] ?? 0);
}

/** The process that writes a log. */
export function writerOf(log: string): string {
  return log.split('.')[0] ?? log;
}
