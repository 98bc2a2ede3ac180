/** What became of each item of a job. What the journal knows of its calls by now counts more than what was counted then. */

import { restored } from '../crm/say-once.ts';
import type { Json, Jobs as Store, StoredCall, StoredRow } from '../journal/journal.ts';
import { loadResult } from '../writes/row-result.ts';
import { memberOf } from './json.ts';
import type { KnownJob } from './report.ts';
import { failedRow, isSettled, type JobState, rowsOf } from './state.ts';
import { BATCH } from './task.ts';

export interface ItemOutcome {
  /** The item's place in the job, from 0. */
  readonly place: number;
  readonly item: Json;
  /** `waiting`: not written yet. */
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'failed' | 'unknown' | 'waiting';
  /** Of the record, where it is known. */
  readonly id?: string;
  readonly code?: string;
  readonly reason?: string;
}

type Known = Omit<ItemOutcome, 'place' | 'item'>;
type CallsOf = (job: string, before?: string) => Promise<readonly StoredCall[]>;

export async function* outcomesOf(known: KnownJob, store: Store, callsOf: CallsOf): AsyncGenerator<ItemOutcome> {
  const { job, state } = known;
  if (state.work === undefined) return;
  const { from, count } = state.work;
  const told = new Map<number, Known>();
  for await (const [place, outcome] of failures(job.id, state, store)) told.set(place, outcome);
  for await (const [place, outcome] of written(job.id, state, callsOf)) told.set(place, outcome);
  for (let place = 0; place < count; place += BATCH) {
    const items = await store.items(job.id, from + place, Math.min(BATCH, count - place));
    // What a later batch was to try again is told of there.
    const settled = isSettled(state, place / BATCH);
    for (const [index, item] of items.entries()) {
      const at = place + index;
      const own = told.get(at);
      yield { place: at, item, ...(own ?? { outcome: settled && !isWaiting(state, at) ? 'unchanged' : 'waiting' }) };
    }
  }
}

/** In a batch of its own that is still to come. */
function isWaiting(state: JobState, place: number): boolean {
  const regular = Math.ceil((state.work?.count ?? 0) / BATCH);
  return state.again.some((places, index) => places.includes(place) && !isSettled(state, regular + index));
}

async function* failures(id: string, state: JobState, store: Store): AsyncGenerator<readonly [number, Known]> {
  for (const span of state.failures) {
    for (let done = 0; done < span.count; done += BATCH) {
      for (const line of await store.items(id, span.from + done, Math.min(BATCH, span.count - done))) {
        const [place, number, outcome, own] = failedRow.parse(line);
        const reason = state.reasons[number];
        // Rows beyond the reasons that are kept carry theirs with its code.
        const [, ownCode, ownWords] = /^(\w+): (.*)$/s.exec(own ?? '') ?? [];
        const code = reason?.code ?? ownCode;
        const message = reason === undefined ? (ownWords ?? own) : restored(reason.message, own ?? '');
        yield [
          place,
          { outcome, ...(code !== undefined && { code }), ...(message !== undefined && { reason: message }) },
        ];
      }
    }
  }
}

async function* written(id: string, state: JobState, callsOf: CallsOf): AsyncGenerator<readonly [number, Known]> {
  for (let before: string | undefined, more = true; more; ) {
    const calls = await callsOf(id, before);
    before = calls.at(-1)?.id;
    more = before !== undefined;
    for (const { idempotencyKey, rows } of calls) {
      const batch = Number(idempotencyKey?.slice(id.length + 1));
      const places = rowsOf(state, batch);
      for (const row of rows) {
        const place = places[row.index];
        if (row.state === 'applied' && place !== undefined) yield [place, applied(row)];
      }
    }
  }
}

function applied(row: StoredRow): Known {
  const result = loadResult(row);
  const id = (row.record ?? row.records[0])?.split(' ')[1];
  const isNew =
    result?.state === 'applied' && (result.cells['new'] === true || memberOf(row.change, 'kind') === 'create');
  return { outcome: isNew ? 'created' : 'updated', ...(id !== undefined && { id }) };
}
