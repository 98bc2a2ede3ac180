/** Whether a call is new, or one that was asked for before: then it is answered, joined or gone on with, and never done twice. */

import { sleep, within } from '../clock.ts';
import { UserError } from '../crm/index.ts';
import { HubSpotError } from '../hubspot/index.ts';
import { JournalUnusable } from '../journal/index.ts';
import type { Journal, NewCall, OpenCall, StoredCall, StoredRow } from '../journal/journal.ts';
import type { Plan } from './change.ts';
import type { Door } from './door.ts';
import { fingerprintOf } from './fingerprint.ts';
import { reportAgain, type WriteReport, writeReport } from './report.ts';
import { loadResult } from './row-result.ts';
import { loadChange } from './stored-change.ts';

/** A call that is this process's to carry out. */
export interface OwnCall {
  readonly call: OpenCall;
  /** What a process that is gone, or a caller that went away, left of it; none of a new call. */
  readonly stored: readonly StoredRow[];
}

/**
 * Without a key, a call that adds something is taken for the same call when an equal one of the same caller began so
 * shortly before: a client that lost the answer asks again. What changes nothing when repeated needs no such care.
 */
const SAME_WITHIN_MS = 600_000;

/** Another process is looked after so often, slower and slower. */
const FIRST_LOOK_MS = 50;
const LAST_LOOK_MS = 1_000;

const late: unique symbol = Symbol('late');

/** @throws UserError `idempotency_mismatch`, `in_flight_elsewhere` or `journal_unusable`: nothing was sent */
export async function begin(plan: Plan, door: Door): Promise<OwnCall | { readonly report: WriteReport }> {
  const { journal, clock, options } = door;
  const asked = newCall(plan, door, await door.portalId());
  // However long another process is waited for.
  let since = clock.now() - SAME_WITHIN_MS;
  for (let wait = FIRST_LOOK_MS; ; wait = Math.min(2 * wait, LAST_LOOK_MS)) {
    const sameWithinMs = door.effect === 'add' ? Math.max(1, clock.now() - since) : 0;
    const begun = await journal.begin({ ...asked, sameWithinMs }).catch(refuseUnusable);
    switch (begun.kind) {
      case 'new':
        return { call: begun.call, stored: [] };
      case 'interrupted':
        return { call: begun.call, stored: begun.stored.rows };
      case 'finished': {
        const gone = asked.idempotencyKey === undefined ? await goneSince(begun.call, journal) : undefined;
        if (gone === undefined) return { report: replay(plan, begun.call, clock.now()) };
        // Only what was asked for after that is the same call.
        since = gone + 1;
        break;
      }
      case 'mismatch':
        throw mismatch(plan, begun.id);
      case 'under_way': {
        const finished = await within(clock, leftOf(door), begun.finished, late);
        if (finished === late) throw inFlight('This call is under way already, and has not ended in time.');
        if (finished !== undefined) return { report: replay(plan, finished, clock.now()) };
        break;
      }
      case 'elsewhere':
        if (leftOf(door) <= wait)
          throw inFlight(`Another process is at this call (${begun.id}), and has not ended in time.`);
        await sleep(clock, wait, options.signal).catch(() => {
          throw new HubSpotError('The call was cancelled.', { code: 'cancelled', sent: 'no', retryable: true });
        });
    }
  }
}

function newCall(plan: Plan, { author }: Door, portalId: number): Omit<NewCall, 'sameWithinMs'> {
  const { tool, input, job, undoes } = plan;
  return {
    ...author,
    tool,
    portalId,
    fingerprint: fingerprintOf(plan, author.caller, portalId),
    // An empty key is what a form sends that was not filled in.
    ...(input.idempotencyKey && { idempotencyKey: input.idempotencyKey }),
    ...(job !== undefined && { job }),
    ...(undoes !== undefined && { undoes }),
  };
}

/**
 * When all that a call made was archived through this server since: then asking for the same means to have it again. What
 * makes no records counts as gone with the first call that takes it back.
 */
async function goneSince({ at, rows, undoneBy }: StoredCall, journal: Journal): Promise<number | undefined> {
  const made = new Set(
    rows.flatMap(({ state, record }) => (state === 'applied' && record !== undefined ? [record] : [])),
  );
  const undoing = await Promise.all(undoneBy.map((id) => journal.call(id)));
  if (made.size === 0) return undoing[0]?.at;
  const archiving = await journal.calls({ tool: 'archive_records', from: at, limit: MOST_LATER });
  let last: number | undefined;
  for (const call of [...undoing, ...archiving]) {
    for (const row of call?.rows ?? []) {
      const [record = ''] = row.records;
      if (row.state !== 'applied' || loadChange(row.change)?.kind !== 'archive' || !made.delete(record)) continue;
      last = Math.max(last ?? 0, call?.at ?? 0);
    }
  }
  return made.size === 0 ? last : undefined;
}

/** So many archivings of the last minutes are looked through. */
const MOST_LATER = 1_000;

/** What the first caller got, and what became known since. */
function replay(plan: Plan, { at, result, rows }: StoredCall, now: number): WriteReport {
  const note = plan.input.idempotencyKey
    ? undefined
    : `This very call was made ${ago(now - at)}, and this is its result: nothing was written now. To write it once more, give it a new idempotencyKey.`;
  const stored = new Map(rows.map((row) => [row.index, row]));
  const later = (index: number) => {
    const row = stored.get(index);
    return row && loadResult(row);
  };
  return reportAgain(plan, writeReport.parse(result), later, note);
}

function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 1 ? 'less than a minute ago' : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
}

/** Milliseconds that this call may still wait, leaving time to answer. */
function leftOf({ clock, options }: Door): number {
  return (options.deadlineAt ?? Number.POSITIVE_INFINITY) - clock.elapsed() - ANSWER_MS;
}
const ANSWER_MS = 200;

/** Nothing that cannot be written down may be sent. */
export function refuseUnusable(error: unknown): never {
  if (!(error instanceof JournalUnusable)) throw error;
  throw new UserError(
    'journal_unusable',
    `Nothing was sent, because it could not be written down first: ${error.message}`,
    {
      next: 'Ask the person who runs this server to put its journal right, then repeat the call.',
    },
  );
}

function inFlight(message: string): UserError {
  return new UserError('in_flight_elsewhere', message, {
    next: 'Repeat the very same call in a moment: it gives the result and writes nothing twice.',
  });
}

function mismatch({ input: { idempotencyKey = '' } }: Plan, id: string): UserError {
  return new UserError(
    'idempotency_mismatch',
    `idempotencyKey ${JSON.stringify(idempotencyKey)} was already used for a call with other arguments or by another caller (${id}). Nothing was written: use a new key for a new call.`,
  );
}
