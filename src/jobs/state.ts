/** How far a job is: its checkpoint. Counts are of items. */

import * as z from 'zod';
import { distinguishing, inFull, reasonOf } from '../crm/say-once.ts';
import type { Json } from '../journal/journal.ts';
import type { WriteReport } from '../writes/index.ts';
import { BATCH } from './task.ts';

type Failure = WriteReport['failed'][number];

/** A stretch of the job's list in the journal: first what is to be done, then, bit by bit, what could not be. */
const span = z.object({ from: z.int(), count: z.int() });

const reason = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string().optional(),
  rows: z.int(),
});

/** Why a job does not go on by itself, and from when on it can. */
const stop = z.object({
  code: z.string(),
  message: z.string(),
  next: z.string().optional(),
  /** Wall time in milliseconds since the epoch. */
  resumeAt: z.number().optional(),
});

export type Stop = z.output<typeof stop>;

const jobState = z.object({
  /** Absent until all items are written down; before that nothing is written to HubSpot. */
  work: span.optional(),
  /** All batches below this number are settled, and these above it. */
  settled: z.int(),
  ahead: z.array(z.int()),
  /** Rows that HubSpot refused for a passing reason, as batches of their own, numbered after those of the list. */
  again: z.array(z.array(z.int())),
  applied: z.int(),
  /** Of those applied, records that an upsert created. */
  created: z.int(),
  unchanged: z.int(),
  failed: z.int(),
  unknown: z.int(),
  /** Values that HubSpot holds other than asked, or that were kept. */
  differences: z.int(),
  reasons: z.array(reason),
  /** Rows that failed or are unknown; stretches, since what a crash cut off is not one of them. */
  failures: z.array(span),
  stop: stop.optional(),
  endedAt: z.number().optional(),
});

export type JobState = z.output<typeof jobState>;

export const readState = (stored: Json): JobState => jobState.parse(stored);

export function newState(): JobState {
  return {
    settled: 0,
    ahead: [],
    again: [],
    applied: 0,
    created: 0,
    unchanged: 0,
    failed: 0,
    unknown: 0,
    differences: 0,
    reasons: [],
    failures: [],
  };
}

/** Items that are settled, one way or the other. */
export function doneOf({ applied, unchanged, failed, unknown }: JobState): number {
  return applied + unchanged + failed + unknown;
}

export function batchCount({ work, again }: JobState): number {
  return Math.ceil((work?.count ?? 0) / BATCH) + again.length;
}

export function isSettled({ settled, ahead }: JobState, batch: number): boolean {
  return batch < settled || ahead.includes(batch);
}

/** The places in the list of the items of a batch. */
export function rowsOf({ work, again }: JobState, batch: number): readonly number[] {
  const count = work?.count ?? 0;
  const regular = Math.ceil(count / BATCH);
  if (batch >= regular) return again[batch - regular] ?? [];
  const first = batch * BATCH;
  return Array.from({ length: Math.min(BATCH, count - first) }, (_, place) => first + place);
}

/** More than these nobody reads; what comes after them is said with each row. */
const MAX_REASONS = 50;

/** One row that failed, as the journal's list keeps it: its place, the number of its reason, and what is its own. */
export const failedRow = z.tuple([z.int(), z.int(), z.enum(['failed', 'unknown']), z.string().optional()]);

/**
 * Counts what became of a batch.
 * @param rows places in the list, in the order of the report's indexes
 * @param back rows of the report that will be tried again
 * @returns a line of the list for each row that failed
 */
export function settleBatch(
  state: JobState,
  batch: number,
  rows: readonly number[],
  report: WriteReport,
  back: ReadonlySet<number>,
): Json[] {
  const lines: Json[] = [];
  const note = (failures: readonly Failure[], kind: 'failed' | 'unknown') => {
    for (const told of inFull(failures)) {
      if (back.has(told.index)) continue;
      const { reason: number, own } = countReason(state, told);
      lines.push([rows[told.index] ?? 0, number, kind, ...(own ? [own] : [])]);
      state[kind] += 1;
    }
  };
  note(report.failed, 'failed');
  note(report.unknown, 'unknown');
  state.applied += report.applied;
  state.unchanged += report.unchanged ?? 0;
  state.differences += report.differences?.length ?? 0;
  const isNew = report.columns.indexOf('new');
  if (isNew >= 0) state.created += report.rows.filter((row) => row[isNew] === true).length;
  if (back.size > 0) state.again.push([...back].map((index) => rows[index] ?? 0));
  state.ahead.push(batch);
  while (state.ahead.includes(state.settled)) {
    state.ahead.splice(state.ahead.indexOf(state.settled), 1);
    state.settled += 1;
  }
  return lines;
}

/** The number of a failure's reason, -1 where there are too many, and the words in which this row's differs from it. */
function countReason(state: JobState, { code, message, next }: Failure): { reason: number; own?: string } {
  const kind = reasonOf(message);
  const found = state.reasons.findIndex((each) => each.code === code && reasonOf(each.message) === kind);
  const known = state.reasons[found];
  if (known !== undefined) {
    known.rows += 1;
    return { reason: found, own: distinguishing(known.message, message) };
  }
  if (state.reasons.length >= MAX_REASONS) return { reason: -1, own: `${code}: ${message}` };
  state.reasons.push({ code, message, rows: 1, ...(next !== undefined && { next }) });
  return { reason: state.reasons.length - 1 };
}
