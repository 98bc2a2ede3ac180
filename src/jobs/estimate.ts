/** What a job costs before it begins: HubSpot calls, their share of the day, and time. */

import * as z from 'zod';
import type { Crm } from '../crm/index.ts';
import { BATCH } from './task.ts';

/** HubSpot calls of one batch of 100 rows. */
export interface BatchCost {
  /** What the check has to know. */
  readonly reads: number;
  /** What is there before, so that it can be taken back. */
  readonly beforeImages: number;
  /** One, if omitted. */
  readonly writes?: number;
  /** Of reads, before-images and the write, those that count against the limit of the associations API. */
  readonly onAssociations: number;
}

export const estimate = z.object({
  calls: z.object({
    /** To write down which records match. */
    searches: z.int(),
    reads: z.int(),
    beforeImages: z.int(),
    writes: z.int(),
    total: z.int(),
  }),
  /** Of today's HubSpot calls; absent while HubSpot has not told how many there are. */
  today: z.object({ limit: z.int(), left: z.int(), percent: z.number() }).optional(),
  /** At the speed of the quota, when nobody else uses it. */
  seconds: z.int(),
});

export type Estimate = z.output<typeof estimate>;

/** HubSpot gives so many results of a search at once. */
const SEARCH_PAGE = 200;

/** A guess at the time of one round trip: the last call's answer has to come. */
const ROUND_TRIP_MS = 200;

export async function estimateOf(
  crm: Crm,
  cost: BatchCost,
  { rows, searched }: { readonly rows: number; readonly searched: boolean },
): Promise<Estimate> {
  const batches = Math.ceil(rows / BATCH);
  const searches = searched ? Math.ceil(rows / SEARCH_PAGE) : 0;
  const reads = batches * cost.reads;
  const beforeImages = batches * cost.beforeImages;
  const writes = batches * (cost.writes ?? 1);
  const total = searches + reads + beforeImages + writes;
  const { burst, search, associations } = crm.account.quota();
  const onAssociations = batches * cost.onAssociations;
  const ms =
    time(searches, search) +
    Math.max(time(total - searches - onAssociations, burst), time(onAssociations, associations));
  const today = await todayOf(crm);
  return {
    calls: { searches, reads, beforeImages, writes, total },
    ...(today !== undefined && { today: { ...today, percent: percent(total, today.limit) } }),
    seconds: Math.ceil(ms / 1000),
  };
}

/** Rather a window too long than too short: what was called just before, such as for the preview, still counts. */
function time(calls: number, { limit, windowMs }: { readonly limit: number; readonly windowMs: number }): number {
  return (calls / limit) * windowMs + (calls > 0 ? ROUND_TRIP_MS : 0);
}

async function todayOf(crm: Crm): Promise<{ limit: number; left: number } | undefined> {
  const { daily } = crm.account.quota();
  if (daily !== undefined) return { limit: daily.limit, left: daily.remaining };
  // Guess: the first entry is the account's own limit; more are not documented for private apps.
  const [usage] = await crm.account.usage();
  if (usage === undefined) return undefined;
  return { limit: usage.usageLimit, left: Math.max(0, usage.usageLimit - usage.currentUsage) };
}

/** To a tenth: most jobs are a small part of a day. */
function percent(part: number, whole: number): number {
  return whole === 0 ? 100 : Math.round((1000 * part) / whole) / 10;
}
