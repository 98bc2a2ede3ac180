import type { Clock } from '../clock.ts';
import { UserError } from '../crm/index.ts';
import type { CallOptions, HubSpot } from '../hubspot/index.ts';
import { JournalUnusable } from '../journal/index.ts';
import type { Author, Journal, JournalRow, OpenCall, StoredRow } from '../journal/journal.ts';
import type { Held } from '../policy/lately.ts';
import { type Authority, approvalNotes, judge, requireApproval } from './authorize.ts';
import { type Before, before as beforeShape, readBefore } from './before.ts';
import { begin, type OwnCall, refuseUnusable } from './begin.ts';
import type { Change, CheckedRow, Plan } from './change.ts';
import { isRowError } from './check-rows.ts';
import { fingerprintOf } from './fingerprint.ts';
import { withLookalikes } from './lookalikes.ts';
import { requireMergesLeft } from './merge-caps.ts';
import { withObjections } from './objections.ts';
import { withOwnValues } from './own-properties.ts';
import { MAX_LINES } from './question.ts';
import { reportDryRun, reportOutcomes, type WriteReport } from './report.ts';
import { asJson, loadResult, type RowResult } from './row-result.ts';
import { sendRows } from './send-rows.ts';
import { loadChange, recordsOf, storeChange, UNREADABLE } from './stored-change.ts';

/** Everything that a write of one call needs. */
export interface Door {
  readonly hubspot: HubSpot;
  readonly clock: Clock;
  readonly journal: Journal;
  /** Throws HubSpotError or UserError where the account does not tell. */
  portalId(): Promise<number>;
  /** For the operator, one line. */
  log(message: string): void;
  readonly options: CallOptions;
  readonly author: Author;
  readonly authority: Authority;
  /** Whether records are to say who wrote them, where they have the property for it. */
  readonly attribution: boolean;
  /** What the tool does to the portal: only what adds something must not be repeated by mistake. */
  readonly effect: string;
}

/** A row on its way: what it changes, and what was there before. */
export interface Pending {
  readonly index: number;
  readonly change: Change;
  readonly before?: Before;
  /** It may have been sent already, by whoever began this call. */
  readonly doubtful: boolean;
  /** When it was sent last, if that is known: milliseconds since the epoch. */
  readonly sentAt?: number;
}

/**
 * Plan -> check -> authorize -> before -> intend -> send -> settle -> report. Everything that has to happen around a write
 * happens here. It throws only before anything was sent.
 */
export async function runPlan(plan: Plan, door: Door): Promise<WriteReport> {
  if (plan.input.dryRun) return dryRun(plan, door);
  const begun = await begin(plan, door);
  return 'report' in begun ? begun.report : carryOut(plan, begun, door);
}

async function dryRun(plan: Plan, door: Door): Promise<WriteReport> {
  const checked = await check(plan, door);
  const changes = checked.flatMap((row) => ('change' in row ? [row.change] : []));
  return reportDryRun(plan, checked, await approvalNotes(plan, changes, door.authority));
}

/** Asks a person, where the policy wants one, about all that the plan's rows are a sample of; gives these as checked. */
export async function authorizeSample(plan: Plan, door: Door): Promise<readonly CheckedRow[]> {
  const checked = await check(plan, door);
  const ready = checked.flatMap((row, index) => ('change' in row ? [{ index, row }] : []));
  const changes = ready.map(({ row }) => row.change);
  const needed = await judge(plan, changes, door.authority);
  if (needed === undefined) return checked;
  const shown = ready.slice(0, MAX_LINES);
  const images = await readBefore(door.hubspot, shown, door.options);
  await requireApproval(needed, plan, shown, images, door.authority, await reading(plan, door));
  return checked;
}

async function carryOut(plan: Plan, { call, stored }: OwnCall, door: Door): Promise<WriteReport> {
  const work = await prepare(plan, call, stored, door);
  const results = new Map(work.done);
  const { results: sent, unwritten } = await sendRows(work.pending, work.done, call, door).catch((error: unknown) =>
    leaveFailed(error, call, door),
  );
  for (const [index, result] of sent) results.set(index, result);
  if (unwritten !== undefined && [...results.values()].every(({ state }) => state === 'intended')) {
    await giveUp(call, stored, door);
    return refuseUnusable(unwritten);
  }
  const report = reportOutcomes(plan, call.id, work.checked, results);
  await end(plan, call, report, [...results.values()], door);
  return report;
}

interface Work {
  /** Every row of the call, by its index, in order. */
  readonly checked: ReadonlyMap<number, CheckedRow>;
  /** Rows that whoever began this call has brought to an end. */
  readonly done: ReadonlyMap<number, RowResult>;
  readonly pending: readonly Pending[];
}

async function prepare(plan: Plan, call: OpenCall, stored: readonly StoredRow[], door: Door): Promise<Work> {
  let held: Held | undefined;
  try {
    const old = stored.map((row) => ({ row, index: row.index, change: readable(row, call) }));
    const fresh = await rowsToDo(plan, stored, door);
    const ready = [...fresh].flatMap(([index, row]) => ('change' in row ? [{ index, row }] : []));
    const changes = ready.map(({ row }) => row.change);
    // A person may have said yes to it when it was begun; what the policy denies by now is not sent any more all the same.
    await judge(
      plan,
      old.filter(({ row }) => row.state === 'intended').map(({ change }) => change),
      door.authority,
    );
    held = door.authority.lately.hold(changes.map(({ kind }) => kind));
    const needed = await judge(plan, changes, door.authority, held.earlier);
    await requireMergesLeft(changes, door);
    const images = await readBefore(door.hubspot, ready, door.options);
    for (const image of plan.whole ? images.values() : []) if ('refused' in image) throw image.refused;
    if (needed !== undefined)
      await requireApproval(needed, plan, ready, images, door.authority, await reading(plan, door));
    const checked = new Map<number, CheckedRow>(old.map(({ index, change }) => [index, { change }]));
    const pending: Pending[] = [];
    const { author, attribution } = door;
    const origin = { callId: call.id, at: call.at, tool: plan.tool, author, attribution };
    for (const [index, row] of fresh) {
      const image = images.get(index) ?? {};
      checked.set(index, 'refused' in image ? image : withNote(row, image.note));
      if (!('change' in row) || 'refused' in image) continue;
      const change = await withOwnValues(door.hubspot, row.change, { ...origin, index }, door.options);
      pending.push({ index, change, ...(image.before && { before: image.before }), doubtful: false });
    }
    await door.authority.spendWrites(pending.length);
    await call.intend(pending.map(journalRow));
    const done = new Map<number, RowResult>();
    for (const { row, change } of old) {
      const result = loadResult(row);
      if (result?.state === 'applied' || result?.state === 'rejected') done.set(row.index, result);
      else pending.push(leftBehind(row, change));
    }
    return { checked: new Map([...checked].sort(([a], [b]) => a - b)), done, pending };
  } catch (error) {
    held?.release();
    await giveUp(call, stored, door);
    return refuseUnusable(error);
  }
}

/** An approval is for one call and for the changes that were looked at. */
async function reading(plan: Plan, door: Door) {
  const { hubspot, options, author } = door;
  return { hubspot, options, call: fingerprintOf(plan, author.caller, await door.portalId()) };
}

/** The rows that are not written down yet: all of a new call, and of another one those that were refused. */
async function rowsToDo(plan: Plan, stored: readonly StoredRow[], door: Door): Promise<Map<number, CheckedRow>> {
  const known = new Set(stored.map(({ index }) => index));
  try {
    const checked = await check(plan, door);
    return new Map([...checked.entries()].filter(([index]) => !known.has(index)));
  } catch (error) {
    // What was begun is brought to an end, whatever would stand against beginning it now.
    if (stored.length > 0 && isRowError(error)) return new Map();
    throw error;
  }
}

/** Every row of the call with its change, or what stands against it. */
async function check(plan: Plan, { hubspot, authority }: Door): Promise<readonly CheckedRow[]> {
  const checked = await plan.check();
  if (checked.length === 0) {
    throw new UserError('nothing_to_write', 'The call names nothing to write. Nothing was sent.');
  }
  const judged = withObjections(checked, authority.policy, hubspot).map(withLookalikes);
  const against = plan.whole && judged.find((row) => 'refused' in row);
  if (against && 'refused' in against) throw against.refused;
  return judged;
}

function journalRow({ index, change, before }: Pending): JournalRow {
  return { index, change: storeChange(change), ...(before && { before }), records: recordsOf(change) };
}

/** @throws JournalUnusable: what nobody can read, nobody can settle or send again */
function readable({ index, change }: StoredRow, { id }: OpenCall): Change {
  const read = loadChange(change);
  if (read !== undefined) return read;
  throw new JournalUnusable(
    `Call ${id} was interrupted, and its row ${index} may have been sent. ${UNREADABLE} Then make the call again, with what is still missing and another idempotencyKey.`,
  );
}

function leftBehind({ index, state, before, sentAt }: StoredRow, change: Change): Pending {
  const read = beforeShape.safeParse(before);
  return {
    index,
    change,
    ...(read.success && { before: read.data }),
    ...(sentAt !== undefined && { sentAt }),
    doubtful: state === 'sent' || state === 'unknown',
  };
}

function withNote(row: CheckedRow, note: string | undefined): CheckedRow {
  if (note === undefined || !('change' in row)) return row;
  return { ...row, note: row.note === undefined ? note : `${row.note} ${note}` };
}

/**
 * A call that changed nothing is forgotten, and may be tried again. One that can be asked for again is left with what is
 * open in it, for whoever does. The caller gets the report in any case; what the journal could not take is the operator's
 * business.
 */
async function end(
  plan: Plan,
  call: OpenCall,
  report: WriteReport,
  results: readonly RowResult[],
  door: Door,
): Promise<void> {
  const some = (state: RowResult['state']) => results.some((result) => result.state === state);
  const recognised = Boolean(plan.input.idempotencyKey) || door.effect === 'add';
  try {
    if (!some('applied') && !some('unknown')) await call.abandon();
    else if (recognised && (some('intended') || some('unknown'))) await call.leave();
    else await call.finish(asJson(report));
  } catch (error) {
    door.log(`The end of call ${call.id} could not be written down: ${String(error)}`);
  }
}

/** A fault of this program's: whoever asks for the call again finds out what became of it. */
async function leaveFailed(failed: unknown, call: OpenCall, door: Door): Promise<never> {
  try {
    await call.leave();
  } catch (error) {
    door.log(`Call ${call.id} could not be left: ${String(error)}`);
  }
  throw failed;
}

async function giveUp(call: OpenCall, stored: readonly StoredRow[], door: Door): Promise<void> {
  try {
    if (stored.length === 0) await call.abandon();
    else await call.leave();
  } catch (error) {
    door.log(`Call ${call.id} could not be forgotten: ${String(error)}`);
  }
}
