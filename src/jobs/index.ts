/** Thousands of rows as one call: previewed, then worked through in the background, batch by batch. */

export { type BulkInput, type BulkKind, defineBulk } from './bulk.ts';
export { createJobs, type JobRoom, type JobsCall } from './create-jobs.ts';
export type { ItemOutcome } from './item-outcomes.ts';
export type { Jobs, NewTask } from './jobs.ts';
export { memberOf } from './json.ts';
export { bulkReport } from './preview.ts';
export { type JobReport, jobReport } from './report.ts';
export type { TaskKind, TaskSearch } from './task.ts';
