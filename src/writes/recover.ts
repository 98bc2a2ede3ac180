/** What was left in doubt, by this process or by one that is gone, is looked at again. It reads, and never writes to HubSpot. */

import type { Clock } from '../clock.ts';
import { type CallOptions, type HubSpot, HubSpotError } from '../hubspot/index.ts';
import type { Journal, RowOutcome, StoredCall } from '../journal/journal.ts';
import { type Before, before as beforeShape } from './before.ts';
import type { Change } from './change.ts';
import { outcomeOf, type RowResult, resultOf } from './row-result.ts';
import { look } from './settle/settle.ts';
import { OVER_MS, SEARCHABLE_MS, type Verdict } from './settle/verdict.ts';
import { loadChange } from './stored-change.ts';

export interface Recovery {
  readonly hubspot: HubSpot;
  readonly clock: Clock;
  readonly journal: Journal;
  /** The journal may hold the calls of other accounts too. */
  readonly portalId: number;
  readonly options: CallOptions;
}

const PAGE = 50;

/**
 * Settles what can be settled now.
 * @returns milliseconds after which looking again may tell more, as of what the search's index may not show yet
 */
export async function recover(recovery: Recovery): Promise<number | undefined> {
  const { journal, portalId } = recovery;
  const later: number[] = [];
  let before: string | undefined;
  for (;;) {
    const calls = await journal.calls({ unsettled: true, limit: PAGE, ...(before !== undefined && { before }) });
    for (const call of calls) {
      if (call.portalId === portalId && call.status !== 'open') later.push(...(await recoverCall(call, recovery)));
    }
    before = calls.at(-1)?.id;
    if (calls.length < PAGE) return later.length > 0 ? Math.min(...later) : undefined;
  }
}

/** Gives, in milliseconds from now, when more may be known of each row that is in doubt still. */
async function recoverCall(
  call: StoredCall,
  { hubspot, clock, journal, options }: Recovery,
): Promise<readonly number[]> {
  const doubts = call.rows
    .filter(({ state }) => state === 'sent' || state === 'unknown')
    .flatMap(({ index, change: stored, before, sentAt }) => {
      const change = loadChange(stored);
      if (change === undefined) return [];
      return [{ index, change, ...imageIn(before), ...(sentAt !== undefined && { sentAt }) }];
    });
  const looking = { hubspot, journal, options, callId: call.id, since: call.at, now: clock.now() };
  const verdicts = await look(doubts, looking);
  const outcomes = doubts.flatMap(({ index, change, sentAt = call.at }): RowOutcome[] => {
    const verdict = verdicts.get(index);
    const result = verdict && resultIn(index, change, verdict, call.status === 'interrupted');
    // HubSpot may still be at it, and of what cannot be undone nothing is said that is not certain.
    if (change.kind === 'merge' && verdict?.is === 'absent' && clock.now() - sentAt < OVER_MS) return [];
    return result === undefined ? [] : [outcomeOf(index, change, result)];
  });
  if (outcomes.length > 0) await journal.settle(call.id, outcomes);
  const settled = new Set(outcomes.map(({ index }) => index));
  return doubts.flatMap(({ index, sentAt = call.at }) => (!settled.has(index) ? moreAfter(clock.now() - sentAt) : []));
}

function moreAfter(age: number): readonly number[] {
  // By a clock that was set back, a row may have been sent in the future.
  return [SEARCHABLE_MS, OVER_MS].map((ms) => Math.min(ms, ms - age)).filter((ms) => ms > 0);
}

function imageIn(stored: unknown): { readonly before?: Before } {
  const read = beforeShape.safeParse(stored);
  return read.success ? { before: read.data } : {};
}

/** @param resumable whoever asks for the call again may still send what did not arrive */
function resultIn(index: number, change: Change, verdict: Verdict, resumable: boolean): RowResult | undefined {
  switch (verdict.is) {
    case 'applied': {
      const { cells, echo } = verdict;
      return resultOf(index, change, { index, outcome: 'applied', value: { cells, ...(echo && { echo }) } });
    }
    case 'rejected':
      return resultOf(index, change, { index, outcome: 'rejected', error: verdict.error });
    case 'absent':
      return resultOf(index, change, { index, outcome: resumable ? 'not_sent' : 'rejected', error: notApplied() });
    case 'unknown':
      return undefined;
  }
}

function notApplied(): HubSpotError {
  const message = 'HubSpot gave no answer, and has not acted on it: it was looked for later, and is not there.';
  return new HubSpotError(message, { code: 'network', sent: 'no', retryable: true });
}
