/** What a job does, as data and as the code that carries it out. */

import * as z from 'zod';
import type { Crm } from '../crm/index.ts';
import { filterGroups } from '../crm/schemas.ts';
import type { Json } from '../journal/journal.ts';
import type { Plan } from '../writes/index.ts';
import { json, jsonObject } from './json.ts';

/** HubSpot takes so many rows in one request, so a batch of so many costs the fewest. */
export const BATCH = 100;

/**
 * One way of working through many items, a batch at a time. A job is kept as its kind's name, `input` (what all batches
 * share) and its items, all of it plain data, since it may be gone on with in another process, after a crash or on
 * another day: the plan of a batch must follow from these alone, and be the same whenever it is asked for.
 *
 * Who has such a kind hands it to `createJobs` under its name and calls `jobs.start`; the rest is the runner's: batches
 * through the door at the speed of the quota, a checkpoint after each, waiting, pausing, cancelling, going on where it
 * stopped, and the report.
 */
export interface TaskKind {
  /** For a tool's rows the name of the tool. */
  readonly name: string;
  /**
   * What a call with these items and no others would write. It reads and judges in the plan's `check`; what it throws
   * there concerns all batches alike, and stops the job with that reason.
   */
  nextBatch(crm: Crm, input: Input, items: readonly Json[]): Plan;
}

export type Input = Readonly<Record<string, Json>>;

/** The records that a job is about: all that match when it begins. */
export const taskSearch = z.object({ objectType: z.string(), filterGroups });

export type TaskSearch = z.output<typeof taskSearch>;

const task = z.object({
  kind: z.string(),
  input: jsonObject,
  /** Absent: the items were given. */
  search: z.object({ objectType: z.string(), filterGroups: json }).optional(),
  /** As many items as were previewed; with more the job does not begin to write. */
  matches: z.int(),
  /** Of the preview that was said yes to; absent for what a command begins. */
  digest: z.string().optional(),
  /** What was asked for, the same on every portal; by it a rehearsal on a sandbox is known. */
  asked: z.string().optional(),
});

/** A job's unchanging part, as the journal keeps it. */
export type Task = z.output<typeof task>;

export const readTask = (stored: Json): Task => task.parse(stored);
