import type { Json } from '../journal/journal.ts';
import type { BulkInput, BulkKind } from './bulk.ts';
import type { ItemOutcome } from './item-outcomes.ts';
import type { BulkReport } from './preview.ts';
import type { JobReport } from './report.ts';
import type { Input, Task, TaskSearch } from './task.ts';

/** Jobs as one call sees them. A call that ends, however it does, ends no job. */
export interface Jobs {
  /**
   * Writes the rows of a tool's call: a small call at once. What is larger, or about all matches of a search, answers a
   * preview with a digest, and called again with that digest runs as a job; this waits for it while the call has time,
   * and the same call later joins it, or goes on with it where it stands still.
   */
  write<In extends BulkInput>(kind: BulkKind<In>, input: In): Promise<BulkReport>;
  /** Begins a job without a preview, for a command that has shown its own. Gives its id. */
  start(task: NewTask): Promise<string>;
  /** Waits for the end of a job while the call has time, and says how far it is. */
  follow(id: string): Promise<JobReport>;
  /** With the rows that failed, page by page. Throws UserError `not_found`. */
  report(id: string, after?: string): Promise<JobReport>;
  /** Newest first. */
  list(): Promise<readonly JobReport[]>;
  /** Begins no more batches, and answers when those under way are finished. */
  cancel(id: string): Promise<JobReport>;
  /** As {@link cancel}, but the job can be gone on with. */
  pause(id: string): Promise<JobReport>;
  /** Goes on with a job that stands still, exactly where it stopped, and follows it. */
  resume(id: string): Promise<JobReport>;
  /** What a job was begun with, for who made its kind. */
  task(id: string): Promise<Pick<Task, 'kind' | 'input'>>;
  /** Of each reason of the report, in their order, the item that it was first told of. */
  firstItems(id: string): Promise<readonly Json[]>;
  /** What became of every item so far, in their order. */
  outcomes(id: string): AsyncIterable<ItemOutcome>;
}

export interface NewTask {
  /** The name of a kind that `createJobs` knows. */
  readonly kind: string;
  readonly input: Input;
  readonly work:
    | { readonly items: readonly Json[] }
    /** As many as are expected; they are written down as they come, and not held. */
    | { readonly stream: AsyncIterable<Json>; readonly count: number }
    | { readonly search: TaskSearch; readonly atMost: number };
}
