/** The one door for every write: plan -> check -> send -> outcome per row. */

import type { Clock } from '../clock.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import type { Plan } from './change.ts';
import { runPlan } from './door.ts';
import { createIdempotentResults } from './idempotent-results.ts';
import type { WriteReport } from './report.ts';

export type * from './change.ts';
export { type WriteReport, writeReport } from './report.ts';

/** What a tool sees of the door, bound to one call. */
export interface Writes {
  /**
   * Checks every row, sends those that pass, and reports what became of each. With `dryRun` it checks and describes,
   * and sends nothing but reads. It throws only before anything was sent; from then on every outcome is in the report.
   */
  run(plan: Plan): Promise<WriteReport>;
}

/** The door of one process. It remembers the results of calls that carried an `idempotencyKey`. */
export interface WriteDoor {
  /** @param options reach every request of the call: its deadline and its cancellation */
  forCall(options?: CallOptions): Writes;
}

export function createWriteDoor(parts: { readonly hubspot: HubSpot; readonly clock: Clock }): WriteDoor {
  const results = createIdempotentResults();
  return {
    forCall: (options = {}) => ({ run: (plan) => runPlan(plan, { ...parts, options, results }) }),
  };
}
