/** What became of one row, as plain data: the report is made of it, and the journal keeps it. */

import * as z from 'zod';
import type { Json, RowOutcome, StoredRow } from '../journal/journal.ts';
import type { Change } from './change.ts';
import { difference, failure, rejection, uncertainty } from './failure.ts';
import { differences } from './same-value.ts';
import type { Sent } from './send.ts';
import { recordName } from './stored-change.ts';

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const kept = z.union([
  z.object({ cells: z.record(z.string(), cell), differences: z.array(difference).optional() }),
  z.object({ failure }),
]);

/** `intended`: it certainly changed nothing, for want of time or because the caller went away; it can still be sent. */
export type RowResult =
  | {
      readonly state: 'applied';
      readonly cells: Readonly<Record<string, string | number | boolean | null>>;
      readonly differences?: readonly z.output<typeof difference>[] | undefined;
    }
  | { readonly state: 'rejected' | 'unknown' | 'intended'; readonly failure: z.output<typeof failure> };

export function resultOf(index: number, change: Change, sent: Sent): RowResult {
  if (sent.outcome === 'applied') {
    const found = differences(index, change, sent.value.echo);
    return { state: 'applied', cells: sent.value.cells, ...(found.length > 0 && { differences: found }) };
  }
  if (sent.outcome === 'unknown') return { state: 'unknown', failure: uncertainty(index, change, sent.error) };
  // What the client itself objects to is as final as a refusal, and so is what has changed since it was planned.
  const final = sent.error.code === 'invalid_argument' || sent.error.code === 'conflict';
  const sendable = sent.outcome === 'not_sent' && !final;
  return {
    state: sendable ? 'intended' : 'rejected',
    failure: rejection(index, change, sent.error, sent.outcome === 'rejected'),
  };
}

/** For the journal. */
export function outcomeOf(index: number, change: Change, result: RowResult): RowOutcome {
  if (result.state !== 'applied') return { index, state: result.state, result: asJson({ failure: result.failure }) };
  const { cells, differences: found } = result;
  const { objectType, id } = cells;
  const made = change.kind === 'create' || change.kind === 'upsert' || change.kind === 'merge';
  return {
    index,
    state: 'applied',
    ...(made && typeof objectType === 'string' && typeof id === 'string' && { record: recordName(objectType, id) }),
    result: asJson({ cells, differences: found }),
  };
}

/** From the journal; undefined for a row whose outcome was never written down. */
export function loadResult({ state, result }: StoredRow): RowResult | undefined {
  const read = kept.safeParse(result);
  if (!read.success || state === 'sent') return undefined;
  if ('cells' in read.data) return state === 'applied' ? { state, ...read.data } : undefined;
  return state === 'applied' ? undefined : { state, failure: read.data.failure };
}

/** What holds no function and no cycle, as JSON keeps it. */
export function asJson(value: object): Json {
  const plain: Json = JSON.parse(JSON.stringify(value));
  return plain;
}
