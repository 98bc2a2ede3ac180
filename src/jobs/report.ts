/** What is said of a job: how far it is, and row by row what could not be done and why. */

import * as z from 'zod';
import { cursorAt, placeOf } from '../crm/cursors.ts';
import type { Json, Jobs as Store, StoredJob } from '../journal/journal.ts';
import { doneOf, failedRow, type JobState } from './state.ts';
import type { Task } from './task.ts';

const cell = z.union([z.string(), z.number(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

export const jobReport = z.object({
  jobId: z.string(),
  tool: z.string(),
  caller: z.string(),
  startedAt: z.string(),
  /** `interrupted`: it stands still and can be gone on with. */
  status: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  /** Why it stands still, or has failed. */
  reason: z.object({ code: z.string(), message: z.string(), next: z.string().optional() }).optional(),
  /** When going on can help. */
  resumeAt: z.string().optional(),
  done: z.int(),
  /** Absent while the matching records are still being written down. */
  total: z.int().optional(),
  applied: z.int(),
  created: z.int().optional(),
  unchanged: z.int(),
  failed: z.int(),
  unknown: z.int(),
  /** Values that HubSpot holds other than asked, or that were kept. */
  differences: z.int().optional(),
  /** Why rows failed, each reason once. */
  reasons: z
    .array(z.object({ code: z.string(), message: z.string(), next: z.string().optional(), rows: z.int() }))
    .optional(),
  /** `row`: the index in the input, or the id of the record. `reason`: the place in `reasons`. */
  failures: table.optional(),
  /** For `after`: the next page of failures. */
  nextCursor: z.string().optional(),
});

export type JobReport = z.output<typeof jobReport>;

/** What a list says of a job. */
export const jobLine = jobReport.pick({
  jobId: true,
  tool: true,
  status: true,
  startedAt: true,
  done: true,
  total: true,
  failed: true,
  unknown: true,
});

/** Failed rows on one page. */
const PAGE = 200;

export interface KnownJob {
  readonly job: StoredJob;
  readonly task: Task;
  readonly state: JobState;
  readonly status: JobReport['status'];
}

export function summarise({ job, task, state, status }: KnownJob): JobReport {
  const { work, applied, created, unchanged, failed, unknown, differences, reasons, stop } = state;
  return {
    jobId: job.id,
    tool: task.kind,
    caller: job.caller,
    startedAt: isoTime(job.at),
    status,
    ...(stop !== undefined && {
      reason: { code: stop.code, message: stop.message, ...(stop.next && { next: stop.next }) },
    }),
    ...(stop?.resumeAt !== undefined && { resumeAt: isoTime(stop.resumeAt) }),
    done: doneOf(state),
    ...(work !== undefined && { total: work.count }),
    applied,
    ...(created > 0 && { created }),
    unchanged,
    failed,
    unknown,
    ...(differences > 0 && { differences }),
    ...(reasons.length > 0 && { reasons }),
  };
}

/** With a page of the rows that failed or are unknown. */
export async function reportInFull(store: Store, known: KnownJob, after?: string): Promise<JobReport> {
  const { job, task, state } = known;
  const from = after === undefined ? 0 : Number(placeOf(after, [job.id]));
  const lines = await failuresAt(store, job.id, state, from, PAGE);
  if (lines.length === 0) return summarise(known);
  const names = task.search === undefined ? undefined : await namesOf(store, job.id, state, lines);
  const total = state.failed + state.unknown;
  const own = lines.some(([, , , words]) => words !== undefined);
  return {
    ...summarise(known),
    failures: {
      columns: ['row', 'reason', 'outcome', ...(own ? ['instead'] : [])],
      rows: lines.map(([row, reason, outcome, words]) => [
        names?.get(row) ?? row,
        reason,
        outcome,
        ...(own ? [words ?? null] : []),
      ]),
    },
    ...(from + lines.length < total && { nextCursor: cursorAt(String(from + lines.length), [job.id]) }),
  };
}

/** Of each reason that is told, the item that it was first told of. */
export async function firstItems(store: Store, { job, state }: KnownJob): Promise<readonly Json[]> {
  const places = new Map<number, number>();
  for (let from = 0; places.size < state.reasons.length; from += PAGE) {
    const lines = await failuresAt(store, job.id, state, from, PAGE);
    if (lines.length === 0) break;
    for (const [place, reason] of lines) if (reason >= 0 && !places.has(reason)) places.set(reason, place);
  }
  // Reasons are numbered as they are first told of.
  const items = [...places.values()].map((place) => store.items(job.id, (state.work?.from ?? 0) + place, 1));
  return (await Promise.all(items)).flat();
}

async function failuresAt(store: Store, id: string, { failures }: JobState, from: number, count: number) {
  const found: Json[] = [];
  let skip = from;
  for (const span of failures) {
    if (skip >= span.count) {
      skip -= span.count;
      continue;
    }
    const wanted = Math.min(span.count - skip, count - found.length);
    if (wanted > 0) found.push(...(await store.items(id, span.from + skip, wanted)));
    skip = 0;
  }
  return found.map((line) => failedRow.parse(line));
}

/** Of a search the items are the records' ids. */
async function namesOf(
  store: Store,
  id: string,
  { work }: JobState,
  lines: readonly (readonly [number, ...unknown[]])[],
) {
  const names = new Map<number, string>();
  for (const [row] of lines) {
    if (names.has(row)) continue;
    const [item] = await store.items(id, (work?.from ?? 0) + row, 1);
    if (typeof item === 'string') names.set(row, item);
  }
  return names;
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
