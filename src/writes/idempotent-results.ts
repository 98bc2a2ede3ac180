/**
 * Results of calls that carried an `idempotencyKey`, so that a repeated call writes nothing twice. Bounded, and kept in
 * this process only: the journal will take its place and survive a restart.
 */

import { createHash } from 'node:crypto';
import { UserError } from '../crm/user-error.ts';
import type { Plan } from './change.ts';
import { isRowError } from './check-rows.ts';
import type { WriteReport } from './report.ts';

/** Oldest results go first; one in flight is never dropped. */
const KEPT = 500;

interface Entry {
  readonly fingerprint: string;
  readonly result: Promise<WriteReport>;
  settled: boolean;
}

export interface IdempotentResults {
  /**
   * The stored result for the same key and arguments, marked `replayed`; a call in flight is joined. The same key with
   * other arguments is refused. A call that changed nothing for certain is forgotten, so that it may be tried again.
   */
  once(plan: Plan, work: () => Promise<WriteReport>): Promise<WriteReport>;
}

export function createIdempotentResults(): IdempotentResults {
  const entries = new Map<string, Entry>();

  const makeRoom = () => {
    for (const [key, entry] of entries) {
      if (entries.size < KEPT) return;
      if (entry.settled) entries.delete(key);
    }
  };

  return {
    async once(plan, work) {
      const key = plan.input.idempotencyKey;
      // An empty key is what a form sends that was not filled in.
      if (!key) return work();
      const fingerprint = fingerprintOf(plan);
      const known = entries.get(key);
      if (known !== undefined) {
        if (known.fingerprint !== fingerprint) throw mismatch(key);
        return { ...(await known.result), replayed: true };
      }
      makeRoom();
      const entry: Entry = { fingerprint, result: work(), settled: false };
      entries.set(key, entry);
      let unchanged = false;
      try {
        const report = await entry.result;
        unchanged = report.applied === 0 && report.unknown.length === 0;
        return report;
      } catch (error) {
        // Only the check throws these, before anything was sent. After anything else nobody knows what was written.
        unchanged = isRowError(error);
        throw error;
      } finally {
        entry.settled = true;
        if (unchanged) entries.delete(key);
      }
    },
  };
}

function mismatch(key: string): UserError {
  return new UserError(
    'idempotency_mismatch',
    `idempotencyKey ${JSON.stringify(key)} was already used for a call with other arguments. Nothing was written: use a new key for a new call.`,
  );
}

/** Equal for calls that ask for the same, whatever the order of their arguments' keys. */
function fingerprintOf({ tool, input }: Plan): string {
  const { dryRun: _dryRun, idempotencyKey: _key, ...asked } = input;
  return createHash('sha256')
    .update(canonical([tool, asked]))
    .digest('base64');
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
