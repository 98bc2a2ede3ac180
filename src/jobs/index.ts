/** Thousands of rows as one call: previewed, then worked through in the background, batch by batch. */

export { defineBulk } from './bulk.ts';
export { createJobs } from './create-jobs.ts';
export type { ItemOutcome } from './item-outcomes.ts';
export type { Jobs } from './jobs.ts';
export { memberOf } from './json.ts';
export { bulkReport } from './preview.ts';
export { type JobReport, jobReport } from './report.ts';
export type { TaskKind } from './task.ts';
