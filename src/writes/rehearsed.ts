/** Whether the same write has been carried out, to its end, on a portal that the operator calls a sandbox. */

import { createHash } from 'node:crypto';
import type { Journal, StoredJob } from '../journal/journal.ts';
import type { Plan } from './change.ts';
import { canonical, fingerprintOf } from './fingerprint.ts';

const DEPTH = 500;
/** What differs from one asking to the next without meaning anything else. */
const OWN = new Set(['dryRun', 'digest', 'idempotencyKey', 'approvalToken']);

/**
 * A job counts when it worked through the same search or rows, and a call when it had the same arguments; either when it
 * wrote every row. It does not count that the sandbox held the same records: ids are a portal's own.
 * @param sandboxes the portal ids
 */
export async function rehearsed(journal: Journal, sandboxes: readonly number[], plan: Pick<Plan, 'tool' | 'input'>) {
  const asked = askedOf(plan);
  const jobs = await journal.jobs.list(DEPTH);
  if (jobs.some((job) => sandboxes.includes(job.portalId) && wroteAll(job) && askedBy(job) === asked)) return true;
  const calls = await journal.calls({ tool: plan.tool, limit: DEPTH });
  return calls.some(
    ({ status, portalId, caller, fingerprint, rows }) =>
      status === 'finished' &&
      sandboxes.includes(portalId) &&
      rows.every(({ state }) => state === 'applied') &&
      fingerprint === fingerprintOf(plan, caller, portalId),
  );
}

/** Equal for plans that ask for the same on any portal; a job keeps that of the whole that was approved. */
export function askedOf({ tool, input }: Pick<Plan, 'tool' | 'input'>): string {
  const said = Object.entries(input).filter(([name, value]) => !OWN.has(name) && value !== undefined);
  return createHash('sha256')
    .update(canonical([tool, Object.fromEntries(said)]))
    .digest('base64');
}

const askedBy = ({ task }: StoredJob): unknown => members(task)['asked'];

function wroteAll({ status, state }: StoredJob): boolean {
  const { failed, unknown } = members(state);
  return status === 'done' && failed === 0 && unknown === 0;
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
