/** What the journal is for everybody else. Contracts only; the log, its files and its index are the room's own. */

/** Plain data that survives `JSON.parse(JSON.stringify(it))`. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * Who wrote. Nothing here is a secret, and nothing here is a record's text: it is shown in lists, and `run` and `caller` may
 * be written to records. Values of records belong in a row's `change` and `before` alone, tokens nowhere in the journal.
 */
export interface Author {
  /** Who is behind the call: a client's name, a workflow, a program. */
  readonly caller: string;
  /** One conversation, or one process that calls. */
  readonly session: string;
  /** One run of something larger, where the caller names it. */
  readonly run?: string;
}

export interface NewCall extends Author {
  readonly tool: string;
  readonly portalId: number;
  /** Equal for calls that ask for the same. */
  readonly fingerprint: string;
  readonly idempotencyKey?: string;
  /**
   * Without a key: an equal call of the same caller that is under way, or that began at most so many milliseconds ago, is
   * the same call, sent again by a client that lost the answer. 0: every call is its own.
   */
  readonly sameWithinMs: number;
  /** The call that this one takes back. */
  readonly undoes?: readonly string[];
  /** The job whose batch this is. */
  readonly job?: string;
}

/** One row of a call as it is about to be sent: enough to send it again, to settle it and to take it back. */
export interface JournalRow {
  readonly index: number;
  readonly change: Json;
  /** What was there before, as far as it is needed to take the change back. */
  readonly before?: Json;
  /** What can be looked for later: `contacts 101`. Ids of records that the change names; a new one's comes with its outcome. */
  readonly records: readonly string[];
}

/** `sent` and `unknown` may be followed by any of the others; `applied` and `rejected` are final. */
export type RowState = 'intended' | 'sent' | 'applied' | 'rejected' | 'unknown';

export interface RowOutcome {
  readonly index: number;
  /** `intended`: it certainly changed nothing, and may be sent (again) by whoever goes on with the call. */
  readonly state: 'applied' | 'rejected' | 'unknown' | 'intended';
  /** The record, as `contacts 101`, where it was not known before. */
  readonly record?: string;
  /** What the report needs of it, and what undoing needs to know (such as whether an upsert made the record). */
  readonly result?: Json;
}

export interface StoredRow extends JournalRow {
  readonly state: RowState;
  /** When it left for HubSpot last: wall time in milliseconds since the epoch. */
  readonly sentAt?: number;
  readonly record?: string;
  readonly result?: Json;
}

/** A call as the journal remembers it. */
export interface StoredCall extends Omit<NewCall, 'sameWithinMs'> {
  readonly id: string;
  /** Wall time in milliseconds since the epoch. */
  readonly at: number;
  /** `open`: a living process is at it. `interrupted`: its process is gone, or has left it. */
  readonly status: 'open' | 'interrupted' | 'finished';
  readonly rows: readonly StoredRow[];
  /** What the caller was given; absent until the call is finished. */
  readonly result?: Json;
  /** Calls that took this one back, wholly or in part. */
  readonly undoneBy: readonly string[];
}

/** The call that this process may now carry out. Rows keep their index for life. */
export interface OpenCall {
  readonly id: string;
  readonly at: number;
  /** Writes the rows down. They are durable at the latest when {@link sending} resolves. */
  intend(rows: readonly JournalRow[]): Promise<void>;
  /** Durable when it resolves; only then may the rows leave this process. Rows may be sent a second time, after settling. */
  sending(indexes: readonly number[]): Promise<void>;
  /** What became of rows. Not awaited by the disk before the answer is given, but by {@link finish}. */
  outcomes(rows: readonly RowOutcome[]): Promise<void>;
  /** Ends the call with what its caller is given, durable when it resolves. */
  finish(result: Json): Promise<void>;
  /**
   * Stops with rows that are still `intended`, because the caller went away or the time was over: the same call, when it
   * is asked for again, goes on with them as an `interrupted` one. Durable when it resolves.
   */
  leave(): Promise<void>;
  /** Nothing was changed (nothing was sent, or HubSpot refused all of it): the call is forgotten, its key free. */
  abandon(): Promise<void>;
}

export type Begun =
  | { readonly kind: 'new'; readonly call: OpenCall }
  /** The same call was finished before. */
  | { readonly kind: 'finished'; readonly call: StoredCall }
  /** The same call is under way in this process: join it. */
  | { readonly kind: 'under_way'; readonly finished: Promise<StoredCall | undefined> }
  /** The same call is under way in another living process. */
  | { readonly kind: 'elsewhere'; readonly id: string }
  /** Its process ended in the middle, or left it. This process now owns it: rows that are `sent` have to be settled first. */
  | { readonly kind: 'interrupted'; readonly call: OpenCall; readonly stored: StoredCall }
  /** The key stands for a call with another fingerprint. */
  | { readonly kind: 'mismatch'; readonly id: string };

export interface ChangeQuery {
  readonly callId?: string;
  readonly job?: string;
  readonly session?: string;
  readonly caller?: string;
  readonly tool?: string;
  /** As `contacts 101`. */
  readonly record?: string;
  /** Wall time in milliseconds since the epoch; both included. */
  readonly from?: number;
  readonly to?: number;
  /** Only calls with rows that are unknown, or that were sent by a process that is gone. */
  readonly unsettled?: boolean;
  /** Only calls older than this one: the page after it. */
  readonly before?: string;
  /** 50 if omitted. */
  readonly limit?: number;
}

export type JobStatus = 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** A job as the journal keeps it. `state` is the runner's own, the last one wins. */
export interface StoredJob extends Author {
  readonly id: string;
  readonly at: number;
  readonly portalId: number;
  /** What to do, never changed. */
  readonly task: Json;
  /** `interrupted` is never written: it is what a running job of a process that is gone reads as. */
  readonly status: JobStatus;
  /** The checkpoint: counts, place, failures. */
  readonly state: Json;
}

export interface Jobs {
  /**
   * Durable when it resolves. Of one key there is one job, whoever else asks for it, at the same moment or after a crash:
   * then it gives the id of that one.
   */
  create(job: Omit<StoredJob, 'id' | 'at' | 'status'>, key?: string): Promise<{ id: string; isNew: boolean }>;
  /** Adds items to a job, in order; durable with the next checkpoint. Small things: ids, or rows of an import. */
  addItems(id: string, items: readonly Json[]): Promise<void>;
  /** Items `from` up to `from + count`. */
  items(id: string, from: number, count: number): Promise<readonly Json[]>;
  /** Durable when it resolves. */
  checkpoint(id: string, status: Exclude<JobStatus, 'interrupted'>, state: Json): Promise<void>;
  get(id: string): Promise<StoredJob | undefined>;
  /** Newest first. */
  list(limit?: number): Promise<readonly StoredJob[]>;
  /** Takes over an interrupted job; false when a living process is at it, or when it has ended. */
  adopt(id: string): Promise<boolean>;
}

/** Counts since this process began, and what the log holds now. */
export interface JournalState {
  readonly rows: Readonly<Record<RowState, number>>;
  readonly bytes: number;
  /** Why nothing can be written down, such as a full disk; then nothing is sent either. */
  readonly broken?: string;
}

/** Remembers every write before it is sent, and what became of it. */
export interface Journal {
  /** Throws `JournalUnusable` when nothing can be written down. */
  begin(call: NewCall): Promise<Begun>;
  /** Newest first. */
  calls(query: ChangeQuery): Promise<readonly StoredCall[]>;
  call(id: string): Promise<StoredCall | undefined>;
  /**
   * What was found out later about rows of a call that nobody is at; durable when it resolves. Does nothing where a living
   * process has gone on with it: that one finds out for itself.
   */
  settle(callId: string, rows: readonly RowOutcome[]): Promise<void>;
  /**
   * Records of a type that were written in the last `ms` milliseconds, by whichever process of this journal, newest first:
   * `101`, not `contacts 101`. The account is asked for only when another process has written.
   */
  recent(objectType: string, ms: number, portalId: () => Promise<number>): Promise<readonly string[]>;
  readonly jobs: Jobs;
  state(): JournalState;
  close(): Promise<void>;
}
