/** Thousands of rows as one call: previewed, then worked through in the background, batch by batch. */

export { type BulkInput, type BulkKind, defineBulk } from './bulk.ts';
export { createJobs, type JobRoom, type Jobs, type JobsCall, type NewTask } from './create-jobs.ts';
export type { ItemOutcome } from './item-outcomes.ts';
export { memberOf } from './json.ts';
export { bulkReport } from './preview.ts';
export { type JobReport, jobReport } from './report.ts';
export type { TaskKind, TaskSearch } from './task.ts';
