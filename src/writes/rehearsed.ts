/** Whether the same write has been carried out, to its end, on a portal that the operator calls a sandbox. */

import type { Journal, StoredJob } from '../journal/journal.ts';
import type { Plan } from './change.ts';
import { canonical, fingerprintOf } from './fingerprint.ts';

const DEPTH = 500;
/** What differs from one asking to the next without meaning anything else. */
const OWN = new Set(['dryRun', 'digest', 'idempotencyKey', 'approvalToken', 'matches']);

/**
 * A job counts when it worked through the same search with the same values, and a call when it had the same arguments and
 * wrote every row. It does not count that the sandbox held the same records: ids are a portal's own.
 * @param sandboxes the portal ids
 */
export async function rehearsed(journal: Journal, sandboxes: readonly number[], plan: Pick<Plan, 'tool' | 'input'>) {
  const asked = taskOf(plan);
  const jobs = await journal.jobs.list(DEPTH);
  if (jobs.some((job) => job.status === 'done' && sandboxes.includes(job.portalId) && storedTask(job) === asked)) {
    return true;
  }
  const calls = await journal.calls({ tool: plan.tool, limit: DEPTH });
  return calls.some(
    ({ status, portalId, caller, fingerprint, rows }) =>
      status === 'finished' &&
      sandboxes.includes(portalId) &&
      rows.every(({ state }) => state === 'applied') &&
      fingerprint === fingerprintOf(plan, caller, portalId),
  );
}

/** A search is asked about with what all its matches have in common beside it, as `said`. */
function taskOf({ tool, input }: Pick<Plan, 'tool' | 'input'>): string {
  const { filterGroups, said, ...rest } = input;
  return canonical([tool, common(said === undefined ? rest : members(said)), filterGroups ?? null]);
}

function storedTask({ task }: StoredJob): string {
  const { kind, input, search } = members(task);
  return canonical([kind, common(members(input)), members(search)['filterGroups'] ?? null]);
}

function common(said: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(said).filter(([name, value]) => !OWN.has(name) && value !== undefined));
}

function members(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
