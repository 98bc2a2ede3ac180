/** Sends what is written down, chunk by chunk: each is `sent` on the disk before it leaves, and its outcome goes there too. */

import { HubSpotError } from '../hubspot/index.ts';
import { JournalUnusable } from '../journal/index.ts';
import type { OpenCall } from '../journal/journal.ts';
import type { Door, Pending } from './door.ts';
import { overMergeCaps } from './merge-caps.ts';
import { outcomeOf, type RowResult, resultOf } from './row-result.ts';
import { groupsOf, type Sent, send } from './send.ts';
import { settle } from './settle/settle.ts';
import type { Verdict } from './settle/verdict.ts';

/** Refusals of what a row holds. Whatever else stops one chunk stops those of its kind that come after it. */
const OF_THE_ROW = new Set(['validation', 'conflict', 'not_found', 'too_large', 'invalid_argument']);

/** How much of the time that is left a sending may take; the rest is for finding out what became of it. */
const SENDING_SHARE = 0.7;

/**
 * The outcome of every row. It never throws: from here on something may have been written. A caller that goes away stops
 * it at the next chunk; what has been sent by then is waited for. Rows without a certain answer are settled before the
 * next chunk is sent, and sent again, once, where that cannot write them twice.
 * `unwritten` says why rows were not sent that the journal did not take.
 * @param earlier what whoever began the call has brought to an end
 */
export async function sendRows(
  rows: readonly Pending[],
  earlier: ReadonlyMap<number, RowResult>,
  call: OpenCall,
  door: Door,
): Promise<{ readonly results: ReadonlyMap<number, RowResult>; readonly unwritten?: JournalUnusable }> {
  const results = new Map<number, RowResult>();
  let unwritten: JournalUnusable | undefined;
  const keep = async (chunk: readonly Pending[], sent: ReadonlyMap<number, Sent>) => {
    for (const { index, change } of chunk) {
      const outcome = sent.get(index);
      if (outcome !== undefined) results.set(index, resultOf(index, change, outcome));
    }
    await writeDown(chunk, results, call, door);
  };
  const doubtful = rows.filter((row) => row.doubtful);
  const found = await settleRows(doubtful, interrupted, call, door);
  await keep(doubtful, found.settled);

  const unsent = rows.filter((row) => !row.doubtful || found.absent.includes(row));
  for (const group of groupsOf(unsent)) {
    let stopped: HubSpotError | undefined;
    for (const chunk of group) {
      const objection = stopped ?? waitsFor(chunk, earlier, results);
      const sent = objection
        ? notSent(chunk, objection)
        : await sendChunk(following(chunk, earlier, results), call, door);
      await keep(chunk, sent);
      for (const outcome of sent.values()) {
        if (outcome.outcome === 'applied' || OF_THE_ROW.has(outcome.error.code)) continue;
        stopped ??= outcome.error;
        if (outcome.error.cause instanceof JournalUnusable) unwritten ??= outcome.error.cause;
      }
    }
  }
  return { results, ...(unwritten && { unwritten }) };
}

/** Why a merge must not be sent now: a step of the same call before it was not carried out, or not as planned. */
function waitsFor(
  [first]: readonly Pending[],
  ...known: readonly ReadonlyMap<number, RowResult>[]
): HubSpotError | undefined {
  if (first?.change.kind !== 'merge') return undefined;
  for (const results of known) {
    for (const [index, result] of results) {
      if (index >= first.index || isAsPlanned(result)) continue;
      const open = result.state === 'intended' || result.state === 'unknown';
      const message = `Not merged: row ${index}, the step before it, was not carried out${open ? '' : ' as planned'}.`;
      return new HubSpotError(message, { code: open ? 'closed' : 'conflict', sent: 'no', retryable: open });
    }
  }
  return undefined;
}

/** A merge goes into the record under the id that the last one of the call has given it. */
function following(chunk: readonly Pending[], ...known: readonly ReadonlyMap<number, RowResult>[]): readonly Pending[] {
  return chunk.map((row) => {
    const { change, index } = row;
    if (change.kind !== 'merge') return row;
    const given = known
      .flatMap((results) => [...results])
      .filter(([place, result]) => place < index && result.state === 'applied' && 'merged' in result.cells)
      .toSorted(([a], [b]) => b - a)
      .map(([, result]) => ('cells' in result ? result.cells['id'] : undefined))[0];
    return typeof given === 'string' ? { ...row, change: { ...change, now: given } } : row;
  });
}

function isAsPlanned(result: RowResult): boolean {
  if (result.state !== 'applied') return false;
  return (result.differences ?? []).length === 0 && result.cells['verified'] !== false;
}

async function sendChunk(chunk: readonly Pending[], call: OpenCall, door: Door): Promise<ReadonlyMap<number, Sent>> {
  const { clock } = door;
  const firstAt = clock.now();
  const sent = new Map(await sendOnce(chunk, call, door));
  const isOpen = ({ index }: Pending) => sent.get(index)?.outcome === 'unknown';
  const first = await settleRows(sentAt(firstAt, chunk.filter(isOpen)), errorIn(sent), call, door);
  for (const [index, outcome] of first.settled) sent.set(index, outcome);
  if (first.absent.length === 0) return sent;

  const secondAt = clock.now();
  const again = await sendOnce(first.absent, call, door);
  const open = first.absent.filter(({ index }) => again.get(index)?.outcome !== 'applied');
  const second = await settleRows(sentAt(secondAt, open), errorIn(sent), call, door);
  for (const { index } of first.absent) {
    const outcome = again.get(index);
    // The first sending may have arrived after all; then the second one was refused for it.
    const settled = second.settled.get(index);
    if (outcome?.outcome === 'applied') sent.set(index, withoutNew(outcome));
    else if (settled !== undefined && settled.outcome !== 'unknown') sent.set(index, settled);
    else if (outcome?.outcome === 'rejected') sent.set(index, outcome);
  }
  return sent;
}

function sentAt(at: number, rows: readonly Pending[]): readonly Pending[] {
  return rows.map((row) => ({ ...row, sentAt: at }));
}

async function sendOnce(chunk: readonly Pending[], call: OpenCall, door: Door): Promise<ReadonlyMap<number, Sent>> {
  const { hubspot, options, clock } = door;
  if (options.signal?.aborted) return notSent(chunk, cancelled());
  try {
    await call.sending(chunk.map(({ index }) => index));
  } catch (error) {
    return notSent(chunk, notWrittenDown(error));
  }
  const over = await overCaps(chunk, door);
  if (over !== undefined) return notSent(chunk, over);
  const now = clock.elapsed();
  const { deadlineAt } = options;
  const sending = {
    ...options,
    finishSent: true,
    ...(deadlineAt !== undefined && { deadlineAt: now + SENDING_SHARE * (deadlineAt - now) }),
  };
  return send(hubspot, chunk, sending, clock);
}

interface Settled {
  /** What is certain, and what stays unknown. */
  readonly settled: ReadonlyMap<number, Sent>;
  /** Rows that may be sent again. */
  readonly absent: readonly Pending[];
}

/** @param errorOf why the row is in doubt */
async function settleRows(
  doubts: readonly Pending[],
  errorOf: (index: number) => HubSpotError,
  { id, at }: OpenCall,
  { hubspot, journal, options, clock }: Door,
): Promise<Settled> {
  if (doubts.length === 0) return { settled: new Map(), absent: [] };
  const looking = { hubspot, journal, options, callId: id, since: at, now: clock.now() };
  const verdicts = await settle(doubts, looking, clock);
  const settled = new Map<number, Sent>();
  for (const { index } of doubts) {
    const verdict = verdicts.get(index) ?? { is: 'unknown' };
    if (verdict.is !== 'absent') settled.set(index, outcomeIn(index, verdict, errorOf(index)));
  }
  return { settled, absent: doubts.filter(({ index }) => !settled.has(index)) };
}

function outcomeIn(index: number, verdict: Exclude<Verdict, { is: 'absent' }>, error: HubSpotError): Sent {
  switch (verdict.is) {
    case 'applied': {
      const { cells, echo } = verdict;
      return { index, outcome: 'applied', value: { cells, ...(echo && { echo }) } };
    }
    case 'rejected':
      return { index, outcome: 'rejected', error: verdict.error };
    case 'unknown': {
      if (verdict.found === undefined) return { index, outcome: 'unknown', error };
      const { code, sent, retryable } = error;
      const told = new HubSpotError(`${error.message} ${verdict.found}`, { code, sent, retryable });
      return { index, outcome: 'unknown', error: told };
    }
  }
}

function errorIn(sent: ReadonlyMap<number, Sent>): (index: number) => HubSpotError {
  return (index) => {
    const outcome = sent.get(index);
    if (outcome === undefined || outcome.outcome === 'applied') throw new Error(`Row ${index} is not in doubt.`);
    return outcome.error;
  };
}

/** Of a second sending, HubSpot says only whether the record was there by then. */
function withoutNew(sent: Extract<Sent, { outcome: 'applied' }>): Sent {
  const { new: _new, ...cells } = sent.value.cells;
  return { ...sent, value: { ...sent.value, cells } };
}

function interrupted(): HubSpotError {
  const message = 'Whoever sent this row went away before HubSpot had answered.';
  return new HubSpotError(message, { code: 'network', sent: 'maybe', retryable: false });
}

/** A journal that fails now fails no row: what happened has happened, and is told. */
async function writeDown(
  chunk: readonly Pending[],
  results: ReadonlyMap<number, RowResult>,
  call: OpenCall,
  door: Door,
): Promise<void> {
  const outcomes = chunk.flatMap(({ index, change }) => {
    const result = results.get(index);
    return result === undefined ? [] : [outcomeOf(index, change, result)];
  });
  try {
    await call.outcomes(outcomes);
  } catch (error) {
    door.log(`What became of rows of call ${call.id} could not be written down: ${String(error)}`);
  }
}

function notSent(chunk: readonly Pending[], error: HubSpotError): ReadonlyMap<number, Sent> {
  const unsent = error.sent === 'no' ? error : error.with({ sent: 'no' });
  return new Map(chunk.map(({ index }) => [index, { index, outcome: 'not_sent', error: unsent }]));
}

/** Written down as sent, it is seen by every process: none of two that merge at the same moment overlooks the other. */
async function overCaps([first]: readonly Pending[], door: Door): Promise<HubSpotError | undefined> {
  if (first?.change.kind !== 'merge') return undefined;
  const over = await overMergeCaps(door, 0).catch((error: unknown) => {
    if (error instanceof JournalUnusable) return error;
    throw error;
  });
  if (over === undefined) return undefined;
  if (over instanceof JournalUnusable) return notWrittenDown(over);
  return new HubSpotError(over, { code: 'conflict', sent: 'no', retryable: false });
}

function cancelled(): HubSpotError {
  return new HubSpotError('The call was cancelled.', { code: 'cancelled', sent: 'no', retryable: true });
}

/** Nothing that cannot be written down may be sent. */
function notWrittenDown(error: unknown): HubSpotError {
  if (!(error instanceof JournalUnusable)) throw error;
  const message = `This row was not sent, because it could not be written down first: ${error.message}`;
  return new HubSpotError(message, { code: 'closed', sent: 'no', retryable: true }, { cause: error });
}
