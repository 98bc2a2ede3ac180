/** Which calls are taken back, newest first, and how many of them at once. */

import { UserError } from '../../crm/user-error.ts';
import type { ChangeQuery, Journal, StoredCall } from '../../journal/journal.ts';
import type { Past } from '../past.ts';
import type { SaidUndo } from './undo.ts';
import type { Written } from './written.ts';

const MOST_ROWS = 1_000;
const PAGE = 100;

export interface Chosen {
  readonly calls: readonly ChosenCall[];
  /** When the newest of the calls began that fit too and are for the next time: milliseconds since the epoch. */
  readonly older?: number;
  /** Calls that fit and have not ended, which are left out. */
  readonly underWay: readonly string[];
}

export interface ChosenCall {
  readonly call: StoredCall;
  readonly written: readonly Written[];
}

/**
 * So many whole calls that their rows fit into one. Where more fit than that, those which were taken back already are
 * passed over, as is what took them back: the same call then goes on with the rest.
 * @throws UserError `invalid_arguments`, `not_found` or `under_way`
 */
export async function chooseCalls(
  past: Past,
  said: SaidUndo,
  writtenBy: (call: StoredCall) => readonly Written[],
): Promise<Chosen> {
  if (said.callId !== undefined) await refuseRunning(said.callId, past.journal);
  let fitting: ChosenCall[] = [];
  const underWay: string[] = [];
  let found = false;
  let tooMany = false;
  for await (const page of pagesOf(past, said)) {
    found ||= page.length > 0;
    const open = page.filter(({ status }) => status === 'open').map(({ id }) => id);
    if (said.callId !== undefined && open.length > 0)
      throw new UserError('under_way', `Call ${open[0]} is still under way.`);
    underWay.push(...open);
    const read = page.map((call) => ({ call, written: writtenBy(call) }));
    const jobs = new Set(read.flatMap(({ call, written }) => (written.length > 0 ? (call.job ?? []) : [])));
    for (const job of said.callId === undefined ? jobs : []) await refuseRunning(job, past.journal);
    const next = read.filter(({ call }) => call.status !== 'open');
    const known = tooMany ? await standing(next, past.journal) : next;
    fitting.push(...known);
    if (!tooMany && rowsOf(fitting) > MOST_ROWS) {
      tooMany = true;
      fitting = await standing(fitting, past.journal);
    }
    if (rowsOf(fitting) > MOST_ROWS) break;
  }
  if (said.callId !== undefined && !found) {
    throw new UserError('not_found', `There is no call ${said.callId}.`, { next: 'list_changes names the calls.' });
  }
  let rows = 0;
  const end = fitting.findIndex(({ written }) => {
    rows += written.length;
    return rows > MOST_ROWS;
  });
  if (end < 0) return { calls: fitting, underWay };
  const calls = fitting.slice(0, Math.max(1, end));
  const older = fitting[calls.length]?.call.at;
  return { calls, underWay, ...(older !== undefined && { older }) };
}

const rowsOf = (calls: readonly ChosenCall[]) => calls.reduce((sum, { written }) => sum + written.length, 0);

async function standing(calls: readonly ChosenCall[], journal: Journal): Promise<ChosenCall[]> {
  const left: ChosenCall[] = [];
  for (const each of calls) {
    if (!each.call.undoes?.length && !(await isTakenBack(each.call, journal))) left.push(each);
  }
  return left;
}

/** By a call that still stands. */
async function isTakenBack({ undoneBy }: StoredCall, journal: Journal): Promise<boolean> {
  for (const id of undoneBy) {
    const undoing = await journal.call(id);
    if (undoing !== undefined && undoing.undoneBy.length === 0) return true;
  }
  return false;
}

/** What a job is about to write would stay, whatever is taken back of it now. */
async function refuseRunning(id: string, { jobs }: Journal): Promise<void> {
  if ((await jobs.get(id))?.status !== 'running') return;
  throw new UserError('under_way', `Job ${id} is still under way.`, {
    next: 'Wait for it with get_job, or end it with cancel_job.',
  });
}

/** What an id names: a call, or a job with the calls of its batches. */
export async function named(id: string, journal: Journal): Promise<Pick<ChangeQuery, 'callId' | 'job'>> {
  return (await journal.jobs.get(id)) === undefined ? { callId: id } : { job: id };
}

/** Newest first, of this account alone. */
async function* pagesOf(past: Past, said: SaidUndo): AsyncGenerator<readonly StoredCall[]> {
  const { journal, session } = past;
  const { callId, caller, tool, record } = said;
  const [from, to] = [time(said.from), time(said.to)];
  if (callId === undefined && said.session === undefined && from === undefined && to === undefined) {
    throw new UserError('invalid_arguments', 'Say which changes: callId, session: "this", or from and to.', {
      next: 'list_changes shows what was changed, with callIds.',
    });
  }
  const query = {
    ...(callId !== undefined && (await named(callId, journal))),
    ...(said.session !== undefined && { session }),
    ...(caller !== undefined && { caller }),
    ...(tool !== undefined && { tool }),
    ...(record !== undefined && { record }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    limit: PAGE,
  };
  const portalId = await past.portalId();
  for (let before: string | undefined; ; ) {
    const page = await journal.calls({ ...query, ...(before !== undefined && { before }) });
    yield page.filter((call) => call.portalId === portalId);
    before = page.at(-1)?.id;
    if (page.length < PAGE) return;
  }
}

/** What JavaScript would take for a time besides, such as "5", is a slip: it would take back the changes of years. */
const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** Milliseconds since the epoch. */
export function time(said: string | undefined): number | undefined {
  if (said === undefined) return undefined;
  const at = TIME.test(said) ? Date.parse(said) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new UserError('invalid_arguments', `${JSON.stringify(said)} is no time; write it as 2026-11-22T09:00:00Z.`);
}
