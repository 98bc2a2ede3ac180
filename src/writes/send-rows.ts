/** Sends what is written down, chunk by chunk: each is `sent` on the disk before it leaves, and its outcome goes there too. */

import { HubSpotError } from '../hubspot/index.ts';
import { JournalUnusable } from '../journal/index.ts';
import type { OpenCall } from '../journal/journal.ts';
import type { Door, Pending } from './door.ts';
import { outcomeOf, type RowResult, resultOf } from './row-result.ts';
import { groupsOf, type Sent, send } from './send.ts';

/** Refusals of what a row holds. Whatever else stops one chunk stops those of its kind that come after it. */
const OF_THE_ROW = new Set(['validation', 'conflict', 'not_found', 'too_large', 'invalid_argument']);

/**
 * The outcome of every row. It never throws: from here on something may have been written. A caller that goes away stops
 * it at the next chunk; what has been sent by then is waited for.
 */
export async function sendRows(
  rows: readonly Pending[],
  call: OpenCall,
  door: Door,
): Promise<ReadonlyMap<number, RowResult>> {
  const results = new Map<number, RowResult>();
  for (const group of groupsOf(rows)) {
    let stopped: HubSpotError | undefined;
    for (const chunk of group) {
      const sent: ReadonlyMap<number, Sent> = stopped ? notSent(chunk, stopped) : await sendChunk(chunk, call, door);
      for (const { index, change } of chunk) {
        const outcome = sent.get(index);
        if (outcome === undefined) throw new Error(`The outcome of row ${index} was lost.`);
        results.set(index, resultOf(index, change, outcome));
        if (outcome.outcome !== 'applied' && !OF_THE_ROW.has(outcome.error.code)) stopped ??= outcome.error;
      }
      await writeDown(chunk, results, call, door);
    }
  }
  return results;
}

async function sendChunk(
  chunk: readonly Pending[],
  call: OpenCall,
  { hubspot, options }: Door,
): Promise<ReadonlyMap<number, Sent>> {
  if (options.signal?.aborted) return notSent(chunk, cancelled());
  try {
    await call.sending(chunk.map(({ index }) => index));
  } catch (error) {
    return notSent(chunk, notWrittenDown(error));
  }
  return send(hubspot, chunk, options);
}

/** A journal that fails now fails no row: what happened has happened, and is told. */
async function writeDown(
  chunk: readonly Pending[],
  results: ReadonlyMap<number, RowResult>,
  call: OpenCall,
  { log }: Door,
): Promise<void> {
  const outcomes = chunk.flatMap(({ index }) => {
    const result = results.get(index);
    return result === undefined ? [] : [outcomeOf(index, result)];
  });
  try {
    await call.outcomes(outcomes);
  } catch (error) {
    log(`What became of rows of call ${call.id} could not be written down: ${String(error)}`);
  }
}

function notSent(chunk: readonly Pending[], error: HubSpotError): ReadonlyMap<number, Sent> {
  const unsent = error.sent === 'no' ? error : error.with({ sent: 'no' });
  return new Map(chunk.map(({ index }) => [index, { index, outcome: 'not_sent', error: unsent }]));
}

function cancelled(): HubSpotError {
  return new HubSpotError('The call was cancelled.', { code: 'cancelled', sent: 'no', retryable: true });
}

/** Nothing that cannot be written down may be sent. */
function notWrittenDown(error: unknown): HubSpotError {
  if (!(error instanceof JournalUnusable)) throw error;
  const message = `This row was not sent, because it could not be written down first: ${error.message}`;
  return new HubSpotError(message, { code: 'closed', sent: 'no', retryable: true });
}
