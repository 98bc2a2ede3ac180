/** Chooses who does the work. */

import type { Subject } from '../kinds/kind.ts';
import { alone, type Crew } from './crew.ts';
import { startWorkers, threadsFor } from './workers.ts';

/** @param threads as many as pay if undefined, none beside the caller's for 0 */
export async function enlist(subject: Subject, threads: number | undefined, pause: () => Promise<void>): Promise<Crew> {
  const wanted = threads ?? threadsFor(subject.table.rows);
  const workers = wanted > 0 ? await startWorkers(subject, wanted) : undefined;
  return workers ?? alone(subject, pause);
}
